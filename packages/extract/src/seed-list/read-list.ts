/** Reads lists of addresses to follow: OPML, CSV with named columns, or one address a line; the content tells which. */
import { decode } from '../charset/charset.ts';
import { readCsv } from './csv.ts';
import { readOpml } from './opml.ts';

/** One seed of a list, in the words of the seeds queue, with the line it stands on (from 1). */
export type ListedSeed = { line: number; seed: SeedFields };

/** The fields a list can give a seed. They are checked by whoever adds them: a list may say anything. */
export type SeedFields = {
  url: string;
  kind?: string;
  source?: string;
  priority?: number;
  depth?: number;
  every?: string;
  tags?: string[];
};

/** A line that is no seed, and why; the reason is a sentence without its full stop, the text what stands there. */
export type ListFault = { line: number; reason: string; text?: string };

/** A list that was read. Good lines are kept whatever is wrong with others. */
export type SeedList = { format: 'opml' | 'csv' | 'text'; seeds: ListedSeed[]; faults: ListFault[] };

/** Seeds taken of one list; the lists of whole countries have some ten thousand. */
export const MAX_LISTED_SEEDS = 100_000;
/** Bytes read of one list. */
export const MAX_LIST_BYTES = 50 * 1024 * 1024;

/** Reads a list in any charset. Never throws. */
export function readSeedList(bytes: Uint8Array): SeedList {
  return readSeedListText(decode(bytes.subarray(0, MAX_LIST_BYTES)).text);
}

/** Reads a decoded list. */
export function readSeedListText(given: string): SeedList {
  const text = given.replace(/^\ufeff/, '');
  const list = /^\s*</.test(text) ? readOpml(text) : hasColumns(text) ? readCsv(text) : readLines(text);
  if (list.seeds.length <= MAX_LISTED_SEEDS) return list;
  const [first] = list.seeds.splice(MAX_LISTED_SEEDS);
  list.faults.push({
    line: first?.line ?? 0,
    reason: `a list has ${MAX_LISTED_SEEDS} seeds at most; the rest is left out`,
  });
  return list;
}

/** Whether the first line that says something names columns, or an address has something behind it. */
function hasColumns(text: string): boolean {
  const first = text.split(/\r\n?|\n/, 50).find((line) => line.trim() !== '' && !line.startsWith('#')) ?? '';
  if (/^"?https?:\/\//i.test(first))
    return /^(?:"[^"]*"|[^\s,;]+)\s*[;\t]|^"[^"]*"\s*,|^[^\s,;]+,\s*(?:auto|article|section|feed|sitemap)?\s*,/i.test(
      first,
    );
  return /(?:^|[,;\t])\s*"?(?:url|address|link|feed|xmlurl|rss)"?\s*(?:$|[,;\t])/i.test(first);
}

function readLines(text: string): SeedList {
  const list: SeedList = { format: 'text', seeds: [], faults: [] };
  let line = 0;
  for (const whole of text.split(/\r\n?|\n/)) {
    line++;
    // A comment may stand behind an address; a `#` inside one is its fragment.
    const address = whole.replace(/(?:^|\s)#.*$/, '').trim();
    if (address === '') continue;
    if (/\s/.test(address))
      list.faults.push({
        line,
        reason: `more than one address stands on the line: ${address.slice(0, 80)}`,
        text: address.slice(0, 2_000),
      });
    else list.seeds.push({ line, seed: { url: address } });
  }
  return list;
}
