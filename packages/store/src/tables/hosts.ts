/** Hosts: what is known of each, above all its robots.txt, and what it was asked. */
import type { Database } from '../database.ts';

/** A robots.txt as it was last fetched: its body, and plain values about it. Times are epoch milliseconds. */
export type StoredRobots = {
  body: Uint8Array | null;
  status: number | null;
  policy: string;
  fetchedAt: number;
  version: string;
};

/** One line of the politeness ledger. */
export type FetchRecord = {
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

export type HostRow = {
  host: string;
  slotAt: Date | null;
  restingUntil: Date | null;
  rests: number;
  failures: number;
  delayMs: number | null;
  crawlDelayMs: number | null;
  responseMs: number | null;
  robots: (Omit<StoredRobots, 'body'> & Record<string, unknown>) | null;
  urls: number;
  due: number;
};

const finite = (column: string) => `case when isfinite(${column}) then ${column} end`;

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
      },
    ): Promise<void> {
      await database.query('update hosts set slot_at = greatest(slot_at, $2), crawl_delay_ms = $3 where host = $1', [
        host,
        fetched.slotAt,
        fetched.crawlDelayMs,
      ]);
      await database.query(
        `insert into fetches (host, url, what, started_at, took_ms, status, verdict, note, robots_version)
         values ($1, $2, 'robots', $3, $4, $5, $6, $6, $7)`,
        [host, '/robots.txt', fetched.startedAt, fetched.tookMs, fetched.status, fetched.policy, fetched.version],
      );
    },

    /** What is known of a host, or null. */
    async find(host: string): Promise<HostRow | null> {
      const [row] = await database.query<HostRow>(
        `select host, ${finite('slot_at')} as "slotAt", ${finite('resting_until')} as "restingUntil", rests, failures,
           delay_ms as "delayMs", crawl_delay_ms as "crawlDelayMs", response_ms as "responseMs",
           (select facts from robots_files r where r.host = h.host order by r.fetched_at desc limit 1) as robots,
           (select count(*)::int from urls u where u.host = h.host) as urls,
           (select count(*)::int from urls u where u.host = h.host and u.due_at <= now()) as due
         from hosts h where host = $1`,
        [host],
      );
      return row ?? null;
    },

    /** The last `limit` requests to a host, newest first. */
    async ledger(host: string, limit: number): Promise<FetchRecord[]> {
      return database.query<FetchRecord>(
        `select url, what, started_at as "startedAt", took_ms as "tookMs", status, verdict, note,
           wire_bytes as "wireBytes", robots_version as "robotsVersion"
         from fetches where host = $1 order by id desc limit $2`,
        [host, limit],
      );
    },
  };
}

export type HostsTable = ReturnType<typeof hostsTable>;
