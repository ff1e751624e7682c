/** Articles over several pages: what each page says. */
import type { BodyPart, DocumentId, UrlId } from '@newsloom/model';
import type { Database, Sql } from '../database.ts';

/** One page of an article; `part` 1 is the first. */
export type ArticlePart = { part: number; urlId: UrlId; body: string; structure: BodyPart[] | null };

/** What of a document goes into the digest of its joined text. */
export type PartsDocument = { title: string | null; date: string | null; authors: string[] };

/** The text of all pages. */
export type JoinedParts = {
  body: string;
  structure: BodyPart[] | null;
  contentDigest: string;
  /** Title and body folded for search. */
  search: { title: string; body: string };
};

export function partsTable(database: Database) {
  return {
    /** Keeps the text of one page of the article whose first page is this URL. */
    async save(first: UrlId, { part, urlId, body, structure }: ArticlePart): Promise<void> {
      await database.query(
        `insert into document_parts (first_url_id, part, url_id, body, structure) values ($1, $2, $3, $4, $5)
         on conflict (first_url_id, part) do update set url_id = excluded.url_id, body = excluded.body,
           structure = excluded.structure`,
        [first, part, urlId, body, structure ? JSON.stringify(structure) : null],
      );
    },

    /** The pages of an article in their order. */
    of: (first: UrlId): Promise<ArticlePart[]> => partsOf(database, first),

    /**
     * Gives a document the text of all pages of its article. One page at a time, so that none is lost when two are read
     * at once. No version: its publisher changed nothing. A document whose text changes waits to be enriched again.
     * @param join pure decision over the document and the pages in their order; null where there is nothing to join
     * @returns whether its text changed
     */
    async join(
      id: DocumentId,
      first: UrlId,
      join: (document: PartsDocument, parts: ArticlePart[]) => JoinedParts | null,
      now: Date,
    ): Promise<boolean> {
      return database.transaction(async (sql) => {
        const [document] = await sql.query<PartsDocument>(
          'select title, date, authors from documents where id = $1 for update',
          [id],
        );
        const joined = document ? join(document, await partsOf(sql, first)) : null;
        if (!joined) return false;
        const rows = await sql.query(
          `update documents set body = $2, structure = $3, content_digest = $4, updated_at = $7, enriched_at = null,
             clustered_at = null, failed = null,
             search = setweight(to_tsvector('simple', $5), 'A') || to_tsvector('simple', $6)
           where id = $1 and content_digest <> $4 returning 1`,
          [
            id,
            joined.body,
            joined.structure ? JSON.stringify(joined.structure) : null,
            joined.contentDigest,
            joined.search.title,
            joined.search.body,
            now,
          ],
        );
        return rows.length > 0;
      });
    },
  };
}

const partsOf = (sql: Pick<Sql, 'query'>, first: UrlId): Promise<ArticlePart[]> =>
  sql.query<ArticlePart>(
    `select part, url_id as "urlId", body, structure from document_parts where first_url_id = $1 order by part`,
    [first],
  );

export type PartsTable = ReturnType<typeof partsTable>;
