/** Hosts: what is known of each, above all its robots.txt, and what it was asked. */
import type { Database } from '../database.ts';

/** A robots.txt as it was last fetched. */
export type RobotsRecord = {
  body: Uint8Array | null;
  status: number | null;
  policy: string;
  fetchedAt: Date;
  version: string;
  crawlDelayMs: number | null;
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
  robotsStatus: number | null;
  robotsPolicy: string | null;
  robotsFetchedAt: Date | null;
  robotsVersion: string | null;
  urls: number;
  due: number;
};

const finite = (column: string) => `case when isfinite(${column}) then ${column} end`;

export function hostsTable(database: Database) {
  return {
    /** The stored robots.txt of a host, or null. */
    async robots(host: string): Promise<RobotsRecord | null> {
      const [row] = await database.query<RobotsRecord>(
        `select robots_body as body, robots_status as status, robots_policy as policy,
           robots_fetched_at as "fetchedAt", robots_version as version, crawl_delay_ms as "crawlDelayMs"
         from hosts where host = $1 and robots_fetched_at is not null`,
        [host],
      );
      return row ?? null;
    },

    /** Stores what a fetch of robots.txt gave, and the fetch itself in the ledger. */
    async saveRobots(host: string, robots: RobotsRecord, fetched: { url: string; startedAt: Date; tookMs: number }) {
      await database.query(
        `insert into hosts (host, robots_body, robots_status, robots_policy, robots_fetched_at, robots_version, crawl_delay_ms)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (host) do update set robots_body = excluded.robots_body, robots_status = excluded.robots_status,
           robots_policy = excluded.robots_policy, robots_fetched_at = excluded.robots_fetched_at,
           robots_version = excluded.robots_version, crawl_delay_ms = excluded.crawl_delay_ms`,
        [host, robots.body, robots.status, robots.policy, robots.fetchedAt, robots.version, robots.crawlDelayMs],
      );
      await database.query(
        `insert into fetches (host, url, what, started_at, took_ms, status, verdict, note, wire_bytes, robots_version)
         values ($1, $2, 'robots', $3, $4, $5, $6, $6, $7, $8)`,
        [
          host,
          fetched.url,
          fetched.startedAt,
          fetched.tookMs,
          robots.status,
          robots.policy,
          robots.body?.length ?? 0,
          robots.version,
        ],
      );
    },

    /** What is known of a host, or null. */
    async find(host: string): Promise<HostRow | null> {
      const [row] = await database.query<HostRow>(
        `select host, ${finite('slot_at')} as "slotAt", ${finite('resting_until')} as "restingUntil", rests, failures,
           delay_ms as "delayMs", crawl_delay_ms as "crawlDelayMs", robots_status as "robotsStatus",
           robots_policy as "robotsPolicy", robots_fetched_at as "robotsFetchedAt", robots_version as "robotsVersion",
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
