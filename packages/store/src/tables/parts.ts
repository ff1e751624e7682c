/** Articles over several pages: what each page says. */
import type { BodyPart, DocumentId, UrlId } from '@newsloom/model';
import type { Database } from '../database.ts';

/** One page of an article; `part` 1 is the first. */
export type ArticlePart = { part: number; urlId: UrlId; body: string; structure: BodyPart[] | null };

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
    async of(first: UrlId): Promise<ArticlePart[]> {
      return database.query<ArticlePart>(
        `select part, url_id as "urlId", body, structure from document_parts where first_url_id = $1 order by part`,
        [first],
      );
    },

    /**
     * Gives a document the text of all its pages. No version: its publisher changed nothing. It waits to be enriched again.
     * @returns false where it has that text already
     */
    async join(
      id: DocumentId,
      joined: {
        body: string;
        structure: BodyPart[] | null;
        contentDigest: string;
        search: { title: string; body: string };
      },
      now: Date,
    ): Promise<boolean> {
      const rows = await database.query(
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
    },
  };
}

export type PartsTable = ReturnType<typeof partsTable>;
