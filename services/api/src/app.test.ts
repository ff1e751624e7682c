import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApp } from './app.ts';
import { type Bench, openBench } from './test-bench.ts';

let bench: Bench;
let app: FastifyInstance;
beforeAll(async () => {
  bench = await openBench();
  app = await buildApp(bench.tools);
}, 60_000);
afterAll(async () => {
  await app.close();
  await bench[Symbol.asyncDispose]();
});

/** An answer as far as the tests look into it. */
type Answer = {
  status: number;
  items: { id: string; title: string; name: string }[];
  says: string[];
  error: { message: string };
  requests: object[];
  body: string;
  mentions: { start: number; end: number; text: string }[];
};
const get = async (url: string): Promise<Answer> => {
  const answer = await app.inject({ url });
  return { status: answer.statusCode, ...answer.json() };
};
const post = async (payload: unknown) => {
  const answer = await app.inject({ method: 'POST', url: '/api/seeds', payload: payload as object });
  return { status: answer.statusCode, ...answer.json() };
};
const titles = (page: Answer) => page.items.map((it) => it.title);

describe('documents', () => {
  test.each([
    ['q=Đà+Nẵng', 1],
    ['q=da+nang', 1],
    ['q=DANANG', 1],
    ['q=inaugure', 1],
    ['q="pont+inaugure"', 1],
    ['q="inaugure+pont"', 0],
    ['q=pont+riz', 0],
    ['q=pont+or+riz', 2],
    ['q=', 3],
    ['lang=fr', 2],
    ['source=example.vn', 1],
    ['from=2026-11-20', 2],
    ['from=2026-11-20&to=2026-11-20', 2],
    ['to=2026-11-19', 1],
    ['from=2027', 0],
    ['to=9999', 3],
    ['from=2026-11-20T00:00:00%2B07:00&lang=vi', 1],
    ['q=pont&lang=vi', 0],
  ])('the search %s finds %i', async (query, found) => {
    expect(await get(`/api/documents?${query}`)).toMatchObject({ status: 200, total: found });
  });

  test('a list can be read in pages', async () => {
    const first = await get('/api/documents?limit=2');
    const second = await get('/api/documents?limit=2&offset=2');
    expect(first).toMatchObject({ total: 3, more: true });
    expect(second).toMatchObject({ total: 3, more: false });
    expect(new Set([...titles(first), ...titles(second)]).size).toBe(3);
  });

  test('one tells its mentions by the offsets of its text, its origins, its versions and its story', async () => {
    const document = await get(`/api/documents/${bench.documents[0]}`);
    expect(document.mentions).toHaveLength(3);
    for (const { start, end, text } of document.mentions) expect(document.body.slice(start, end)).toBe(text);
    expect(document).toMatchObject({
      version: 2,
      versions: [{ version: 1, title: 'Đà Nẵng sắp có cầu mới' }],
      provenance: { title: { from: 'json-ld' } },
      story: { id: bench.story, documents: 2 },
    });
  });
});

describe('entities and stories', () => {
  test.each([
    ['q=da+n', ['Đà Nẵng']],
    ['q=the+gioi', ['Ngân hàng Thế giới']],
    ['q=xyz', []],
    ['type=PER', ['Nguyễn Văn Bình']],
  ])('the entities asked for by %s are %j', async (query, names) => {
    const page = await get(`/api/entities?${query}`);
    expect(page.items.map((it) => it.name)).toEqual(names);
  });

  test('an entity leads to the documents that mention it, in any language', async () => {
    const list = await get('/api/entities?q=da+nang');
    const entity = await get(`/api/entities/${list.items[0]?.id}`);
    expect(entity).toMatchObject({ name: 'Đà Nẵng', documents: 2, documentPage: { total: 2 } });
  });

  test('stories are those that two documents tell, unless fewer are asked for', async () => {
    expect(await get('/api/stories')).toMatchObject({ items: [{ id: bench.story, documents: 2 }], more: false });
    expect((await get('/api/stories?documents=1')).items).toHaveLength(2);
  });

  test('a story gathers languages, sources, entities and documents', async () => {
    expect(await get(`/api/stories/${bench.story}`)).toMatchObject({
      documents: 2,
      langs: ['fr', 'vi'],
      sources: ['example.fr', 'example.vn'],
      entities: [{ documents: 2 }, { documents: 2 }, { documents: 2 }],
      documentPage: { total: 2 },
    });
  });
});

describe('addresses', () => {
  test.each([
    ['https://bao.example.vn/cau-moi-song-han.html', true, /^Became document d/],
    ['https://BAO.example.vn/tim-kiem?utm_source=x#top', true, /^Excluded: robots\.txt/],
    ['bao.example.vn/cu', true, /^Gone/],
    ['https://bao.example.vn/cu', true, /^Gone/],
    ['https://journal.example.fr/lent', true, /^Failing: the answer took too long, 3 times/],
    ['https://journal.example.fr/bientot', true, /^Waiting: due since/],
    ['https://nobody.example/', false, /^Unknown/],
  ])('%s can be traced', async (url, known, says) => {
    const trace = await get(`/api/trace?url=${encodeURIComponent(url)}`);
    expect(trace).toMatchObject({ status: 200, known });
    expect(trace.says[0]).toMatch(says);
  });

  test('the ledger of a host shows its requests and the gaps between them', async () => {
    const host = await get('/api/hosts/bao.example.vn?limit=3');
    expect(host).toMatchObject({ gapMs: 5_000, crawlDelayMs: 5_000, robots: { policy: 'rules' } });
    expect(host.requests).toMatchObject([
      { note: 'http-410', sincePreviousMs: 119_820 },
      { note: 'robots', sincePreviousMs: null },
      { note: 'captured', sincePreviousMs: 2_399_820 },
    ]);
  });
});

describe('seeds', () => {
  test('a seed goes to its queue', async () => {
    const before = await bench.tools.queues.counts();
    expect(await post({ url: 'https://new.example/?utm_source=x', every: '15m' })).toMatchObject({
      status: 202,
      accepted: 1,
      distinct: 1,
      seeds: [{ canonicalUrl: 'https://new.example/' }],
    });
    expect((await bench.tools.queues.counts()).seeds.waiting).toBe(before.seeds.waiting + 1);
  });

  test('many go at once, and the same address counts once', async () => {
    const seeds = ['https://a.example/', 'https://a.example/#top', 'https://b.example/'].map((url) => ({ url }));
    expect(await post({ seeds })).toMatchObject({ status: 202, accepted: 3, distinct: 2 });
  });

  test('one faulty seed keeps all out, and is named', async () => {
    const before = await bench.tools.queues.counts();
    const answer = await post({
      seeds: [{ url: 'https://a.example/' }, { url: 'a.example' }, { url: 'https://a.example/', dept: 1 }],
    });
    expect(answer).toMatchObject({
      status: 400,
      error: { code: 'invalid-seed', details: [{ index: 1 }, { index: 2 }] },
    });
    expect(answer.error.message).toContain('Nothing was added. Seed 1 and 1 more');
    expect(await bench.tools.queues.counts()).toEqual(before);
  });

  test.each([
    [{}, '"url" is missing'],
    [{ seeds: [] }, '1 to 1000'],
    [{ seeds: [{ url: 'https://a.example/' }], depth: 2 }, '"depth"'],
    [{ seeds: Array.from({ length: 1001 }, () => ({ url: 'https://a.example/' })) }, '1 to 1000'],
    [[], 'expected object'],
    [{ url: 'https://a.example/', source: 'a\0b' }, 'NUL'],
    [{ url: 'https://a.example/', tags: ['\ud800'] }, 'half of a character'],
  ])('the body %j is refused', async (payload, why) => {
    const answer = await post(payload);
    expect(answer).toMatchObject({ status: 400, error: { code: 'invalid-seed' } });
    expect(answer.error.message).toContain(why);
  });

  test('accepted seeds are listed with what became of them', async () => {
    expect(await get('/api/seeds?source=example.vn')).toMatchObject({
      items: [{ url: 'https://bao.example.vn/', verdict: 'captured', everyMs: 900_000 }],
      more: false,
    });
  });
});

describe('whatever cannot be answered', () => {
  test.each([
    ['/api/documents?limt=1', 400, 'Query parameter "limt" is not known here'],
    ['/api/documents?limit=101', 400, '"limit": must be a whole number between 1 and 100'],
    ['/api/documents?limit=ten', 400, '"limit": must be a whole number between 1 and 100'],
    ['/api/documents?limit=1&limit=2', 400, '"limit": must be a whole number'],
    ['/api/documents?from=2026-02-30', 400, '"from": must be a year, a month, a day'],
    ['/api/documents?entity=x', 400, '"entity": must be "e" followed by'],
    ['/api/documents/d00000000', 404, 'There is no document d00000000'],
    ["/api/documents/d0'--", 400, '"id": must be "d" followed by'],
    ['/api/entities/e00000000', 404, 'There is no entity'],
    ['/api/stories/s00000000', 404, 'There is no story'],
    ['/api/hosts/nobody.example', 404, 'No address of this host is known'],
    ['/api/trace', 400, '"url"'],
    ['/api/trace?url=mailto:a@b', 400, 'must be an http or https address'],
    ['/api/stats?x=1', 400, '"x" is not known'],
    ['/api/documents?q=%00', 400, '"q": must not hold NUL'],
    ['/api/hosts/%00', 400, '"host": must'],
    ['/api/hosts/%E0%A4%A', 400, 'wrongly percent-encoded'],
    [`/api/hosts/${'a'.repeat(900)}`, 400, 'too long'],
    ['/api/nothing', 404, 'Nothing is at GET /api/nothing'],
  ])('%s is answered with %i and a sentence', async (url, status, sentence) => {
    const answer = await get(url);
    expect(answer.status).toBe(status);
    expect(answer.error.message).toContain(sentence);
  });

  test.each([
    ['application/json', '{"url', 'not valid JSON'],
    ['application/x-www-form-urlencoded', 'url=1', 'Send JSON'],
    ['text/plain', '{"url":"https://a.example/"}', 'Send JSON'],
  ])('a body of the type %s that reads %s is refused', async (type, payload, why) => {
    const answer = await app.inject({ method: 'POST', url: '/api/seeds', payload, headers: { 'content-type': type } });
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.json().error.message).toContain(why);
  });
});

test('the process is healthy and ready', async () => {
  expect(await get('/health')).toEqual({ status: 'ok' });
  expect((await app.inject({ url: '/ready' })).json()).toEqual({ status: 'ready' });
});

test('who asks whether it is ready is told why fetching pauses', async () => {
  const queues = { ...bench.tools.queues, waiting: async () => 20_000 };
  const other = await buildApp({ ...bench.tools, queues });
  expect((await other.inject({ url: '/ready' })).json()).toEqual({
    status: 'ready',
    note: 'fetching pauses: 20000 pages or more wait to be read (NEWSLOOM_UNREAD_LIMIT)',
  });
  await other.close();
});

test('a store that is away makes it not ready, and is named', async () => {
  const away = { ...bench.tools.store.database, query: () => Promise.reject(new Error('connection refused')) };
  const other = await buildApp({ ...bench.tools, store: { ...bench.tools.store, database: away } });
  const answer = await other.inject({ url: '/ready' });
  expect(answer.statusCode).toBe(503);
  expect(answer.json().error).toMatchObject({
    code: 'not-ready',
    details: [{ name: 'store', reason: 'connection refused' }],
  });
  await other.close();
});

test('the numbers of the overview are those of the facts', async () => {
  expect(await get('/api/stats')).toMatchObject({
    store: 'embedded',
    carrier: 'embedded',
    documents: { documents: 3, waiting: 0 },
    stories: { stories: 2, shared: 1 },
    entities: 4,
    seeds: 2,
    urls: { known: 9 },
  });
});

test('the OpenAPI description names every route, and refers to nothing that is missing', async () => {
  const description = (await app.inject({ url: '/api/openapi.json' })).json();
  expect(Object.keys(description.paths)).toEqual(
    expect.arrayContaining([
      '/api/seeds',
      '/api/documents',
      '/api/documents/{id}',
      '/api/entities',
      '/api/stories',
      '/api/trace',
      '/api/hosts/{host}',
      '/api/stats',
      '/health',
      '/ready',
    ]),
  );
  const text = JSON.stringify(description);
  const used = [...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map((match) => match[1]);
  expect(Object.keys(description.components.schemas)).toEqual(expect.arrayContaining([...new Set(used)]));
  expect(text).not.toContain('/queues');
  expect((await app.inject({ url: '/api/docs/' })).statusCode).toBe(200);
});

test.each([
  ['/', 'text/html'],
  ['/web/app.js', 'text/javascript'],
  ['/web/style.css', 'text/css'],
  ['/web/favicon.svg', 'image/svg+xml'],
])('%s is served as %s, and not sent again while it is the same', async (url, type) => {
  const first = await app.inject({ url });
  expect(first.statusCode).toBe(200);
  expect(first.headers['content-type']).toContain(type);
  const again = await app.inject({ url, headers: { 'if-none-match': String(first.headers.etag) } });
  expect(again.statusCode).toBe(304);
});
