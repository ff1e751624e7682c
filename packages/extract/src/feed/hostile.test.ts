/** Feeds and sitemaps made to hurt: each dimension is bounded, and reading ends in time that grows with length alone. */
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { feedBytes, MAX_FEED_ITEMS, parseFeed, readSeedListText, readSitemap } from '../index.ts';
import { parseXml } from '../xml/parse-xml.ts';
import { textOf } from '../xml/xml-element.ts';
import { sanitizeHtml } from './sanitize-html.ts';

const context = { url: 'https://a.example/feed' };
const feed = (text: string) => parseFeed(new TextEncoder().encode(text), context);
const rss = (inner: string, head = '') => `${head}<rss version="2.0"><channel>${inner}</channel></rss>`;
const item = (inner: string) => rss(`<item><link>https://a.example/1</link>${inner}</item>`);

describe('entities', () => {
  test('a billion laughs are a few', () => {
    const names = 'abcdefghij';
    const entities = [...names].map((name, at) =>
      at === 0 ? `<!ENTITY ${name} "lol">` : `<!ENTITY ${name} "${`&${names[at - 1]};`.repeat(10)}">`,
    );
    const read = feed(rss('<title>&j;</title>', `<!DOCTYPE rss [${entities.join('')}]>`));
    expect(read?.title ?? '').toHaveLength(0);
    expect(read?.faults).toContain('entities grow beyond bounds');
  });

  test('one entity named very often fills no memory', () => {
    const head = `<!DOCTYPE rss [<!ENTITY a "${'x'.repeat(50_000)}">]>`;
    const read = parseXml(rss(`<title>${'&a;'.repeat(100_000)}</title>`, head));
    expect(textOf(read.root ?? undefined).length).toBeLessThanOrEqual(100_000);
    expect(read.faults).toContain('entities grow beyond bounds');
  });

  test.each([
    '<!ENTITY x SYSTEM "file:///etc/passwd">',
    '<!ENTITY x PUBLIC "p" "http://127.0.0.1/secret">',
    '<!ENTITY % x SYSTEM "http://127.0.0.1/x.dtd"> %x;',
  ])('%s is not looked at', (entity) => {
    const read = feed(rss('<title>[&x;]</title>', `<!DOCTYPE rss [${entity}]>`));
    expect(read?.title).toBe('[&x;]');
    expect(read?.faults).toContain('external entities are not read');
  });

  test('an entity of the document itself is read', () => {
    expect(feed(rss('<title>&paper;</title>', '<!DOCTYPE rss [<!ENTITY paper "The Paper">]>'))?.title).toBe(
      'The Paper',
    );
  });
});

describe('size', () => {
  test('a feed with a million items gives the first', () => {
    const one = '<item><title>t</title><link>https://a.example/1</link></item>';
    const read = feed(`<rss><channel>${one.repeat(1_000_000)}</channel></rss>`);
    expect(read?.items).toHaveLength(MAX_FEED_ITEMS);
    expect(read?.cut).toBe(true);
  });

  test('a feed of 100 MB is cut', () => {
    const bytes = Buffer.concat([
      Buffer.from('<rss><channel><item><title>first</title></item><description>'),
      Buffer.alloc(100 * 1024 * 1024, 'x'),
    ]);
    const read = parseFeed(bytes, context);
    expect(read).toMatchObject({ cut: true, items: [{ title: 'first' }] });
    expect(read?.description?.length).toBeLessThanOrEqual(1_000_000);
  });

  test('a compressed feed that grows beyond bounds is not decompressed', () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024));
    expect(feedBytes(bomb)).toBe(bomb);
    expect(parseFeed(feedBytes(bomb), context)).toBeNull();
    expect(readSitemap(bomb, context)).toBeNull();
  });

  test('a sitemap with a million addresses gives as many as the standard allows', () => {
    const text = `<urlset>${Array.from({ length: 200_000 }, (_, at) => `<url><loc>https://a.example/${at}</loc></url>`).join('')}</urlset>`;
    const read = readSitemap(new TextEncoder().encode(text), context);
    expect(read?.links).toHaveLength(50_000);
    expect(read?.cut).toBe(true);
  });

  test('a list with a million lines is cut', () => {
    const list = readSeedListText('https://a.example/\n'.repeat(1_000_000));
    expect(list.seeds).toHaveLength(100_000);
    expect(list.faults).toHaveLength(1);
  });
});

/** Openings without an end, in the places where a careless reader looks for the end each time. */
const MANY = 200_000;
test.each<[string, string]>([
  ['elements nested 200,000 deep', '<a>'.repeat(MANY)],
  ['end tags without a start', '</a>'.repeat(MANY)],
  ['comments that do not end', '<!--'.repeat(MANY)],
  ['instructions that do not end', '<?x '.repeat(MANY)],
  ['declarations that do not end', '<![x'.repeat(MANY)],
  ['CDATA that does not end', '<![CDATA['.repeat(MANY)],
  ['document types that do not end', '<!DOCTYPE x ['.repeat(MANY)],
  ['tags that do not end', '<a b="'.repeat(MANY)],
  ['less-than signs', '<'.repeat(MANY)],
  ['ampersands', '&'.repeat(MANY)],
  ['attributes', `<a ${Array.from({ length: MANY }, (_, at) => `a${at}="1"`).join(' ')}>`],
  ['namespaces', `<a ${Array.from({ length: MANY }, (_, at) => `xmlns:n${at}="u"`).join(' ')}>`],
  ['NUL characters', '\0'.repeat(MANY)],
  ['quotes', '"'.repeat(MANY)],
])(
  '%s do not stop a feed, in the document, in a title and as markup',
  (_, hostile) => {
    for (const text of [hostile, rss(hostile), item(hostile), item(`<title>${hostile}</title>`)])
      expect(() => feed(text)).not.toThrow();
    const html = item(`<description><![CDATA[${hostile}]]></description>`);
    expect(() => feed(html)).not.toThrow();
    expect(() => sanitizeHtml(hostile, { base: context.url })).not.toThrow();
    expect(() => readSitemap(new TextEncoder().encode(`<urlset><url>${hostile}`), context)).not.toThrow();
    expect(() => readSeedListText(`<opml><body>${hostile}`)).not.toThrow();
    expect(() => readSeedListText(`url,kind\n${hostile}`)).not.toThrow();
  },
  20_000,
);

test('NUL and other control characters are left out of texts', () => {
  expect(feed(rss('<title>a\0b\u0007c</title>'))).toMatchObject({
    title: 'abc',
    faults: ['control characters stand in the text'],
  });
});

test.each([
  ['<script>alert(1)</script>x', 'x'],
  ['<scr<script></script>ipt>alert(1)</script>x', '&lt;script>alert(1)x'],
  ['<img src=x onerror=alert(1)>', '<img src="https://a.example/x" />'],
  ['<a href="java\tscript:alert(1)">x</a>', '<a href="">x</a>'],
  ['<a href="&#106;avascript&colon;alert(1)">x</a>', '<a href="">x</a>'],
  ['<a href=" JAVASCRIPT:alert(1)">x</a>', '<a href="">x</a>'],
  ['<a href="data:text/html,<script>alert(1)</script>">x</a>', '<a href="">x</a>'],
  ['<p style="background:url(javascript:alert(1))">x</p>', '<p>x</p>'],
  ['<p style="color: red; width: expression(alert(1))">x</p>', '<p style="color: red;">x</p>'],
  ['<svg onload=alert(1)><script>alert(1)</script></svg>x', 'x'],
  ['<iframe src="https://evil.example/"></iframe>x', 'x'],
  ['</div></div>x<b>', 'x<b></b>'],
  ['<p title="a&quot; onmouseover=alert(1) b">x', '<p title="a&quot; onmouseover=alert(1) b">x</p>'],
  ["<p title='a\"><script>alert(1)</script>'>x", '<p title="a&quot;>&lt;script>alert(1)&lt;/script>">x</p>'],
  [
    '<style>p{}</style><form action="javascript:x"><input name="a"></form>',
    '<form action=""><input name="a" /></form>',
  ],
])('%s is shown as %s', (markup, shown) => {
  expect(sanitizeHtml(markup, { base: context.url })).toBe(shown);
});
