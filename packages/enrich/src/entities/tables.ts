/** The shipped tables of names (data-entities/*.tsv), read once. */
import { readFileSync } from 'node:fs';

/** A table's rows as lists of columns; comment lines and empty lines are left out. */
export function readTable(file: string): string[][] {
  return readFileSync(new URL(`../../data-entities/${file}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t'));
}

/** The names in one column: separated by ` | `. */
export function namesIn(column: string | undefined): string[] {
  return (column ?? '')
    .split('|')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
