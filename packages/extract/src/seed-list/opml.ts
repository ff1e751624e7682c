/** Reads and writes OPML, the form in which feed readers hand their subscriptions over. */
import { oneLine } from '../words.ts';
import { parseXml } from '../xml/parse-xml.ts';
import { childOf, type XmlElement } from '../xml/xml-element.ts';
import type { SeedFields, SeedList } from './read-list.ts';

/** Names the attributes that OPML has no word for. */
const NAMESPACE = 'urn:newsloom:seeds';
const MAX_TAGS = 20;
const MAX_TAG_CHARS = 100;
/** Folders within folders. */
const MAX_DEPTH = 20;

/** Reads the subscriptions of an OPML document; folders become tags. */
export function readOpml(text: string): SeedList {
  const list: SeedList = { format: 'opml', seeds: [], faults: [] };
  const { root, faults } = parseXml(text);
  if (root?.key !== 'opml') {
    list.faults.push({ line: 1, reason: 'this is markup, and no OPML' });
    return list;
  }
  const lines = lineFinder(text);
  for (const fault of faults) list.faults.push({ line: 1, reason: `the OPML is not well-formed: ${fault}` });
  const read = (parent: XmlElement, folders: readonly string[]): void => {
    for (const child of parent.children) {
      if (typeof child === 'string' || child.key !== 'outline') continue;
      const line = lines();
      const name = oneLine(child.attributes.get('text') ?? child.attributes.get('title') ?? '');
      const { seed, reason } = seedOf(child, folders);
      if (seed) list.seeds.push({ line, seed });
      else if (reason) list.faults.push({ line, reason: name === '' ? reason : `${name.slice(0, 60)}: ${reason}` });
      if (folders.length < MAX_DEPTH)
        read(child, seed || name === '' ? folders : [...folders, name.slice(0, MAX_TAG_CHARS)]);
    }
  };
  read(childOf(root, 'body') ?? root, []);
  return list;
}

function seedOf(
  { attributes, children }: XmlElement,
  folders: readonly string[],
): { seed?: SeedFields; reason?: string } {
  const attribute = (...names: string[]): string =>
    names.map((name) => attributes.get(name)?.trim() ?? '').find((value) => value !== '') ?? '';
  const type = attribute('type').toLowerCase();
  const feed = attribute('xmlurl', 'xml-url', 'feedurl');
  const page = attribute('url', 'htmlurl');
  if (type === 'include') return { reason: 'a list that is included is not fetched; add it by itself' };
  if (feed === '' && page === '')
    return type === 'rss' || type === 'atom' || type === 'link'
      ? { reason: 'there is no address' }
      : children.some((child) => typeof child !== 'string')
        ? {}
        : { reason: 'there is neither an address nor anything below' };
  const source = attribute('newsloom:source');
  const tags = [
    ...folders,
    ...attribute('category')
      .split(',')
      .map((one) => one.replace(/^\//, '').trim()),
  ];
  const priority = Number(attribute('newsloom:priority') || Number.NaN);
  const depth = Number(attribute('newsloom:depth') || Number.NaN);
  const own = [...new Set(tags.filter((tag) => tag !== '' && tag !== source))]
    .slice(0, MAX_TAGS)
    .map((tag) => tag.slice(0, MAX_TAG_CHARS));
  return {
    seed: {
      url: feed || page,
      ...(attribute('newsloom:kind') !== '' ? { kind: attribute('newsloom:kind') } : feed !== '' && { kind: 'feed' }),
      ...(source !== '' && { source }),
      ...(Number.isInteger(priority) && { priority }),
      ...(Number.isInteger(depth) && { depth }),
      ...(attribute('newsloom:every') !== '' && { every: attribute('newsloom:every') }),
      ...(own.length > 0 && { tags: own }),
    },
  };
}

/** Answers with the lines of the outlines in document order: the parser keeps no places, and reads them in that order. */
function lineFinder(text: string): () => number {
  const outline = /<(?:\w+:)?outline[\s/>]/gi;
  let at = 0;
  let line = 1;
  return () => {
    const found = outline.exec(text)?.index ?? at;
    for (let next = text.indexOf('\n', at); next >= 0 && next < found; next = text.indexOf('\n', next + 1)) line++;
    at = found;
    return line;
  };
}

/** One address we follow, as it goes into OPML. */
export type FollowedSeed = {
  url: string;
  source: string;
  /** The kind asked for, and whether the address turned out to be a feed. */
  kind: string;
  isFeed: boolean;
  priority: number;
  depth: number;
  everyMs: number | null;
  tags: readonly string[];
};

/** Writes what is followed as OPML 2.0, an outline for each source with its addresses below. */
export function writeOpml(seeds: readonly FollowedSeed[], head: { title: string; at: Date }): string {
  const sources = Map.groupBy(seeds, (seed) => seed.source);
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<opml version="2.0" xmlns:newsloom="${NAMESPACE}">`,
    `  <head><title>${escaped(head.title)}</title><dateCreated>${head.at.toUTCString()}</dateCreated></head>`,
    '  <body>',
  ];
  for (const [source, own] of [...sources].sort(([a], [b]) => (a < b ? -1 : 1))) {
    lines.push(`    <outline text="${escaped(source)}" title="${escaped(source)}">`);
    for (const seed of own) lines.push(`      ${outlineOf(seed)}`);
    lines.push('    </outline>');
  }
  return `${[...lines, '  </body>', '</opml>'].join('\n')}\n`;
}

function outlineOf(seed: FollowedSeed): string {
  const home = new URL('/', seed.url).href;
  const attributes: Record<string, string> = {
    type: seed.isFeed ? 'rss' : 'link',
    text: seed.url,
    title: seed.source,
    ...(seed.isFeed ? { xmlUrl: seed.url, htmlUrl: home } : { url: seed.url, htmlUrl: seed.url }),
    ...(seed.tags.length > 0 && { category: seed.tags.map((tag) => tag.replaceAll(',', ' ')).join(',') }),
    'newsloom:source': seed.source,
    'newsloom:kind': seed.kind,
    'newsloom:priority': String(seed.priority),
    'newsloom:depth': String(seed.depth),
    ...(seed.everyMs !== null && { 'newsloom:every': `${Math.round(seed.everyMs / 60_000)}m` }),
  };
  return `<outline ${Object.entries(attributes)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(' ')} />`;
}

/** Text for an attribute or an element; characters XML does not know are left out. */
const escaped = (text: string): string =>
  [...text]
    .filter((char) => char >= ' ' || char === '\t')
    .join('')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
