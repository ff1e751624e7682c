/** Miniflux's cases of feeds and of dates, compared field by field. */
import {
  type Feed,
  type FeedItem,
  type FeedPerson,
  parseFeed,
  readFeedDate,
  readSeedListText,
} from '@newsloom/extract';
import { equal, readCases, type Suite, tally } from './suite.ts';

type MinifluxCase = {
  package: string;
  test: string;
  base_url: string | null;
  data: string;
  expect_error: boolean;
  asserts: { path: string; must: 'equal' | 'differ' | 'truthy'; value: unknown }[] | null;
};
type DateCase = { test: string; in: string; unix?: number | null; error?: boolean; must_parse?: boolean };

const ABSENT = Symbol('not comparable');

/** Miniflux's cases, asked of a reader of feeds; dates only of ours, which is where `readFeedDate` is. */
export const minifluxSuite = (name: string, read: typeof parseFeed): Suite => ({
  name,
  folder: 'feeds-miniflux',
  run(dir) {
    const { result, check, leave } = tally();
    for (const one of readCases<MinifluxCase[]>(dir, 'cases.json')) {
      if (one.package === 'opml') {
        const list = readSeedListText(one.data);
        const isRead = list.format === 'opml' && list.seeds.length > 0;
        if (read === parseFeed) check(isRead !== one.expect_error, () => `${one.test}: ${JSON.stringify(list.faults)}`);
        continue;
      }
      if (/^TestDetect/.test(one.test)) {
        leave(`${one.test}: which kind of feed an extract of one is`);
        continue;
      }
      const url = one.base_url?.trim() || 'http://example.org/';
      const feed = read(new TextEncoder().encode(one.data), {
        url,
      });
      if (one.expect_error) {
        check(feed === null, () => `${one.package} ${one.test}: read, though it is no feed`);
        continue;
      }
      const wanted = (one.asserts ?? []).filter((it) => one.base_url !== null || !/URL$/.test(it.path));
      if (wanted.length < (one.asserts ?? []).length) leave(`${one.test}: where the feed came from is not said`);
      const asked = wanted.map((it) => ({ ...it, got: readPath(feed, it.path, url) }));
      for (const it of asked) if (it.got === ABSENT) leave(`${one.test}: ${it.path}`);
      const comparable = asked.filter((it) => it.got !== ABSENT);
      if (comparable.length === 0) {
        check(feed !== null, () => `${one.package} ${one.test}: not read`);
        continue;
      }
      const wrong = comparable.find((it) => !passes(it.must, it.got, it.value));
      check(
        wrong === undefined,
        () =>
          `${one.package} ${one.test}: ${wrong?.path} is ${shown(wrong?.got)} instead of ${wrong?.must} ${JSON.stringify(wrong?.value)}`,
      );
    }
    for (const one of read === parseFeed ? readCases<DateCase[]>(dir, 'date_strings.json') : []) {
      const got = readFeedDate(one.in);
      const at = got === null ? null : Date.parse(/T[^Z+-]*$/.test(got) ? `${got}Z` : got) / 1000;
      const passed = one.error === true ? got === null : typeof one.unix === 'number' ? at === one.unix : got !== null;
      check(passed, () => `date ${JSON.stringify(one.in)}: ${got}`);
    }
    return result;
  },
});

const shown = (got: unknown): string => JSON.stringify(got instanceof Set ? [...got] : got);
const names = (item: FeedItem, name: (one: FeedPerson) => string): string => item.authors.map(name).sort().join(', ');

function passes(must: string, got: unknown, value: unknown): boolean {
  if (must === 'truthy') return Boolean(got);
  const all: unknown[] = got instanceof Set ? [...got] : [got];
  return all.some((one) => equal(plain(one), plain(value))) === (must === 'equal');
}

/** Miniflux writes numbers as texts here, escapes more than it has to, and keeps white space we fold. */
const plain = (value: unknown): unknown =>
  typeof value === 'number' ? String(value) : typeof value === 'string' ? unescaped(value).replace(/\s+/g, ' ') : value;

const unescaped = (text: string): string =>
  text.replaceAll('&#39;', "'").replaceAll('&nbsp;', ' ').replaceAll('&amp;', '&');

/** Miniflux keeps the markup of a title, and shows the beginning of the text where there is none. */
const titles = (item: FeedItem): Set<unknown> =>
  new Set(
    item.title === null
      ? [item.summary, item.content, item.link]
          .filter((one) => one)
          .slice(0, 1)
          .map((one) => bare(String(one)))
      : [item.title, item.titleDetail?.value],
  );
const bare = (markup: string): string => markup.replace(/<[^>]*>/g, '').trim();

/** A person as Miniflux has it where the name is followed by an address. */
const signed = (one: FeedPerson): string =>
  one.name && one.email ? `${one.name} (mailto:${one.email})` : (one.name ?? one.email ?? '');

function readPath(feed: Feed | null, path: string, base: string): unknown {
  if (path === 'feed') return feed;
  if (feed === null) return null;
  switch (path) {
    case 'feed.Title':
      // Miniflux names a feed without a title by its site.
      return new Set([feed.title ?? feed.link ?? '', ...(feed.title === null ? [base] : [])]);
    case 'feed.Description':
      return feed.description ?? '';
    case 'feed.SiteURL':
      return feed.link ?? ABSENT;
    case 'feed.FeedURL':
      return feed.self ?? ABSENT;
    case 'feed.IconURL':
      return feed.icon ?? feed.image?.url ?? '';
    case 'feed.Language':
      return (feed.language ?? '').toLowerCase();
    case 'feed.TTL':
      return feed.ttlMinutes ?? 0;
  }
  const found = /^feed\.Entries\[(\d+)\]\.(\w+)(?:\[(\d+)\]\.(\w+))?/.exec(path);
  const item = feed.items[Number(found?.[1])];
  if (!found || !item) return ABSENT;
  switch (found[2]) {
    case 'Title':
      return titles(item);
    case 'URL':
      return item.link ?? ABSENT;
    case 'Author':
      return new Set([names(item, (one) => one.name ?? one.email ?? ''), names(item, signed)]);
    case 'CommentsURL':
      return item.comments ?? '';
    case 'Content':
      return item.content ?? item.summary ?? '';
    case 'Language':
      return (item.language ?? '').toLowerCase();
    case 'Enclosures': {
      const one = item.enclosures[Number(found[3])];
      return found[4] === 'URL' ? one?.url : found[4] === 'MimeType' ? one?.type : (one?.length ?? 0);
    }
    default:
      // Hash is Miniflux's own digest; the expected time of Date stands in code.
      return ABSENT;
  }
}
