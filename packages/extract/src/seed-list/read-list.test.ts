/** Lists of addresses as people keep them, with what goes wrong in them. */
import { expect, test } from 'vitest';
import { readSeedList, readSeedListText, writeOpml } from '../index.ts';

const read = (text: string) => readSeedListText(text);
const urls = (text: string) => read(text).seeds.map(({ seed }) => seed.url);

test('a text has one address a line, comments and blank lines aside', () => {
  const list = read(
    '\ufeff# papers\r\n\r\nhttps://a.example/  # front\nhttps://b.example/#top\nhttps://c.example/ https://d.example/\n',
  );
  expect(list).toEqual({
    format: 'text',
    seeds: [
      { line: 3, seed: { url: 'https://a.example/' } },
      { line: 4, seed: { url: 'https://b.example/#top' } },
    ],
    faults: [
      {
        line: 5,
        reason: expect.stringContaining('more than one address'),
        text: 'https://c.example/ https://d.example/',
      },
    ],
  });
});

test.each([',', ';', '\t'])('columns are named, whatever divides them (%j)', (mark) => {
  const rows = [
    ['URL', 'Kind', 'tags', 'priority', 'Colour'],
    ['"https://a.example/?a=1,2;3"', 'feed', '"thể thao|""tin""\nmới"', '5', ''],
    ['https://b.example/', '', '', 'high', ''],
    ['', 'feed', '', '', ''],
    ['https://c.example/', '', '', '', ''],
  ];
  expect(read(`\ufeff${rows.map((row) => row.join(mark)).join('\r\n')}`)).toEqual({
    format: 'csv',
    seeds: [
      {
        line: 2,
        seed: { url: 'https://a.example/?a=1,2;3', kind: 'feed', tags: ['thể thao', '"tin"\nmới'], priority: 5 },
      },
      { line: 6, seed: { url: 'https://c.example/' } },
    ],
    faults: [
      { line: 1, reason: 'column "Colour" is not known and passed over' },
      { line: 4, reason: 'priority is no whole number: high' },
      { line: 5, reason: 'there is no address' },
    ],
  });
});

test('a table without a header has its addresses in front, and an address with a comma in it is no table', () => {
  expect(urls('https://a.example/;Paper A\nhttps://b.example/;Paper B\n')).toEqual([
    'https://a.example/',
    'https://b.example/',
  ]);
  expect(urls('https://a.example/1,2.html\n')).toEqual(['https://a.example/1,2.html']);
});

test('a quote that is never closed costs what follows it, and no more', () => {
  const list = read('url\nhttps://a.example/\n"https://b.example/\nhttps://c.example/\n');
  expect(list.seeds).toHaveLength(1);
  expect(list.faults).toEqual([{ line: 3, reason: 'a quoted field does not end' }]);
});

const OPML = `<?xml version="1.0"?>
<opml version="2.0"><head><title>Mine</title></head><body>
  <outline text="Thể thao">
    <outline type="rss" text="A" xmlUrl="https://a.example/rss" htmlUrl="https://a.example/" category="/x,y"/>
    <outline type="rss" text="Broken"/>
  </outline>
  <outline type="link" text="B &amp; C" url="https://b.example/?x=1&amp;y=2"/>
  <outline type="include" text="More" url="https://c.example/more.opml"/>
</body></opml>`;

test('OPML gives feeds and pages, folders as tags, and the line of what is wrong', () => {
  expect(read(OPML)).toEqual({
    format: 'opml',
    seeds: [
      { line: 4, seed: { url: 'https://a.example/rss', kind: 'feed', tags: ['Thể thao', 'x', 'y'] } },
      { line: 7, seed: { url: 'https://b.example/?x=1&y=2' } },
    ],
    faults: [
      { line: 5, reason: 'Broken: there is no address' },
      { line: 8, reason: expect.stringContaining('is not fetched') },
    ],
  });
});

test('markup that is no OPML is said to be none', () => {
  expect(read('<html><p>hello</p></html>').faults).toEqual([{ line: 1, reason: 'this is markup, and no OPML' }]);
});

test('a list in a charset of old spreadsheets is read', () => {
  const bytes = Buffer.concat([
    Buffer.from('url;tags\nhttps://a.example/;'),
    Buffer.from([0xe9, 0x74, 0xe9]),
    Buffer.from('\n'),
  ]);
  expect(readSeedList(bytes).seeds[0]?.seed.tags).toEqual(['été']);
});

test('what is written as OPML is read again with nothing lost', () => {
  const seed = {
    url: 'https://a.example/rss?a=1&b="2"',
    source: 'a.example',
    kind: 'auto',
    isFeed: true,
    priority: -3,
    depth: 2,
    everyMs: 900_000,
    tags: ['thể thao', 'x'],
  };
  const text = writeOpml([seed, { ...seed, url: 'https://a.example/muc', isFeed: false, everyMs: null, tags: [] }], {
    title: 'Ours & theirs',
    at: new Date('2026-03-01T00:00:00Z'),
  });
  expect(text).toContain('<outline text="a.example" title="a.example">');
  expect(read(text)).toMatchObject({
    faults: [],
    seeds: [
      {
        seed: {
          url: seed.url,
          kind: 'auto',
          source: 'a.example',
          priority: -3,
          depth: 2,
          every: '15m',
          tags: ['thể thao', 'x'],
        },
      },
      { seed: { url: 'https://a.example/muc', kind: 'auto', source: 'a.example', priority: -3, depth: 2 } },
    ],
  });
});
