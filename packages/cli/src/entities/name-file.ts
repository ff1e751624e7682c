/** Files of names: tab-separated columns with a head, JSON lines, or items of a Wikidata dump; read and written line by line. */

import type { ExportedName } from '@newsloom/api/entity-names';
import { isWikidataItem, rowsOfItem } from '@newsloom/enrich';
import { readLines } from '../batch.ts';

/** A row of a file, or what is wrong with the line. */
export type NameLine = { lineNumber: number; row: unknown } | { lineNumber: number; reason: string };

/** Columns of a table, in the order in which an export writes them. */
const COLUMNS = ['name', 'type', 'lang', 'wikidata', 'born', 'entity', 'key', 'source', 'confidence'] as const;
export const FORMATS = ['tsv', 'jsonl'] as const;
export type Format = (typeof FORMATS)[number];

/** The rows of a file (`-`: standard input; `.gz` is unpacked), whichever of the formats each line has. Empty lines and `#` lines are left out. */
export async function* readNames(path: string): AsyncGenerator<NameLine> {
  let columns: string[] | null = null;
  for await (const { text, lineNumber } of readLines(path)) {
    const line = text.replace(/\r$/, '');
    // A dump is one JSON array with an item a line.
    if (line.trim() === '' || line.startsWith('#') || line === '[' || line === ']') continue;
    if (line.startsWith('{')) {
      yield* readJson(line.replace(/,$/, ''), lineNumber);
      continue;
    }
    const cells = line.split('\t');
    if (columns === null) {
      columns = cells.map((cell) => cell.trim().toLowerCase());
      if (columns.includes('name')) continue;
      columns = [...COLUMNS.slice(0, 4)];
    }
    if (cells.length > columns.length) {
      yield { lineNumber, reason: `${cells.length} columns where ${columns.length} are named` };
      continue;
    }
    yield { lineNumber, row: Object.fromEntries(cells.map((cell, i) => [columns?.[i], cell])) };
  }
}

function* readJson(line: string, lineNumber: number): Generator<NameLine> {
  let value: object;
  try {
    value = JSON.parse(line) as object;
  } catch {
    yield { lineNumber, reason: 'not a line of JSON' };
    return;
  }
  if (!isWikidataItem(value)) yield { lineNumber, row: value };
  else for (const row of rowsOfItem(value)) yield { lineNumber, row };
}

/** The head of a file in this format, or ''. */
export const headOf = (format: Format): string => (format === 'tsv' ? `${COLUMNS.join('\t')}\n` : '');

/** A name as a line of a file; what is unknown stays empty, or is left out. */
export function lineOf(name: ExportedName, format: Format): string {
  if (format === 'tsv')
    return `${COLUMNS.map((column) => String(name[column] ?? '').replace(/[\t\r\n]+/g, ' ')).join('\t')}\n`;
  return `${JSON.stringify(Object.fromEntries(Object.entries(name).filter(([, value]) => value !== null)))}\n`;
}
