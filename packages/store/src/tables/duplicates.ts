/** Near-duplicates: the fingerprints of all documents, found by their bands, and which document is whose copy. */
import type { DocumentId, SourceId } from '@newsloom/model';
import type { Database, Sql } from '../database.ts';

/** A document by its fingerprint. */
export type FingerprintRow = {
  documentId: DocumentId;
  simhash: string;
  bands: number[];
  seenAt: Date;
  copyOf: DocumentId | null;
};

/** A copy of a document's text elsewhere. */
export type Copy = {
  id: DocumentId;
  sourceId: SourceId;
  url: string;
  title: string | null;
  fetchedAt: Date;
  seenAt: Date;
};

/** What is decided about a document: its original, and the copies that leave it. */
export type CopyDecision = {
  copyOf: DocumentId | null;
  leaving: { documentId: DocumentId; copyOf: DocumentId | null }[];
};

/** Texts out of one template share bands by the thousand; among so many the original is. */
const MOST_CANDIDATES = 200;
/** One document at a time, over all processes: "DUPL" in ASCII. */
const LOCK_KEY = 0x4455504c;

const ROW = `f.document_id as "documentId", f.simhash, f.bands, f.seen_at as "seenAt", d.copy_of as "copyOf"
  from fingerprints f join documents d on d.id = f.document_id`;

export function duplicatesTable(database: Database) {
  return {
    /**
     * Notes a document's fingerprint and whose copy it is. One document at a time; runs twice without harm.
     * @param decide pure decision over the documents that share a band, and over the document's own copies
     */
    async place(
      document: { id: DocumentId; simhash: string; bands: readonly number[]; seenAt: Date },
      decide: (candidates: FingerprintRow[], copies: FingerprintRow[]) => CopyDecision,
    ): Promise<DocumentId | null> {
      return database.transaction(async (sql) => {
        await sql.query('select pg_advisory_xact_lock($1)', [LOCK_KEY]);
        await sql.query(
          `insert into fingerprints (document_id, simhash, bands, seen_at) values ($1, $2, $3, $4)
           on conflict (document_id) do update set simhash = excluded.simhash, bands = excluded.bands
           where fingerprints.bands <> excluded.bands`,
          [document.id, document.simhash, document.bands, document.seenAt],
        );
        const candidates = document.bands.length === 0 ? [] : await candidatesOf(sql, document);
        const copies = await sql.query<FingerprintRow>(`select ${ROW} where d.copy_of = $1`, [document.id]);
        const { copyOf, leaving } = decide(candidates.map(plain), copies.map(plain));
        // Who points to a copy points to its original.
        await sql.query(
          `update documents set copy_of = $2 where (id = $1 and copy_of is distinct from $2)
             or ($2::text is not null and copy_of = $1 and id <> $2)`,
          [document.id, copyOf],
        );
        for (const it of leaving) {
          await sql.query('update documents set copy_of = $2 where id = $1', [it.documentId, it.copyOf]);
        }
        return copyOf;
      });
    },

    /** The copies of a document, the first seen first. */
    async copies(id: DocumentId, limit: number): Promise<Copy[]> {
      return database.query<Copy>(
        `select d.id, d.source_id as "sourceId", d.url, d.title, d.fetched_at as "fetchedAt", d.created_at as "seenAt"
         from documents d where d.copy_of = $1 order by d.created_at, d.id limit $2`,
        [id, limit],
      );
    },

    /** How many documents are copies of others. */
    async count(): Promise<number> {
      const [row] = await database.query<{ n: number }>(
        'select count(*)::int as n from documents where copy_of is not null',
      );
      return row?.n ?? 0;
    },
  };
}

/** Documents that share a band, those that share most of them first. */
async function candidatesOf(
  sql: Sql,
  { id, bands }: { id: DocumentId; bands: readonly number[] },
): Promise<FingerprintRow[]> {
  // The planner takes bands for words of a text, and would read every row rather than the index; here it may not.
  await sql.query("select set_config('enable_seqscan', 'off', true)");
  const found = await sql.query<FingerprintRow>(
    `with f as materialized (
       select * from fingerprints where bands && $1::bigint[] and document_id <> $2 limit ${MOST_CANDIDATES * 5}
     )
     select c.* from (select f.document_id as "documentId", f.simhash, f.bands, f.seen_at as "seenAt", d.copy_of as "copyOf"
       from f join documents d on d.id = f.document_id) c
     order by (select count(*) from unnest(c.bands) b where b = any($1::bigint[])) desc, c."seenAt" limit ${MOST_CANDIDATES}`,
    [bands, id],
  );
  await sql.query("select set_config('enable_seqscan', 'on', true)");
  return found;
}

/** Drivers hand out 64-bit numbers as texts. */
const plain = (row: FingerprintRow): FingerprintRow => ({ ...row, bands: row.bands.map(Number) });

export type DuplicatesTable = ReturnType<typeof duplicatesTable>;
