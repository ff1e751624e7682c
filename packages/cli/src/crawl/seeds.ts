/** The addresses a one-shot crawl begins from. */
import { readFile } from 'node:fs/promises';
import { canonicalize, hostOf, sourceOf } from '@newsloom/frontier';
import { type SourceId, urlIdOf } from '@newsloom/model';
import type { Offer } from '@newsloom/store';

/** Addresses that can be crawled, and those that cannot be. */
export type CrawlSeeds = { seeds: Omit<Offer, 'crawls'>[]; bad: string[] };

/** Reads a list with one address a line; blank lines and lines that begin with `#` are passed over. */
export const linesOf = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));

/**
 * Reads such a list from a file, or from standard input for `-`.
 * @throws Error with `exitCode` 66 where it cannot be read
 */
export async function readAddresses(path: string): Promise<string[]> {
  try {
    return linesOf(await readFile(path === '-' ? '/dev/stdin' : path, 'utf8'));
  } catch (cause) {
    throw Object.assign(new Error(`cannot read the list ${path}: ${(cause as Error).message}`, { cause }), {
      exitCode: 66,
    });
  }
}

/** Sorts given addresses into those that can be crawled, each once, and those that cannot be. */
export function crawlSeeds(given: readonly string[]): CrawlSeeds {
  const seeds = new Map<string, Omit<Offer, 'crawls'>>();
  const bad: string[] = [];
  for (const address of given) {
    const url = canonicalize(address);
    if (!url) {
      bad.push(address);
      continue;
    }
    seeds.set(url, {
      id: urlIdOf(url),
      url,
      host: hostOf(url),
      sourceId: sourceOf(url) as SourceId,
      kind: 'auto',
      priority: 0,
      depthLeft: null,
      redirects: 0,
      facts: null,
    });
  }
  return { seeds: [...seeds.values()], bad };
}
