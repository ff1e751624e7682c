/** Takes claimed URLs in hand: all that a fetch needs to know, read and leased in one statement for many fetches. */
import type { UrlId } from '@newsloom/model';
import type { Database } from '../database.ts';
import { GATHERING, gather } from '../gather.ts';
import { IN_HAND } from './due.ts';
import type { FrontierUrl, HostState, Reach } from './frontier.ts';

/** A URL in hand: who follows it, its host's state, and when its host may be asked. */
export type HeldUrl = FrontierUrl & Reach & HostState & { slotAt: Date };

type Ask = { id: UrlId; now: Date; until: Date };

/**
 * Opens the way to take a claimed URL in hand, which renews its lease. Answers null when somebody else holds the host by
 * now, the URL has been dealt with, or another job has it in hand: after a crash the job of the dead and the one that was
 * dispatched anew may meet.
 * @param columns SQL for the columns of a FrontierUrl out of `urls u`
 */
export function openHold(
  database: Database,
  columns: string,
): (id: UrlId, now: Date, leaseMs: number) => Promise<HeldUrl | null> {
  const statement = holdStatement(columns);
  const hold = gather<Ask, HeldUrl | null>({
    ...GATHERING[database.kind],
    // Two jobs for one URL: the second must see that the first has it.
    keysOf: ({ id }) => [id],
    async run(asks) {
      const rows = await database.query<HeldUrl>(statement, [JSON.stringify(asks)]);
      const byId = new Map(rows.map((row) => [row.id, row]));
      return asks.map(({ id }) => byId.get(id) ?? null);
    },
  });
  return (id, now, leaseMs) => hold({ id, now, until: new Date(now.getTime() + leaseMs) });
}

/** The crawls that wait for `urls u`, as JSON. */
export const CRAWLS_OF_URL = `coalesce((
    select jsonb_agg(jsonb_build_object('crawlId', c.crawl_id, 'depthLeft', c.depth_left, 'seed', c.seed, 'tries', c.tries, 'scope', w.scope))
    from crawl_urls c join crawls w on w.id = c.crawl_id where c.url_id = u.id and w.finished_at is null
  ), '[]')`;

/** $1 the asks as JSON. Hosts are locked in the order of their names, as everybody does who locks several. */
const holdStatement = (columns: string): string => `
  with asked as (
    select * from jsonb_to_recordset($1::jsonb) as a(id text, now timestamptz, until timestamptz)
  ), free as (
    select h.host, u.id, a.until from asked a join urls u on u.id = a.id join hosts h on h.host = u.host
    where h.busy_by = u.id or (h.busy_by = u.id || '${IN_HAND}' and h.busy_until <= a.now)
    order by h.host for no key update of h
  ), held as (
    update hosts h set busy_until = f.until, busy_by = f.id || '${IN_HAND}' from free f where h.host = f.host
    returning f.id, h.slot_at, h.rests, h.failures, h.delay_ms, h.response_ms
  )
  select ${columns}, ${CRAWLS_OF_URL} as crawls,
    case when held.slot_at = '-infinity' then to_timestamp(0) else held.slot_at end as "slotAt",
    held.rests, held.failures as "hostFailures", held.delay_ms as "hostDelayMs", held.response_ms as "responseMs"
  from held join urls u on u.id = held.id`;
