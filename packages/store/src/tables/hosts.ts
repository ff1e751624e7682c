/** Hosts: what is known of each, above all its robots.txt, and what it was asked. */
import type { Database } from '../database.ts';
import { IN_HAND } from './due.ts';

/** A robots.txt as it was last fetched: its body, and plain values about it. Times are epoch milliseconds. */
export type StoredRobots = {
  body: Uint8Array | null;
  status: number | null;
  policy: string;
  fetchedAt: number;
  version: string;
};

/** One line of the politeness ledger: what a host was asked, when, by which source, and under which robots.txt. */
export type FetchRecord = {
  sourceId: string | null;
  url: string;
  what: 'page' | 'robots';
  startedAt: Date;
  tookMs: number;
  status: number | null;
  verdict: string;
  note: string;
  wireBytes: number | null;
  robotsVersion: string | null;
};

/** What is known of a host in a list. Times that never were, or are never, are null. */
export type HostLine = {
  host: string;
  slotAt: Date | null;
  /** End of the lease under which it is asked, or waits for its slot; may lie in the past. */
  busyUntil: Date | null;
  restingUntil: Date | null;
  /** Rests in a row. */
  rests: number;
  failures: number;
  delayMs: number | null;
  crawlDelayMs: number | null;
  responseMs: number | null;
};

export type HostRow = HostLine & {
  /** The URL the lease is for; `inHand` once a crawler has taken its job up. */
  lease: { url: string; inHand: boolean } | null;
  /** The answer, or the lack of one, that began the rest that runs or ran last. */
  restedFor: { at: Date; verdict: string; note: string; status: number | null } | null;
  robots: (Omit<StoredRobots, 'body'> & Record<string, unknown>) | null;
  urls: number;
  due: number;
  /** URLs by what their last fetch meant and its note; both null before the first. */
  verdicts: { verdict: string | null; note: string | null; urls: number }[];
};

export type HostFilter = 'resting' | 'busy' | 'delayed';

function finite(column: string): string {
  return `case when isfinite(${column}) then ${column} end`;
}

const LINE = `h.host, ${finite('h.slot_at')} as "slotAt", case when h.busy_by is not null then ${finite('h.busy_until')} end as "busyUntil",
  ${finite('h.resting_until')} as "restingUntil", h.rests, h.failures, h.delay_ms as "delayMs",
  h.crawl_delay_ms as "crawlDelayMs", h.response_ms as "responseMs"`;
/** Notes of fetches that tell of the host and not of the page; those of verdict.ts. */
const HOST_TROUBLE = "('dns', 'connect', 'connect-timeout', 'tls')";

export function hostsTable(database: Database) {
  return {
    /** The stored robots.txt of an origin (`https://news.example`), or null. */
    async robots<R extends StoredRobots>(origin: string): Promise<R | null> {
      const [row] = await database.query<{ facts: Omit<R, 'body'>; body: Uint8Array | null }>(
        'select facts, body from robots_files where origin = $1',
        [origin],
      );
      return row ? ({ ...row.facts, body: row.body } as R) : null;
    },

    /** Stores what a fetch of an origin's robots.txt gave. */
    async saveRobots(origin: string, { body, ...facts }: StoredRobots): Promise<void> {
      await database.query(
        `insert into robots_files (origin, host, facts, body, fetched_at) values ($1, $2, $3, $4, $5)
         on conflict (origin) do update set facts = excluded.facts, body = excluded.body,
           fetched_at = excluded.fetched_at`,
        [origin, new URL(origin).host, JSON.stringify(facts), body, new Date(facts.fetchedAt)],
      );
    },

    /** Enters a request for robots.txt in the ledger, and moves the host's next slot behind it. */
    async noteRobotsFetch(
      host: string,
      fetched: {
        startedAt: Date;
        tookMs: number;
        status: number | null;
        policy: string;
        version: string;
        crawlDelayMs: number | null;
        slotAt: Date;
        /** The source whose URL made it necessary. */
        sourceId?: string;
      },
    ): Promise<void> {
      await database.query('update hosts set slot_at = greatest(slot_at, $2), crawl_delay_ms = $3 where host = $1', [
        host,
        fetched.slotAt,
        fetched.crawlDelayMs,
      ]);
      await database.query(
        `insert into fetches (host, url, what, started_at, took_ms, status, verdict, note, robots_version, source_id)
         values ($1, '/robots.txt', 'robots', $2, $3, $4, $5, $5, $6, $7)`,
        [
          host,
          fetched.startedAt,
          fetched.tookMs,
          fetched.status,
          fetched.policy,
          fetched.version,
          fetched.sourceId ?? null,
        ],
      );
    },

    /** What is known of a host, or null. */
    async find(host: string, now: Date): Promise<HostRow | null> {
      const [row] = await database.query<HostRow>(
        `select ${LINE},
           (select jsonb_build_object('url', u.url, 'inHand', h.busy_by <> u.id) from urls u
            where u.id = replace(h.busy_by, '${IN_HAND}', '')) as lease,
           (select facts from robots_files r where r.host = h.host order by r.fetched_at desc limit 1) as robots,
           (select count(*)::int from urls u where u.host = h.host and u.due_at <= $2) as due
         from hosts h where h.host = $1`,
        [host, now],
      );
      if (!row) return null;
      const verdicts = await database.query<HostRow['verdicts'][number]>(
        'select verdict, note, count(*)::int as urls from urls where host = $1 group by 1, 2 order by 3 desc, 1, 2',
        [host],
      );
      const [restedFor] = await database.query<NonNullable<HostRow['restedFor']>>(
        `select started_at + took_ms * interval '1 ms' as at, verdict, note, status from fetches
         where host = $1 and (verdict = 'resting' or note in ${HOST_TROUBLE}) order by id desc limit 1`,
        [host],
      );
      return {
        ...row,
        verdicts,
        urls: verdicts.reduce((sum, it) => sum + it.urls, 0),
        restedFor: row.restingUntil ? (restedFor ?? null) : null,
      };
    },

    /** Hosts by name; those in a state alone, where one is asked for. */
    async list(page: {
      limit: number;
      offset: number;
      state?: HostFilter | undefined;
      now: Date;
    }): Promise<HostLine[]> {
      return database.query<HostLine>(
        `select ${LINE} from hosts h
         where case $3::text when 'resting' then h.resting_until > $4
           when 'busy' then h.busy_by is not null and h.busy_until > $4
           when 'delayed' then h.delay_ms is not null else true end
         order by h.host limit $1 offset $2`,
        [page.limit, page.offset, page.state ?? null, page.now],
      );
    },

    /** Sets the gap of a host alone, in milliseconds; null: the general one. A host may be told of before it is met. */
    async setDelay(host: string, delayMs: number | null): Promise<void> {
      await database.query(
        'insert into hosts (host, delay_ms) values ($1, $2) on conflict (host) do update set delay_ms = excluded.delay_ms',
        [host, delayMs],
      );
    },

    /** A page of the requests to a host, newest first. */
    async ledger(host: string, limit: number, offset = 0): Promise<FetchRecord[]> {
      return database.query<FetchRecord>(
        `select source_id as "sourceId", url, what, started_at as "startedAt", took_ms as "tookMs", status, verdict, note,
           wire_bytes as "wireBytes", robots_version as "robotsVersion"
         from fetches where host = $1 order by id desc limit $2 offset $3`,
        [host, limit, offset],
      );
    },
  };
}

export type HostsTable = ReturnType<typeof hostsTable>;
