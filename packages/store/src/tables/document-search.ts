/** Search over the documents: words with and without diacritics, in their inflected forms, and all filters. */
import type { Database } from '../database.ts';
import type { DocumentLine } from './documents.ts';

export type DocumentFilter = {
  /** Folded words, all of which must occur; in quotes: a phrase, behind a minus: not. */
  words?: string | undefined;
  sourceId?: string | undefined;
  lang?: string | undefined;
  entityId?: string | undefined;
  storyId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  /** False leaves out the copies of other documents. */
  copies?: boolean | undefined;
  limit: number;
  offset: number;
};

/** What a search found. Beyond `MOST_COUNTED` it is not counted on, and `exact` is false. */
export type DocumentsFound = { total: number; exact: boolean; items: DocumentLine[] };

/** Counting every document with an everyday word would cost more than all the rest. */
const MOST_COUNTED = 10_000;
/** Of more hits than this the newest are ranked: nobody reads on to the rest, and the oldest are seldom what is meant. */
const MOST_RANKED = 2_000;

/**
 * Languages whose words are found in every inflected form, with Postgres' own name for their rules (Snowball). The others,
 * Vietnamese among them, have none, or none that Postgres knows.
 */
const STEMMERS: Record<string, string> = {
  fr: 'french',
  en: 'english',
  de: 'german',
  es: 'spanish',
  it: 'italian',
  pt: 'portuguese',
  nl: 'dutch',
};
/** Looked for where the question names no language. */
const USUAL = ['fr', 'en'];

/** The rules for a language's inflected forms; null where there are none. */
export const stemmerOf = (lang: string | null): string | null => STEMMERS[lang ?? ''] ?? null;

const LINE = `d.id, d.source_id as "sourceId", d.url, d.title, d.date, d.date_precision as "datePrecision", d.authors,
  d.lang, d.image, d.story_id as "storyId", d.fetched_at as "fetchedAt", d.version, d.copy_of as "copyOf",
  d.keywords, left(d.body, 280) as excerpt,
  (select count(*)::int from documents s where s.story_id = d.story_id) as "storyDocuments",
  coalesce((select jsonb_agg(jsonb_build_object('id', x.id, 'type', x.type, 'name', x.name) order by x.n desc, x.name)
    from (select e.id, e.type, e.name, count(*) as n from mentions m join entities r on r.id = m.entity_id
        join entities e on e.id = coalesce(r.merged_into, r.id)
      where m.document_id = d.id group by e.id, e.type, e.name order by n desc, e.name limit 8) x), '[]') as entities`;

/** Documents that match, best first where words are given, else newest first. */
export async function findDocuments(database: Database, filter: DocumentFilter): Promise<DocumentsFound> {
  const words = filter.words || null;
  const query = queryOf(words, filter.lang);
  const where = `($1::text is null or d.search @@ (${query}))
    and ($2::text is null or d.source_id = $2) and ($3::text is null or d.lang = $3)
    and ($4::text is null or d.id in (select o.document_id from entity_documents o
      where o.entity_id in (select $4 union select e.id from entities e where e.merged_into = $4)))
    and ($5::text is null or d.story_id = $5)
    and ($6::timestamptz is null or d.date_at >= $6) and ($7::timestamptz is null or d.date_at < $7)
    and ($8::boolean or d.copy_of is null)`;
  const values = [
    words,
    filter.sourceId ?? null,
    filter.lang ?? null,
    filter.entityId ?? null,
    filter.storyId ?? null,
    filter.from ?? null,
    filter.to ?? null,
    filter.copies ?? true,
  ];
  const [count] = await database.query<{ n: number }>(
    `select count(*)::int as n from (select 1 from documents d where ${where} limit ${MOST_COUNTED + 1}) x`,
    values,
  );
  const total = count?.n ?? 0;
  // The page first, by index where no words are asked for; what costs is made for its rows alone.
  const page =
    words === null
      ? `select d.id, row_number() over (order by d.date_at desc nulls last, d.id) as place from documents d
         where ${where} order by d.date_at desc nulls last, d.id limit $9 offset $10`
      : `select h.id, row_number() over (order by ts_rank(h.search, ${query}) desc, h.date_at desc nulls last, h.id) as place
         from (select d.id, d.date_at, d.search from documents d where ${where}
           ${total > MOST_RANKED ? `order by d.date_at desc nulls last, d.id limit ${Math.max(MOST_RANKED, filter.limit + filter.offset)}` : ''}) h
         order by place limit $9 offset $10`;
  const items = await database.query<DocumentLine>(
    `with page as materialized (${page})
     select ${LINE}${words === null ? '' : ', d.body as text'} from page join documents d on d.id = page.id order by page.place`,
    [...values, filter.limit, filter.offset],
  );
  return { total: Math.min(total, MOST_COUNTED), exact: total <= MOST_COUNTED, items };
}

/** As written, or in inflected forms; what is ruled out is ruled out as written, since other forms cannot be. */
function queryOf(words: string | null, lang: string | undefined): string {
  const asWritten = "websearch_to_tsquery('simple', $1)";
  if (words === null || /(?:^|\s)-/.test(words)) return asWritten;
  const stemmers = (lang === undefined ? USUAL : [lang]).flatMap((it) => stemmerOf(it) ?? []);
  return [asWritten, ...stemmers.map((it) => `websearch_to_tsquery('${it}', $1)`)].join(' || ');
}
