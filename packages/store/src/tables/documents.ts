/** Documents: articles read out of captures, with their versions, and the search over them. */
import type {
  Article,
  BodyPart,
  CaptureId,
  DatePrecision,
  DocumentId,
  Provenance,
  SourceId,
  StoryId,
  UrlId,
} from '@newsloom/model';
import type { Database, Sql } from '../database.ts';
import { type DocumentFilter, type DocumentsFound, findDocuments, stemmerOf } from './document-search.ts';
import {
  type ArticleVisit,
  type DocumentVersion,
  formerVersions,
  keepVersion,
  placeDocument,
} from './document-versions.ts';

export type Document = {
  id: DocumentId;
  urlId: UrlId;
  sourceId: SourceId;
  captureId: CaptureId | null;
  url: string;
  canonicalUrl: string;
  version: number;
  title: string | null;
  date: string | null;
  datePrecision: DatePrecision | null;
  dateModified: string | null;
  authors: string[];
  agencies: string[];
  lang: string | null;
  body: string;
  image: string | null;
  /** What the page says below its lead image; null where it says nothing. */
  imageCaption: string | null;
  description: string | null;
  section: string | null;
  tags: string[];
  provenance: Provenance;
  parserVersion: number;
  fetchedAt: Date;
  createdAt: Date;
  updatedAt: Date;
  enrichedAt: Date | null;
  clusteredAt: Date | null;
  storyId: StoryId | null;
  copyOf: DocumentId | null;
  keywords: string[];
  /** Sentences of the body that tell what it is about; null before it was enriched. */
  summary: Stretch[] | null;
  passages: Digested['passages'];
  /** What its publisher says about the use of the page: `noai`, `tdm-reservation`, `ai-train=no`. */
  directives: string[];
  /** Since when its page is gone; null: it is served, as far as known. */
  goneAt: Date | null;
};

/** A stretch of a document's body: offsets in UTF-16 code units, end exclusive. */
export type Stretch = { start: number; end: number };

/** A document in short. */
export type Digested = {
  keywords: string[];
  /** Sentences of the body. */
  summary: Stretch[];
  /** Where the body has more than one language: its passages. */
  passages: (Stretch & { lang: string | null })[] | null;
};

/** A document in a list: without body and provenance, with the words around a search hit. */
export type DocumentLine = Pick<
  Document,
  | 'id'
  | 'sourceId'
  | 'url'
  | 'title'
  | 'date'
  | 'datePrecision'
  | 'authors'
  | 'lang'
  | 'image'
  | 'storyId'
  | 'fetchedAt'
  | 'version'
  | 'copyOf'
  | 'keywords'
> & {
  /** The whole body, where words were searched for: what surrounds them is cut out of it. */
  text?: string;
  /** Documents of its story, itself included; 0 without one. */
  storyDocuments: number;
  excerpt: string;
  entities: { id: string; type: string; name: string }[];
};

export type NewDocument = {
  id: DocumentId;
  urlId: UrlId;
  sourceId: SourceId;
  captureId: CaptureId;
  url: string;
  canonicalUrl: string;
  article: Article;
  parserVersion: number;
  fetchedAt: Date;
  /** Digest over what readers see: title, date, authors, body. */
  contentDigest: string;
  /** When the article was published, as near as known, and when its page comes back: as it was read, or changed since. */
  visit?: ArticleVisit;
  /** Title and body folded for search. */
  search: { title: string; body: string };
};

const COLUMNS = `d.id, d.url_id as "urlId", d.source_id as "sourceId", d.capture_id as "captureId", d.url,
  d.canonical_url as "canonicalUrl", d.version, d.title, d.date, d.date_precision as "datePrecision",
  d.date_modified as "dateModified", d.authors, d.agencies, d.lang, d.body, d.image, d.image_caption as "imageCaption", d.description, d.section, d.tags,
  d.provenance, d.parser_version as "parserVersion", d.fetched_at as "fetchedAt", d.created_at as "createdAt",
  d.updated_at as "updatedAt", d.enriched_at as "enrichedAt", d.clustered_at as "clusteredAt", d.story_id as "storyId",
  d.copy_of as "copyOf", d.keywords, d.summary, d.passages,
  coalesce((select c.directives from captures c where c.id = d.capture_id), '{}') as directives, d.gone_at as "goneAt"`;

/** Advisory locks of documents that are being written: "DOCU" in ASCII. */
const LOCK_KEY = 0x444f4355;

export function documentsTable(database: Database) {
  return {
    /**
     * Writes a document. Runs twice without harm; a document that is new or changed waits to be enriched.
     * When the publisher changed what readers see, the former version is kept beside it; a page that is read better
     * than before, or found at its canonical address at last, is no version. What another address (a page for print)
     * says of a document that was read at its canonical one is a duplicate, and changes nothing.
     */
    async upsert(
      it: NewDocument,
      now: Date,
    ): Promise<{ change: 'new' | 'changed' | 'same' | 'duplicate'; enriched: boolean }> {
      return database.transaction(async (sql) => {
        // A document that is not there yet has no row to lock; two that bring it at once are let in one by one.
        await sql.query('select pg_advisory_xact_lock($1, hashtext($2))', [LOCK_KEY, it.id]);
        const [old] = await sql.query<{
          url: string;
          captureId: CaptureId | null;
          contentDigest: string;
          enriched: boolean;
        }>(
          `select url, capture_id as "captureId", content_digest as "contentDigest", clustered_at is not null as enriched
           from documents where id = $1 for update`,
          [it.id],
        );
        const duplicate = old !== undefined && old.url === it.canonicalUrl && it.url !== it.canonicalUrl;
        const same = old?.contentDigest === it.contentDigest;
        const revised = !same && old?.url === it.url && old.captureId !== it.captureId;
        await placeDocument(sql, it, revised);
        if (duplicate) return { change: 'duplicate', enriched: old.enriched };
        if (revised) await keepVersion(sql, it.id, now);
        await writeDocument(sql, it, now, { same, revised });
        return { change: !old ? 'new' : same ? 'same' : 'changed', enriched: same && old.enriched };
      });
    },

    /** What each stretch of a document's body is; null where that is not known. */
    async structure(id: DocumentId): Promise<BodyPart[] | null> {
      const [row] = await database.query<{ structure: BodyPart[] | null }>(
        'select structure from documents where id = $1',
        [id],
      );
      return row?.structure ?? null;
    },

    async find(id: DocumentId): Promise<Document | null> {
      const [row] = await database.query<Document>(`select ${COLUMNS} from documents d where d.id = $1`, [id]);
      return row ?? null;
    },

    /** Former versions of a document, newest first. */
    versions: (id: DocumentId): Promise<DocumentVersion[]> => formerVersions(database, id),

    /** Documents that match, best first when words are given, else newest first. */
    list: (filter: DocumentFilter): Promise<DocumentsFound> => findDocuments(database, filter),

    /** Keeps a document in short: its keywords, its summary, and the languages of its passages. */
    async saveDigest(id: DocumentId, digest: Digested): Promise<void> {
      await database.query('update documents set keywords = $2, summary = $3, passages = $4 where id = $1', [
        id,
        digest.keywords,
        JSON.stringify(digest.summary),
        digest.passages && JSON.stringify(digest.passages),
      ]);
    },

    /** Ids of the documents that match, in the order of their ids; `after` is the last one of the page before. */
    async ids(
      filter: { sourceId: string | null; from: Date | null; to: Date | null },
      after: DocumentId | null,
      limit: number,
    ): Promise<DocumentId[]> {
      const rows = await database.query<{ id: DocumentId }>(
        `select id from documents where ($1::text is null or id > $1) and ($2::text is null or source_id = $2)
           and ($3::timestamptz is null or fetched_at >= $3) and ($4::timestamptz is null or fetched_at < $4)
         order by id limit $5`,
        [after, filter.sourceId, filter.from, filter.to, limit],
      );
      return rows.map((row) => row.id);
    },

    /** Documents that wait to be enriched or clustered since before `before`, oldest first. */
    async pending(before: Date, limit: number): Promise<{ id: DocumentId; step: 'enrich' | 'cluster' }[]> {
      return database.query(
        `select id, case when enriched_at is null then 'enrich' else 'cluster' end as step from documents
         where clustered_at is null and failed is null and updated_at <= $1 order by updated_at limit $2`,
        [before, limit],
      );
    },

    /** Notes since when the page a document was read from is gone; null: it is there again. The document stays. */
    async markGone(id: DocumentId, urlId: UrlId, at: Date | null): Promise<void> {
      await database.query('update documents set gone_at = $3 where id = $1 and url_id = $2', [id, urlId, at]);
    },

    /** Notes that enriching or clustering a document was given up, and why. */
    async markFailed(id: DocumentId, reason: string): Promise<void> {
      await database.query('update documents set failed = $2 where id = $1', [id, reason]);
    },

    /** How many documents there are, and how many wait. */
    async counts(): Promise<{ documents: number; waiting: number }> {
      const [row] = await database.query<{ documents: number; waiting: number }>(
        `select count(*)::int as documents, count(*) filter (where clustered_at is null and failed is null)::int as waiting
         from documents`,
      );
      return row ?? { documents: 0, waiting: 0 };
    },
  };
}

export type DocumentsTable = ReturnType<typeof documentsTable>;

async function writeDocument(
  sql: Sql,
  it: NewDocument,
  now: Date,
  { same, revised }: { same: boolean; revised: boolean },
): Promise<void> {
  const { article } = it;
  await sql.query(
    `insert into documents as d (id, url_id, source_id, capture_id, url, canonical_url, title, date, date_precision,
       date_at, date_modified, authors, agencies, lang, body, image, description, section, tags, provenance,
       content_digest, parser_version, fetched_at, created_at, updated_at, structure, image_caption, search)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
       $24, $24, $30, $31, setweight(to_tsvector('simple', $25), 'A') || to_tsvector('simple', $26)
         || case when $29::text is null then ''::tsvector else
           setweight(to_tsvector($29::text::regconfig, $25), 'A') || to_tsvector($29::text::regconfig, $26) end)
     on conflict (id) do update set url_id = excluded.url_id, capture_id = excluded.capture_id, url = excluded.url, title = excluded.title,
       date = excluded.date, date_precision = excluded.date_precision, date_at = excluded.date_at,
       date_modified = excluded.date_modified, authors = excluded.authors, agencies = excluded.agencies,
       lang = excluded.lang, body = excluded.body, image = excluded.image,
       image_caption = excluded.image_caption, description = excluded.description,
       section = excluded.section, tags = excluded.tags, provenance = excluded.provenance,
       content_digest = excluded.content_digest, parser_version = excluded.parser_version,
       fetched_at = excluded.fetched_at, structure = excluded.structure, search = excluded.search,
       version = case when $28 then d.version + 1 else d.version end,
       updated_at = case when $27 then d.updated_at else excluded.updated_at end,
       enriched_at = case when $27 then d.enriched_at end,
       clustered_at = case when $27 then d.clustered_at end,
       failed = case when $27 then d.failed end`,
    [
      it.id,
      it.urlId,
      it.sourceId,
      it.captureId,
      it.url,
      it.canonicalUrl,
      article.title,
      article.date?.value ?? null,
      article.date?.precision ?? null,
      article.date ? sortable(article.date.value) : null,
      article.dateModified?.value ?? null,
      article.authors,
      article.agencies,
      article.lang,
      article.body,
      article.image,
      article.description,
      article.section,
      article.tags,
      JSON.stringify(article.provenance),
      it.contentDigest,
      it.parserVersion,
      it.fetchedAt,
      now,
      it.search.title,
      // tsvector refuses more than 1 MB and positions beyond 16,383: the head of a very long text is what is found.
      it.search.body.slice(0, SEARCHED_CHARS),
      same,
      revised,
      stemmerOf(article.lang),
      article.structure ? JSON.stringify(article.structure) : null,
      article.imageCaption ?? null,
    ],
  );
}

const SEARCHED_CHARS = 400_000;

/** A partial ISO 8601 date as an instant to sort by; without a zone it is taken as UTC. */
function sortable(value: string): Date | null {
  const padded = value.length === 4 ? `${value}-01-01` : value.length === 7 ? `${value}-01` : value;
  const zoned = /T/.test(padded) && !/(?:Z|[+-]\d\d:?\d\d)$/.test(padded) ? `${padded}Z` : padded;
  const time = Date.parse(zoned);
  return Number.isNaN(time) ? null : new Date(time);
}
