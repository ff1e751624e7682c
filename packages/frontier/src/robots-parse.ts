/** Reads a robots.txt file, RFC 9309, as leniently as the large search engines do. */

/** How much of a file counts, in bytes: RFC 9309, section 2.5. */
export const ROBOTS_MAX_BYTES = 500 * 1024;
/** How much of a line counts, in characters: eight times the longest URL of old browsers, as Google's parser has it. */
const LINE_MAX_CHARS = 2083 * 8 - 1;
/** How many sitemaps of one file are kept: a file may list a hundred thousand. */
const MAX_SITEMAPS = 1000;
/** How many content signals of one group are kept. */
const MAX_SIGNALS = 100;

/** One `Allow` or `Disallow` line, its pattern split at the wildcards. */
export type RobotsRule = {
  allow: boolean;
  /** Length of the pattern in octets: the longest match wins. */
  length: number;
  /** The literal parts between the wildcards; the first one stands at the beginning of the path. */
  parts: string[];
  /** True where the path must end with the last part (`$`). */
  anchored: boolean;
};

/** The lines that one or more user agents share. */
export type RobotsGroup = { rules: RobotsRule[]; crawlDelaySeconds: number | null; signals: UsageSignal[] };

/**
 * One `Content-Signal` line, or one `Content-Usage` line of the IETF's AI preferences, which may begin with a pattern of
 * paths. `rule` is null for the former, which speak for all pages.
 */
export type UsageSignal = { rule: RobotsRule | null; value: string };

/** A robots.txt file as read. */
export type Robots = {
  /** Groups by product token in lower case, `*` for everybody else; an agent named twice has both groups. */
  groups: ReadonlyMap<string, RobotsGroup[]>;
  /** Values of `Sitemap:` lines in their order, each once; absolute where the file's own address was given. */
  sitemaps: string[];
  /** Signals on search and AI use that stand before any group, and so speak to everybody. */
  signals: UsageSignal[];
  /** True where the file was longer than what counts. */
  truncated: boolean;
};

/** A file without rules: everything is allowed. */
export const EMPTY_ROBOTS: Robots = { groups: new Map(), sitemaps: [], signals: [], truncated: false };

/** What a line is about, by the beginning of its key in lower case; misspellings are those seen in the wild. */
const KEYS: readonly (readonly [string, 'agent' | 'allow' | 'disallow' | 'delay' | 'sitemap' | 'signal' | 'usage'])[] =
  [
    ['user-agent', 'agent'],
    ['useragent', 'agent'],
    ['user agent', 'agent'],
    ['useg-agent', 'agent'],
    ['ser-agent', 'agent'],
    ['users-agent', 'agent'],
    ['user-agnet', 'agent'],
    ['allow', 'allow'],
    ['disallow', 'disallow'],
    ['dissallow', 'disallow'],
    ['dissalow', 'disallow'],
    ['disalow', 'disallow'],
    ['diasllow', 'disallow'],
    ['disallaw', 'disallow'],
    ['desallow', 'disallow'],
    ['crawl-delay', 'delay'],
    ['crawldelay', 'delay'],
    ['crawl delay', 'delay'],
    ['sitemap', 'sitemap'],
    ['site-map', 'sitemap'],
    ['content-signal', 'signal'],
    ['content-usage', 'usage'],
  ];

/**
 * Parses the body of a robots.txt file. Bytes are read by their byte order mark (UTF-8, UTF-16), else as UTF-8. Only the
 * first 500 KiB count, up to the last whole line. `url` is the file's own address, against which sitemaps are resolved.
 * Never throws: what cannot be read is passed over, as RFC 9309, section 2.2.4, asks.
 */
export function parseRobots(body: Uint8Array | string, url?: string): Robots {
  const { text, truncated } = decode(body);
  const groups = new Map<string, RobotsGroup[]>();
  const sitemaps = new Set<string>();
  const signals: UsageSignal[] = [];
  let group: RobotsGroup | null = null;
  let groupHasRules = false;

  for (const line of text.split(/\r\n|\n|\r/)) {
    const record = parseLine(line);
    if (record === null) continue;
    const { kind, value } = record;
    if (kind === 'agent') {
      if (group === null || groupHasRules) group = { rules: [], crawlDelaySeconds: null, signals: [] };
      groupHasRules = false;
      name(groups, value, group);
    } else if (kind === 'sitemap') {
      const address = url === undefined ? value : URL.parse(value, url)?.href;
      if (address && sitemaps.size < MAX_SITEMAPS) sitemaps.add(address);
    } else if (kind === 'signal' || kind === 'usage') {
      const told = group?.signals ?? signals;
      if (told.length < MAX_SIGNALS) told.push(kind === 'usage' ? compileUsage(value) : { rule: null, value });
    } else if (group !== null) {
      if (kind === 'delay') {
        group.crawlDelaySeconds = longer(group.crawlDelaySeconds, parseSeconds(value));
      } else {
        groupHasRules = true;
        group.rules.push(...compile(kind === 'allow', value));
      }
    }
  }
  return { groups, sitemaps: [...sitemaps], signals, truncated };
}

/** The longer of two delays in seconds; null is none. */
export function longer(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}

function decode(body: Uint8Array | string): { text: string; truncated: boolean } {
  const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
  const truncated = bytes.length > ROBOTS_MAX_BYTES;
  const counted = truncated ? bytes.subarray(0, ROBOTS_MAX_BYTES) : bytes;
  const text = new TextDecoder(charsetOf(counted)).decode(counted);
  if (!truncated) return { text, truncated };
  // Half a line would forbid too much: `Disallow: /` is half of `Disallow: /private`.
  const end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));
  return { text: text.slice(0, end + 1), truncated };
}

function charsetOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

function parseLine(line: string): { kind: (typeof KEYS)[number][1]; value: string } | null {
  const cut = line.length > LINE_MAX_CHARS ? line.slice(0, LINE_MAX_CHARS) : line;
  const hash = cut.indexOf('#');
  const content = (hash === -1 ? cut : cut.slice(0, hash)).trim();
  if (content === '') return null;
  const colon = content.indexOf(':');
  if (colon === -1) {
    // `disallow /x`: a blank may stand for the colon where there are exactly two words.
    const words = content.split(/[ \t]+/);
    return words.length === 2 ? record(words[0] as string, words[1] as string) : null;
  }
  // An address on a line of its own: somebody forgot `Sitemap:`.
  if (/^https?:\/\/\S+\.xml(\.gz)?$/i.test(content)) return { kind: 'sitemap', value: content };
  return record(content.slice(0, colon).trim(), content.slice(colon + 1).trim());
}

function record(key: string, value: string): { kind: (typeof KEYS)[number][1]; value: string } | null {
  const lower = key.toLowerCase();
  const known = KEYS.find(([beginning]) => lower.startsWith(beginning));
  return known === undefined ? null : { kind: known[1], value };
}

/** Enters a group under the product token of a `User-agent` line: `FooBot/1.2 (+http://...)` names `foobot`. */
function name(groups: Map<string, RobotsGroup[]>, value: string, group: RobotsGroup): void {
  const token = /^\*(?=\s|$)|^[\w.-]+/.exec(value)?.[0].toLowerCase();
  if (token === undefined) return;
  const named = groups.get(token);
  if (named === undefined) groups.set(token, [group]);
  else if (!named.includes(group)) named.push(group);
}

function parseSeconds(value: string): number | null {
  const found = /^\d+(\.\d+)?|^\.\d+/.exec(value)?.[0];
  return found === undefined ? null : Number(found);
}

/**
 * Compiles a pattern. An `Allow` of an index document also allows the folder itself, as Google reads it. A `Disallow`
 * with escaped letters or digits also forbids their bare form: the RFC joins the two and Google's parser does not, and
 * where they part we take the stricter reading.
 */
function compile(allow: boolean, value: string): RobotsRule[] {
  // An empty pattern forbids nothing: RFC 9309, section 2.2.2.
  if (value === '') return [];
  const rules = [compilePattern(allow, value)];
  const slash = value.lastIndexOf('/');
  if (allow && slash !== -1 && value.startsWith('/index.htm', slash)) {
    rules.push(compilePattern(true, `${value.slice(0, slash + 1)}$`));
  }
  if (!allow && ESCAPED_ALPHANUMERIC.test(value)) {
    rules.push(compilePattern(false, value.replace(ESCAPED_ALPHANUMERIC, decodeURIComponent)));
  }
  return rules;
}

/** `Content-Usage: /archive/ train-ai=n`, or without a pattern: draft-ietf-aipref-attach, section 5. */
function compileUsage(text: string): UsageSignal {
  const [, pattern = '/', value = text] = /^([/*]\S*)\s+(.*)$/s.exec(text) ?? [];
  return { rule: compilePattern(true, pattern), value };
}

const ESCAPED_ALPHANUMERIC = /%(?:3[0-9]|[46][1-9a-f]|[57][0-9a])/gi;

function compilePattern(allow: boolean, value: string): RobotsRule {
  const pattern = escapePattern(value);
  const anchored = pattern.endsWith('$');
  const literal = anchored ? pattern.slice(0, -1) : pattern;
  const parts = literal.split(/\*+/).map((part) => part.replaceAll('$', '%24'));
  return { allow, length: pattern.length, parts, anchored };
}

/** Percent-encodes what is not ASCII, and spells the rest as normalizeEscapes does. */
function escapePattern(value: string): string {
  const ascii = /[^\x21-\x7e]/.test(value)
    ? value.replace(/[^\x21-\x7e]+/g, (run) => encodeURIComponent(run.toWellFormed()))
    : value;
  return normalizeEscapes(ascii);
}

/** A path spelt as the literal parts of patterns are: an asterisk or dollar in it means itself (RFC 9309, section 2.2.3). */
export function normalizePath(path: string): string {
  return normalizeEscapes(path).replaceAll('*', '%2A').replaceAll('$', '%24');
}

/** Escapes, and the characters that RFC 3986 lets stand in no address but robots.txt files write bare (`/*?f[]=`). */
const TO_SPELL = /%[0-9a-fA-F]{2}|["<>[\]^`{|}]/g;

/**
 * One spelling for both sides of a match: escapes in upper case, the unreserved marks `- . _ ~` bare (RFC 9309, section
 * 2.2.2), and characters that no address may have, escaped. Letters and digits stay as written, as in Google's parser.
 */
function normalizeEscapes(text: string): string {
  return text.replace(TO_SPELL, (found) => {
    const upper = found.length === 1 ? `%${found.charCodeAt(0).toString(16).toUpperCase()}` : found.toUpperCase();
    return MARKS.get(upper) ?? upper;
  });
}

const MARKS = new Map([
  ['%2D', '-'],
  ['%2E', '.'],
  ['%5F', '_'],
  ['%7E', '~'],
]);
