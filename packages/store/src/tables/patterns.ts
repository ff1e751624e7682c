/** Shapes of addresses and what their pages gave: the budgets against endless sites. */
import type { CaptureId, SourceId, UrlId } from '@newsloom/model';
import type { Database } from '../database.ts';

/** What pages of one shape on one host gave. */
export type PatternRow = {
  host: string;
  pattern: string;
  judged: number;
  articles: number;
  leads: number;
  copies: number;
  leftOut: number;
  /** Why links of this shape are followed no more; null while they are. */
  exhausted: string | null;
};

/** A link that is not followed, to be remembered with its reason. */
export type LeftOut = { id: UrlId; url: string; host: string; sourceId: SourceId; pattern: string; reason: string };

/** The URL that said first what a page says. */
export type SaidFirst = { urlId: UrlId; canonicalUrl: string | null; urls: number; isBeingRead: boolean };

/** Links left out that are kept by name, a shape and a page; beyond that they are counted: a trap has no end. */
const KEPT_BY_NAME = 100;
/** Longer addresses do not fit into an index of Postgres, and are counted only. */
const LONGEST_KEPT = 2_000;

const ROW = `host, pattern, judged, articles, leads, copies, left_out as "leftOut", exhausted`;

export function patternsTable(database: Database) {
  return {
    /**
     * Counts a page that was read for the first time under the keys of its address; one that was read before counts not.
     * @returns the counts of each key; none where the page does not count
     */
    async judged(
      page: { urlId: UrlId; captureId: CaptureId; host: string; keys: readonly string[] },
      gave: { article: boolean; leads: boolean; copy: boolean },
    ): Promise<PatternRow[]> {
      return database.query<PatternRow>(
        `insert into url_patterns as p (host, pattern, judged, articles, leads, copies)
         select $3, k, 1, $5, $6, $7 from unnest($4::text[]) k
         where not exists (select 1 from captures c where c.url_id = $1 and c.id <> $2 and c.parsed <> 'pending')
         order by k
         on conflict (host, pattern) do update set judged = p.judged + 1, articles = p.articles + excluded.articles,
           leads = p.leads + excluded.leads, copies = p.copies + excluded.copies
         returning ${ROW}`,
        [page.urlId, page.captureId, page.host, page.keys, +gave.article, +gave.leads, +gave.copy],
      );
    },

    /** Shapes whose links are followed no more, over all hosts. */
    async exhausted(): Promise<{ host: string; pattern: string; reason: string }[]> {
      return database.query(
        'select host, pattern, exhausted as reason from url_patterns where exhausted is not null order by host, pattern',
      );
    },

    /** Marks a shape as one whose links are followed no more. */
    async exhaust(host: string, pattern: string, reason: string): Promise<void> {
      await database.query('update url_patterns set exhausted = $3 where host = $1 and pattern = $2', [
        host,
        pattern,
        reason,
      ]);
    },

    /**
     * URLs of a host that are due and were never fetched, and that nobody but a link speaks for: no seed, no feed, no
     * sitemap. A page of them in the order of their ids.
     */
    async unfetched(host: string, after: string, limit: number): Promise<{ id: UrlId; url: string }[]> {
      return database.query(
        `select u.id, u.url from urls u
         where u.host = $1 and u.due_at is not null and u.fetched_at is null and u.facts is null and u.id > $2
           and not exists (select 1 from seeds s where s.url_id = u.id)
           and not exists (select 1 from urls f where f.id = u.found_on and f.kind in ('feed', 'sitemap'))
         union
         select u.id, u.url from crawl_urls c join urls u on u.id = c.url_id
         where c.host = $1 and c.state = 'pending' and not c.seed and u.fetched_at is null and u.facts is null and u.id > $2
         order by 1 limit $3`,
        [host, after, limit],
      );
    },

    /** Takes URLs out of the frontier that were never fetched, and out of the crawls that wait for them. */
    async drop(ids: readonly UrlId[], reason: string): Promise<void> {
      await database.query(
        `update crawl_urls set state = 'ended', reason = $2
         where url_id = any($1::text[]) and state = 'pending' and not seed`,
        [ids, reason],
      );
      await database.query(
        `update urls set due_at = null, depth_left = null, verdict = 'excluded', note = $2
         where id in (select id from urls where id = any($1::text[]) and fetched_at is null order by id for update)`,
        [ids, reason],
      );
    },

    /** Counts links that are not followed, and keeps the first of them by name, so that each can be asked why. */
    async leaveOut(links: readonly LeftOut[], from: { foundOn: UrlId; now: Date }): Promise<void> {
      const kept = links.filter(({ url }) => url.length <= LONGEST_KEPT).slice(0, KEPT_BY_NAME);
      await database.query(
        'insert into hosts (host) select distinct h from unnest($1::text[]) h on conflict do nothing',
        [links.map((link) => link.host)],
      );
      await database.query(
        `with gone as (
           select * from jsonb_to_recordset($1::jsonb) as l(id text, url text, host text, "sourceId" text, pattern text, reason text)
         ), named as (
           insert into urls (id, url, host, source_id, found_on, created_at, verdict, note)
           select g.id, g.url, g.host, g."sourceId", $2, $3, 'excluded', g.reason from gone g
           where coalesce((select p.left_out from url_patterns p where p.host = g.host and p.pattern = g.pattern), 0) < ${KEPT_BY_NAME}
           order by g.id on conflict do nothing
         )
         insert into url_patterns as p (host, pattern, left_out)
         select l.host, l.pattern, count(*) from jsonb_to_recordset($4::jsonb) as l(host text, pattern text)
         group by 1, 2 order by 1, 2
         on conflict (host, pattern) do update set left_out = p.left_out + excluded.left_out`,
        [
          JSON.stringify(kept),
          from.foundOn,
          from.now,
          JSON.stringify(links.map(({ host, pattern }) => ({ host, pattern }))),
        ],
      );
    },

    /** The shapes of a host that give nothing or were left out, the largest first. */
    async ofHost(host: string, limit: number): Promise<PatternRow[]> {
      return database.query<PatternRow>(
        `select ${ROW} from url_patterns where host = $1 and (exhausted is not null or left_out > 0)
         order by left_out desc, judged desc limit $2`,
        [host, limit],
      );
    },

    /**
     * Notes what a page says, when it was read for the first time.
     * @returns the first URL of the source that said so, with its document's canonical URL where it became one, and how
     *   many URLs have said it; null where the page was read before. `isBeingRead` while the first waits for the parser
     */
    async said(
      page: { urlId: UrlId; captureId: CaptureId; sourceId: SourceId },
      digest: string,
    ): Promise<SaidFirst | null> {
      const [row] = await database.query<SaidFirst>(
        `with noted as (
           insert into contents as t (source_id, digest, url_id)
           select $3, $4, $1
           where not exists (select 1 from captures c where c.url_id = $1 and c.id <> $2 and c.parsed <> 'pending')
           on conflict (source_id, digest) do update set urls = t.urls + case when t.url_id = excluded.url_id then 0 else 1 end
           returning url_id, urls
         )
         select n.url_id as "urlId", n.urls, d.canonical_url as "canonicalUrl",
           exists (select 1 from captures c where c.id = u.capture_id and c.parsed = 'pending') as "isBeingRead"
         from noted n left join urls u on u.id = n.url_id left join documents d on d.id = u.document_id`,
        [page.urlId, page.captureId, page.sourceId, digest],
      );
      return row ?? null;
    },

    /** Says of a URL that its page is not worth a visit before `again`, unless somebody asked for it. */
    async retire(id: UrlId, note: string, again: Date): Promise<void> {
      await database.query(
        `update urls u set verdict = 'excluded', note = $2, due_at = case when u.due_at is not null then $3::timestamptz end
         where u.id = $1 and not exists (select 1 from seeds s where s.url_id = u.id)`,
        [id, note, again],
      );
    },

    /** Forgets what the shapes of a host gave: their links are followed again. */
    async forgive(host: string): Promise<void> {
      await database.query('delete from url_patterns where host = $1', [host]);
    },
  };
}

export type PatternsTable = ReturnType<typeof patternsTable>;
