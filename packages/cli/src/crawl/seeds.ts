/** The addresses a one-shot crawl begins from. */
import { readFile } from 'node:fs/promises';
import { readSeedList, type SeedList } from '@newsloom/extract';
import { canonicalize, hostOf, sourceOf } from '@newsloom/frontier';
import { type SourceId, urlIdOf } from '@newsloom/model';
import type { Offer } from '@newsloom/store';

/** Addresses that can be crawled, and those that cannot be. */
export type CrawlSeeds = { seeds: Omit<Offer, 'crawls'>[]; bad: string[] };

/**
 * Reads a list of seeds from a file, or from standard input for `-`: one address a line, CSV or OPML.
 * @throws Error with `exitCode` 66 where it cannot be read
 */
export async function readList(path: string): Promise<SeedList> {
  try {
    return readSeedList(await readFile(path === '-' ? '/dev/stdin' : path));
  } catch (cause) {
    throw Object.assign(new Error(`cannot read the list ${path}: ${(cause as Error).message}`, { cause }), {
      exitCode: 66,
    });
  }
}

/**
 * The addresses of such a list, and what stands on the lines that hold none; what is wrong with these is told, one
 * sentence a line.
 */
export async function readAddresses(
  path: string,
  complain: (sentence: string) => void,
): Promise<{ addresses: string[]; bad: string[] }> {
  const { seeds, faults } = await readList(path);
  for (const { line, reason } of faults) complain(`${path}:${line}: ${reason}`);
  return { addresses: seeds.map(({ seed }) => seed.url), bad: faults.flatMap(({ text }) => text ?? []) };
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
