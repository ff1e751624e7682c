/** Names from outside: what a row of an import must hold, and which entity each name comes to mean. */
import { ENTITY_TYPES, type EntityId, type EntityType } from '@newsloom/model';
import { fold } from '../text/index.ts';
import { entityId } from './id.ts';
import { entityKey } from './key.ts';

/** A row of an import that can be used. */
export type ImportRow = {
  name: string;
  type: EntityType;
  lang: string | null;
  wikidata: string | null;
  /** The entity's own key, as an export has it. */
  key: string | null;
  born: number | null;
  confidence: number | null;
};

/** A name with the entity it comes to mean. */
export type ImportedName = {
  type: EntityType;
  under: string;
  name: string;
  search: string;
  lang: string | null;
  entityId: EntityId;
  key: string;
  born: number | null;
  confidence: number;
  wikidata: string | null;
};

/** An entity that earlier imports gave to a number of Wikidata, or to a name's key. */
export type ClaimedName = {
  wikidata: string | null;
  type: EntityType;
  under: string;
  entityId: EntityId;
  key: string;
};

/** How sure a name is that an import brings without saying so. */
const BROUGHT = 0.9;
/** The same for a lone family or given name: known, but not taken for this person wherever it stands. */
const BROUGHT_LONE = 0.5;
const MOST_LETTERS = 300;
const FIELDS = new Set(
  'name type lang wikidata qid entity entityId key born confidence source place addedAt'.split(' '),
);

/**
 * Reads one row: `name` and `type`, and what else is known (`lang`, `wikidata` or `qid`, `born`, `confidence`, `key`).
 * @throws Error with a sentence that says what is wrong
 */
export function readImportRow(row: unknown): ImportRow {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) throw new Error('a row must be an object');
  const it = row as Record<string, unknown>;
  for (const field of Object.keys(it))
    if (!FIELDS.has(field)) throw new Error(`there is no field ${JSON.stringify(field.slice(0, 40))}`);
  const given = (field: string): unknown => (it[field] === '' ? undefined : (it[field] ?? undefined));
  const name = given('name');
  if (typeof name !== 'string') throw new Error(name === undefined ? 'name is missing' : 'name is no text');
  const plain = name.normalize('NFC').replace(/\s+/gu, ' ').trim();
  if (!/\p{L}|\p{N}/u.test(plain)) throw new Error('name has no letters');
  if (plain.length > MOST_LETTERS) throw new Error(`name is longer than ${MOST_LETTERS} characters`);
  if (/\p{Cc}/u.test(plain) || !plain.isWellFormed()) throw new Error('name holds characters that no text has');
  const type = String(given('type') ?? '').toUpperCase();
  if (!ENTITY_TYPES.some((known) => known === type))
    throw new Error(
      type === '' ? 'type is missing' : `type must be one of ${ENTITY_TYPES.join(', ')}, not ${type.slice(0, 40)}`,
    );
  const lang = given('lang');
  if (lang !== undefined && !/^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/iu.test(String(lang)))
    throw new Error(`lang is no language: ${String(lang).slice(0, 40)}`);
  const wikidata = given('wikidata') ?? given('qid');
  if (wikidata !== undefined && !/^Q[1-9]\d{0,11}$/u.test(String(wikidata)))
    throw new Error(`wikidata must look like Q42, not ${String(wikidata).slice(0, 40)}`);
  const primary = lang === undefined ? null : (String(lang).split('-')[0] as string).toLowerCase();
  const key = given('key');
  if (
    key !== undefined &&
    (typeof key !== 'string' || key.length > MOST_LETTERS || !key.isWellFormed() || /\p{Cc}/u.test(key))
  )
    throw new Error('key is no key');
  const read: ImportRow = {
    name: plain,
    type: type as EntityType,
    lang: primary === 'mul' || primary === 'und' ? null : primary,
    wikidata: wikidata === undefined ? null : String(wikidata),
    key: key ?? null,
    born: numberOf(given('born'), 'born', 1, 2100, true),
    confidence: numberOf(given('confidence'), 'confidence', 0, 1, false),
  };
  const entity = given('entity') ?? given('entityId');
  if (entity !== undefined && (read.key === null || entity !== entityId(read.type, read.key)))
    throw new Error(
      'entity does not follow from type and key: leave it out, or give the key of the export it came from',
    );
  return read;
}

function numberOf(value: unknown, field: string, low: number, high: number, whole: boolean): number | null {
  if (value === undefined) return null;
  const number = typeof value === 'string' ? Number(value) : value;
  if (typeof number !== 'number' || !(number >= low && number <= high) || (whole && !Number.isInteger(number)))
    throw new Error(`${field} must be a ${whole ? 'whole number' : 'number'} from ${low} to ${high}`);
  return number;
}

/** The types and keys under which a batch of rows will be looked for. */
export function keysOf(rows: readonly ImportRow[]): { type: EntityType; key: string }[] {
  const keys = new Map<string, { type: EntityType; key: string }>();
  for (const { type, name, lang } of rows) {
    const known = entityKey(type, name, lang);
    keys.set(`${known.type}|${known.key}`, { type: known.type, key: known.key });
  }
  return [...keys.values()];
}

/**
 * The entities that a batch of names comes to mean. Names with one number of Wikidata are one; the first of them says which,
 * unless another number has that name already: then it is another thing of the same name.
 * @returns for each row the name, or a sentence that says why it cannot be used
 */
export function planImport(rows: readonly ImportRow[], claimed: readonly ClaimedName[]): (ImportedName | string)[] {
  const byNumber = new Map<string, { entityId: EntityId; key: string }>();
  const owners = new Map<string, string | null>();
  for (const it of claimed) {
    if (it.wikidata !== null) byNumber.set(it.wikidata, { entityId: it.entityId, key: it.key });
    if (it.key === it.under) owners.set(`${it.type}|${it.under}`, it.wikidata);
  }
  return rows.map((row) => {
    const { name, lang, wikidata, born } = row;
    const known = entityKey(row.type, name, lang);
    if ((known.needsCountry || known.needsPlace) && known.key === known.body)
      return 'the name is that of a body which many countries or provinces have: write it with its own';
    const { type } = known;
    const own = (): { entityId: EntityId; key: string } => {
      const owner = owners.get(`${type}|${known.key}`);
      const taken = owner !== undefined && owner !== wikidata;
      const key = wikidata !== null && (known.lone || taken) ? `${known.key}~${wikidata.toLowerCase()}` : known.key;
      if (key === known.key) owners.set(`${type}|${key}`, wikidata);
      return { entityId: entityId(type, key), key };
    };
    const entity =
      row.key !== null
        ? { entityId: entityId(row.type, row.key), key: row.key }
        : (wikidata && byNumber.get(wikidata)) || own();
    if (wikidata !== null && !byNumber.has(wikidata)) byNumber.set(wikidata, entity);
    const confidence = row.confidence ?? (known.lone ? BROUGHT_LONE : BROUGHT);
    return { type, under: known.key, name, search: fold(name), lang, born, confidence, wikidata, ...entity };
  });
}
