/** One-shot crawls: which URLs belong to one, how far it is, and how each URL ended. */
import type { CaptureId, CrawlScope, DocumentId, UrlId } from '@newsloom/model';
import type { Database } from '../database.ts';
import { announce, type Offer, offerIn } from './offer.ts';

export type CrawlProgress = {
  pending: number;
  /** Fetched, and waiting to be read. */
  reading: number;
  ended: number;
  /** Distinct documents so far, and those not yet enriched and placed. */
  articles: number;
  enriching: number;
};

export type CrawlFailure = { url: string; reason: string; status: number | null };

export function crawlsTable(database: Database) {
  return {
    /**
     * Begins a crawl from addresses, all due at once. Hosts among them that rest because they could not be reached are
     * tried at once: whoever crawls now has mended what was wrong, or wants to know that it still is.
     */
    async begin(
      crawl: { id: string; scope: CrawlScope; limit: number | null; depth: number; seeds: Omit<Offer, 'crawls'>[] },
      now: Date,
    ): Promise<void> {
      await database.transaction(async (sql) => {
        await sql.query('insert into crawls (id, scope, article_limit, created_at) values ($1, $2, $3, $4)', [
          crawl.id,
          JSON.stringify(crawl.scope),
          crawl.limit,
          now,
        ]);
        const offers = crawl.seeds.map((seed) => ({
          ...seed,
          crawls: [{ crawlId: crawl.id, depthLeft: crawl.depth, seed: true }],
        }));
        await offerIn(sql, offers, { foundOn: null, now });
      });
      const hosts = crawl.seeds.map((seed) => seed.host);
      await database.query(
        `update hosts h set resting_until = '-infinity', rests = 0
         where h.host = any($1::text[]) and h.resting_until > $2 and (h.failures > 0
           or exists (select 1 from robots_files r where r.host = h.host and r.facts->>'policy' = 'hold-off'))`,
        [hosts, now],
      );
      await announce(database, hosts, now);
    },

    /** Ends crawls that a process left behind when it died. */
    async abandonAll(now: Date): Promise<void> {
      await database.query('update crawls set finished_at = $1 where finished_at is null', [now]);
    },

    async finish(id: string, now: Date): Promise<void> {
      await database.query('update crawls set finished_at = $2 where id = $1', [id, now]);
    },

    /** Adds a host to the scope, where a given address redirected to it. */
    async widen(id: string, host: string): Promise<void> {
      await database.query(
        `update crawls set scope = jsonb_set(scope, '{hosts}', scope->'hosts' || to_jsonb($2::text))
         where id = $1 and jsonb_array_length(scope->'hosts') > 0 and not scope->'hosts' ? $2`,
        [id, host],
      );
    },

    /** Takes a URL in as captured already: its capture waits to be read. */
    async takeIn(id: string, urlId: UrlId, captureId: CaptureId, now: Date): Promise<void> {
      await database.query(
        `update urls set capture_id = $2, verdict = 'captured', note = 'taken-in', fetched_at = $3 where id = $1`,
        [urlId, captureId, now],
      );
      await database.query("update crawl_urls set state = 'captured' where crawl_id = $1 and url_id = $2", [id, urlId]);
    },

    /** Ends what has not been fetched yet, with this reason. */
    async endPending(id: string, reason: string, now: Date): Promise<void> {
      await database.query(
        `update crawl_urls set state = 'ended', reason = $2, ended_at = $3 where crawl_id = $1 and state = 'pending'`,
        [id, reason, now],
      );
    },

    /** Ends what crawls have not fetched yet from a host that they do not wait for. */
    async endHost(host: string, end: { reason: string; status: number | null }, now: Date): Promise<void> {
      await database.query(
        `update crawl_urls c set state = 'ended', reason = $2, status = $3, ended_at = $4
         from crawls w where w.id = c.crawl_id and w.finished_at is null and c.host = $1 and c.state = 'pending'`,
        [host, end.reason, end.status, now],
      );
    },

    /** Ends a URL in every crawl that waits for it to be read. */
    async endRead(urlId: UrlId, end: { reason: string; documentId: DocumentId | null }, now: Date): Promise<void> {
      await database.query(
        `update crawl_urls c set state = 'ended', reason = $2, document_id = $3, ended_at = $4, status = coalesce(c.status, 200)
         from crawls w where w.id = c.crawl_id and w.finished_at is null and c.url_id = $1 and c.state = 'captured'`,
        [urlId, end.reason, end.documentId, now],
      );
    },

    async progress(id: string): Promise<CrawlProgress> {
      const [row] = await database.query<CrawlProgress>(
        `select count(*) filter (where c.state = 'pending')::int as pending,
           count(*) filter (where c.state = 'captured')::int as reading,
           count(*) filter (where c.state = 'ended')::int as ended,
           count(distinct c.document_id)::int as articles,
           count(distinct c.document_id) filter (where d.clustered_at is null and d.failed is null)::int as enriching
         from crawl_urls c left join documents d on d.id = c.document_id where c.crawl_id = $1`,
        [id],
      );
      return row ?? { pending: 0, reading: 0, ended: 0, articles: 0, enriching: 0 };
    },

    /** Captures of a crawl that nobody has read yet. */
    async unread(id: string): Promise<CaptureId[]> {
      const rows = await database.query<{ id: CaptureId }>(
        `select u.capture_id as id from crawl_urls c join urls u on u.id = c.url_id
         where c.crawl_id = $1 and c.state = 'captured' and u.capture_id is not null`,
        [id],
      );
      return rows.map((row) => row.id);
    },

    /** Ids of the documents of a crawl, in the order in which they were first found, at most `limit`. */
    async documents(id: string, limit: number | null): Promise<DocumentId[]> {
      const rows = await database.query<{ id: DocumentId }>(
        `select document_id as id from crawl_urls where crawl_id = $1 and document_id is not null
         group by 1 order by min(ended_at), 1 limit $2`,
        [id, limit],
      );
      return rows.map((row) => row.id);
    },

    /** Every URL of a crawl that an article written out does not name as its own: failures, leavings, duplicates. */
    async failures(id: string, written: DocumentId[]): Promise<CrawlFailure[]> {
      return database.query<CrawlFailure>(
        `select u.url, c.status, case when c.document_id is null then coalesce(c.reason, 'unfinished')
           when d.url <> u.url then 'duplicate' else 'limit-reached' end as reason
         from crawl_urls c join urls u on u.id = c.url_id left join documents d on d.id = c.document_id
         where c.crawl_id = $1 and (c.document_id is null or d.url <> u.url or not c.document_id = any($2::text[]))
         order by c.ended_at, u.url`,
        [id, written],
      );
    },
  };
}

export type CrawlsTable = ReturnType<typeof crawlsTable>;
