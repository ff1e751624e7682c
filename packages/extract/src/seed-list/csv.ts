/** Reads CSV as spreadsheets write it: named columns, quoted fields, commas, semicolons or tabs (RFC 4180). */
import type { ListFault, SeedFields, SeedList } from './read-list.ts';

/** What columns are called, and the field of a seed each gives. */
const COLUMNS: Readonly<Record<string, keyof SeedFields>> = {
  url: 'url',
  address: 'url',
  link: 'url',
  feed: 'url',
  rss: 'url',
  xmlurl: 'url',
  kind: 'kind',
  type: 'kind',
  source: 'source',
  publisher: 'source',
  priority: 'priority',
  depth: 'depth',
  every: 'every',
  interval: 'every',
  tags: 'tags',
  tag: 'tags',
};
/** Longest record, in fields; more is another kind of file. */
const MAX_FIELDS = 200;

/** One record with the line it begins on. */
type Record_ = { line: number; fields: string[] };

/** Reads a list with or without a header; without one the first column holds the addresses. */
export function readCsv(text: string): SeedList {
  const list: SeedList = { format: 'csv', seeds: [], faults: [] };
  const records = recordsOf(text, separatorOf(text), list.faults);
  const [first] = records;
  if (!first) return list;
  const hasHeader = first.fields.some((field) => COLUMNS[field.trim().toLowerCase()] === 'url');
  const columns = hasHeader
    ? first.fields.map((field) => COLUMNS[field.trim().toLowerCase()] ?? null)
    : ['url' as const];
  if (hasHeader)
    first.fields.forEach((field, at) => {
      if (columns[at] === null && field.trim() !== '')
        list.faults.push({
          line: first.line,
          reason: `column ${JSON.stringify(field.trim().slice(0, 60))} is not known and passed over`,
        });
    });
  for (const record of hasHeader ? records.slice(1) : records) {
    const seed = seedOf(record, columns, list.faults);
    if (seed) list.seeds.push({ line: record.line, seed });
  }
  return list;
}

function seedOf(
  { line, fields }: Record_,
  columns: readonly (keyof SeedFields | null)[],
  faults: ListFault[],
): SeedFields | null {
  const seed: SeedFields = { url: '' };
  for (const [at, column] of columns.entries()) {
    const value = fields[at]?.trim() ?? '';
    if (column === null || value === '') continue;
    if (column === 'priority' || column === 'depth') {
      const number = Number(value);
      if (!Number.isInteger(number)) {
        faults.push({ line, reason: `${column} is no whole number: ${value.slice(0, 40)}` });
        return null;
      }
      seed[column] = number;
    } else if (column === 'tags') seed.tags = value.split(/\s*[|,;]\s*/).filter((tag) => tag !== '');
    else seed[column] = value;
  }
  if (seed.url !== '') return seed;
  faults.push({ line, reason: 'there is no address' });
  return null;
}

/** The separator the first record uses most outside of quotes. */
function separatorOf(text: string): string {
  const first = (/^(?:\s*(?:#[^\n]*)?\n)*([^\r\n]*)/.exec(text)?.[1] ?? '').replace(/"[^"]*"/g, '');
  const count = (mark: string): number => first.split(mark).length;
  return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

/** All records; blank lines and lines that begin with `#` are passed over. A quoted field may run over lines. */
function recordsOf(text: string, separator: string, faults: ListFault[]): Record_[] {
  const records: Record_[] = [];
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const start = line;
    const fields: string[] = [];
    let isOver = false;
    if (text[at] === '#') {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end + 1;
      line++;
      continue;
    }
    while (!isOver) {
      let field = '';
      if (text[at] === '"') {
        const closed = quotedEnd(text, at);
        if (closed < 0) {
          faults.push({ line: start, reason: 'a quoted field does not end' });
          return records;
        }
        field = text.slice(at + 1, closed).replaceAll('""', '"');
        line += newlines(text, at, closed);
        at = closed + 1;
      }
      const rest = at;
      while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') at++;
      field += text.slice(rest, at);
      if (fields.length < MAX_FIELDS) fields.push(field);
      if (text[at] === separator) at++;
      else {
        if (text[at] === '\r' && text[at + 1] === '\n') at++;
        at++;
        line++;
        isOver = true;
      }
    }
    if (fields.some((field) => field.trim() !== '')) records.push({ line: start, fields });
  }
  return records;
}

/** Where the quote that opens at `from` closes; doubled quotes are part of the field. */
function quotedEnd(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 2))
    if (text[at + 1] !== '"') return at;
  return -1;
}

function newlines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
