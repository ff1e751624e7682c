/** The suites of feeds: feedparser's and Miniflux's cases, compared field by field. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Feed, parseFeed } from '@newsloom/extract';
import { answerOf, type FeedparserCase, NOT_COMPARABLE } from './feeds-feedparser.ts';
import { minifluxSuite } from './feeds-miniflux.ts';
import { readCases, type Suite, tally } from './suite.ts';

/** Where feedparser's own tests serve their files. */
const SERVED = 'http://127.0.0.1:8097/';

/** Reads one feed: ours, or one it is compared with. */
export type FeedReader = typeof parseFeed;

/** feedparser's cases, asked of a reader. */
export const feedparserSuite = (name: string, read: FeedReader): Suite => ({
  name,
  folder: 'feeds-feedparser',
  run(dir) {
    const { result, check, leave } = tally();
    for (const one of readCases<FeedparserCase[]>(dir, 'cases.json')) {
      const bytes = readFileSync(join(dir, one.file));
      const headers = new Map(Object.entries(one.headers).map(([name, value]) => [name.toLowerCase(), value]));
      const feed = read(bytes, {
        url: SERVED + one.file.replace(/^files\//, ''),
        contentType: headers.get('content-type') ?? null,
        contentLocation: headers.get('content-location') ?? null,
        contentLanguage: headers.get('content-language') ?? null,
      });
      const wanted = (one.assert ?? []).filter((it) => !isVain(it.path, one));
      const asked = wanted.filter((it) => answerOf(feed, it, bytes) !== NOT_COMPARABLE);
      if (asked.length === 0) {
        leave(`${one.file}: ${one.assert === null ? 'asserts by code alone' : one.expect_python}`);
        continue;
      }
      const wrong = asked.find((it) => answerOf(feed, it, bytes) !== 'same');
      check(wrong === undefined, () => `${one.file}: ${JSON.stringify(wrong)} but ${shown(feed, wrong, bytes)}`);
    }
    return result;
  },
});

export const feedsFeedparser = feedparserSuite('feeds-feedparser', parseFeed);
export const feedsMiniflux = minifluxSuite('feeds-miniflux', parseFeed);

/** `bozo` beside an assertion about content says only that the file is well-formed, which is asked of every file. */
const isVain = (path: readonly unknown[], one: FeedparserCase): boolean => path.length === 0 || one.assert === null;

function shown(feed: Feed | null, wanted: Parameters<typeof answerOf>[1] | undefined, bytes: Uint8Array): string {
  return wanted ? String(answerOf(feed, wanted, bytes)).slice(0, 300) : '';
}
