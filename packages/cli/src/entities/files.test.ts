/** Names of entities come in from files of several kinds, and go out as files that come in again. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bringNames, exportNames } from '@newsloom/api/entity-names';
import { openEmbeddedStore, type Store } from '@newsloom/store';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Desk } from './desk.ts';
import { exportFile, importFile } from './files.ts';

const NOW = new Date('2026-03-01T08:00:00Z');
let folder: string;
let store: Store;
let desk: Pick<Desk, 'bring' | 'names'>;
const said = { out: '', err: '' };
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'newsloom-names-'));
  store = await openEmbeddedStore(join(folder, 'data'));
  desk = {
    bring: (rows) => bringNames(store, rows, NOW),
    names: (after, limit, shipped) => exportNames(store, after, limit, shipped),
  };
}, 60_000);
beforeEach(async () => {
  await store.database.script('delete from aliases');
  said.out = '';
  said.err = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said.out += text;
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said.err += text;
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

/** Imports a file with this text; answers with what was said of it. */
async function bring(text: string, name = 'names.txt'): Promise<{ out: string; err: string; code: unknown }> {
  const file = join(folder, name);
  await writeFile(file, text);
  said.out = '';
  said.err = '';
  await importFile(desk, file);
  const code = process.exitCode;
  process.exitCode = undefined;
  return { out: said.out, err: said.err.replaceAll(`${file}:`, ''), code };
}
const all = async () => (await exportNames(store, 0, 1000, true)).items;

const TABLE = `# our own
name\ttype\twikidata\tlang\tborn
Trần Thị Bưởi\tPER\tQ900001\tvi\t1980
Tran Thi Buoi\tPER\tQ900001\t\t1980
Tập đoàn Mây Trắng\tORG\tQ900002\tvi\t
White Cloud Group\tORG\tQ900002\ten\t
`;

test('a table is taken in; again, it changes nothing', async () => {
  expect(await bring(TABLE)).toEqual({ out: '4 names added, 0 known already\n', err: '', code: undefined });
  expect(await bring(TABLE.replaceAll('\n', '\r\n'))).toMatchObject({ out: '0 names added, 4 known already\n' });
  const names = await all();
  expect(new Set(names.map((it) => it.entity)).size).toBe(2);
  expect(names[1]).toMatchObject({
    name: 'Tran Thi Buoi',
    lang: null,
    born: 1980,
    wikidata: 'Q900001',
    confidence: 0.9,
  });
});

test.each([
  ['a line without a name', 'name\ttype\n\tPER\nAnh Dũng Corp\tORG\n', '2: name is missing\n', 1],
  [
    'a line with a column too many',
    'name\ttype\nX Y\tORG\tvi\nAnh Dũng Corp\tORG\n',
    '2: 3 columns where 2 are named\n',
    1,
  ],
  ['a column that is not known', 'name\ttype\tcolour\nAnh Dũng Corp\tORG\tred\n', '2: there is no field "colour"\n', 0],
  [
    'a type that is none',
    'Anh Dũng Corp\tORG\nX Y\tTHING\n',
    '2: type must be one of PER, ORG, LOC, MISC, not THING\n',
    1,
  ],
  ['broken JSON', '{"name": "X"\n{"name":"Anh Dũng Corp","type":"ORG"}\n', '1: not a line of JSON\n', 1],
  [
    'a name of many bodies',
    'name\ttype\tlang\nBộ Ngoại giao\tORG\tvi\nAnh Dũng Corp\tORG\tvi\n',
    '2: the name is that of a body',
    1,
  ],
])('%s is told with its number, and the others are kept', async (_, text, says, added) => {
  const { out, err, code } = await bring(text);
  expect(err).toContain(says);
  expect(out).toBe(`${added} ${added === 1 ? 'name' : 'names'} added, 0 known already, 1 passed over\n`);
  expect(code).toBe(1);
});

test('items of a Wikidata dump give their names in three languages, and what news does not name gives none', async () => {
  const item = (id: string, kind: string, label: string) =>
    JSON.stringify({
      type: 'item',
      id,
      labels: { vi: { language: 'vi', value: label }, de: { language: 'de', value: 'Anders' } },
      aliases: { en: [{ language: 'en', value: `${label} the Elder` }] },
      claims: {
        P31: [{ mainsnak: { datavalue: { value: { id: kind } } } }],
        P569: [{ mainsnak: { datavalue: { value: { time: '+1950-02-03T00:00:00Z' } } } }],
      },
    });
  const dump = `[\n${item('Q900003', 'Q5', 'Lý Thị Mận')},\n${item('Q900004', 'Q16521', 'Mận')}\n]\n`;
  expect(await bring(dump)).toMatchObject({ out: '2 names added, 0 known already\n', err: '' });
  expect(await all()).toMatchObject([
    { name: 'Lý Thị Mận', lang: 'vi', type: 'PER', born: 1950, wikidata: 'Q900003' },
    { name: 'Lý Thị Mận the Elder', lang: 'en', type: 'PER' },
  ]);
});

test.each(['tsv', 'jsonl'] as const)(
  'what goes out as %s comes in again, elsewhere, as the same entities',
  async (format) => {
    await bring(TABLE);
    const before = await all();
    const out = join(folder, `out.${format}`);
    await exportFile(desk, { format, out, shipped: false });
    const text = await readFile(out, 'utf8');
    expect(text.trimEnd().split('\n')).toHaveLength(format === 'tsv' ? 5 : 4);
    expect(await bring(text)).toMatchObject({ out: '0 names added, 4 known already\n', err: '' });
    await store.database.script('delete from aliases');
    expect(await bring(text)).toMatchObject({ out: '4 names added, 0 known already\n', err: '' });
    expect(await all()).toEqual(before);
  },
);

test('a file that is not there is said so', async () => {
  await expect(importFile(desk, join(folder, 'nothing.tsv'))).rejects.toThrow('no such file');
});
