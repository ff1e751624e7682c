/** What the API says of entities, what may be decided about them, and the names that come and go. */

import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApp } from './app.ts';
import { type Bench, openBench } from './test-bench.ts';

let bench: Bench;
let app: FastifyInstance;
beforeAll(async () => {
  bench = await openBench();
  app = await buildApp(bench.tools);
});
afterAll(async () => {
  await app.close();
  await bench[Symbol.asyncDispose]();
});

type Body = Record<string, unknown>;
async function ask(
  method: 'GET' | 'POST',
  url: string,
  body?: unknown,
): Promise<{ status: number; body: Body; location: unknown }> {
  const answer = await app.inject({
    method,
    url,
    headers: { host: 'localhost' },
    ...(body !== undefined && { payload: body as object }),
  });
  return { status: answer.statusCode, body: answer.json() as Body, location: answer.headers.location };
}
async function idOf(name: string): Promise<string> {
  const { body } = await ask('GET', `/api/entities?q=${encodeURIComponent(name)}`);
  return (body.items as { id: string }[])[0]?.id as string;
}

describe('an entity', () => {
  test('has the documents it is named in along time, and the entities it is named with', async () => {
    const id = await idOf('da nang');
    expect((await ask('GET', `/api/entities/${id}`)).body).toMatchObject({
      name: 'Đà Nẵng',
      names: [],
      roles: [],
      holders: [],
      decisions: [],
    });
    const timeline = await ask('GET', `/api/entities/${id}/timeline?by=month&from=2026&to=2026-11`);
    expect(timeline.body).toMatchObject({ by: 'month', items: [{ start: '2026-11-01', documents: 2 }] });
    const related = await ask('GET', `/api/entities/${id}/related?type=ORG`);
    expect(related.body).toMatchObject({ items: [{ name: 'Ngân hàng Thế giới', together: 2 }] });
  });

  test.each([
    ['/api/entities/e0000000000000000000000ff/timeline', 404, 'There is no entity'],
    ['/api/entities/e0000000000000000000000ff/related', 404, 'There is no entity'],
    ['/api/entities/x/timeline', 400, '"id": must be "e" followed by'],
    ['/api/entities/e00000000/timeline?by=year', 400, '"by"'],
    ['/api/entities/e00000000/timeline?from=yesterday', 400, 'must be a year'],
    ['/api/entities/e00000000/related?limit=0', 400, 'between 1 and 100'],
    ['/api/entity-decisions?entity=x', 400, '"entity"'],
    ['/api/entity-names?after=-1', 400, '"after"'],
  ])('%s is refused with %i', async (url, status, says) => {
    const answer = await ask('GET', url);
    expect(answer.status).toBe(status);
    expect((answer.body.error as { message: string }).message).toContain(says);
  });
});

describe('decisions', () => {
  test('a merge is recorded, its old id leads to the new one, and it can be undone', async () => {
    const [gone, stands] = [await idOf('can tho'), await idOf('da nang')];
    const merged = await ask('POST', `/api/entities/${gone}/merge`, { into: stands, why: 'a try', by: 'lan' });
    expect(merged).toMatchObject({
      status: 200,
      body: { what: 'merge', by: 'lan', via: 'api', why: 'a try', undone: null },
    });
    const answer = await ask('GET', `/api/entities/${gone}?limit=5`);
    expect(answer).toMatchObject({ status: 307, body: { id: gone, mergedInto: stands } });
    expect(answer.location).toBe(`/api/entities/${stands}?limit=5&offset=0`);
    expect((await ask('GET', `/api/entities/${stands}`)).body).toMatchObject({
      documents: 3,
      decisions: [{ what: 'merge' }],
    });
    expect(await ask('POST', `/api/entities/${gone}/merge`, { into: stands })).toMatchObject({ status: 409 });

    const undone = await ask('POST', `/api/entity-decisions/${merged.body.id}/undo`, { why: 'no' });
    expect(undone.body).toMatchObject({ undone: { by: 'api', why: 'no' } });
    expect((await ask('GET', `/api/entities/${gone}`)).status).toBe(200);
    expect((await ask('GET', `/api/entity-decisions?entity=${gone}`)).body.items).toHaveLength(1);
  });

  test('a split takes documents away, and says so', async () => {
    const id = await idOf('da nang');
    const split = await ask('POST', `/api/entities/${id}/split`, { documents: [bench.documents[1]], name: 'Danang' });
    expect(split.body).toMatchObject({ what: 'split', other: { name: 'Danang' } });
    expect((await ask('GET', `/api/entities/${id}`)).body).toMatchObject({ documents: 1 });
    expect((await ask('POST', `/api/entity-decisions/${split.body.id}/undo`, {})).status).toBe(200);
    expect((await ask('GET', `/api/entities/${id}`)).body).toMatchObject({ documents: 2 });
  });

  test.each([
    ['a merge into nothing known', '/merge', { into: 'e0000000000000000000000ff' }, 404],
    ['a merge into itself', '/merge', { into: 'self' }, 400],
    ['a split of nothing', '/split', {}, 400],
    ['a split of a name it does not have', '/split', { names: ['Paris'] }, 409],
    ['a split with a misspelt field', '/split', { nmaes: ['x'] }, 400],
  ])('%s is refused', async (_, path, body, status) => {
    expect((await ask('POST', `/api/entities/${await idOf('da nang')}${path}`, body)).status).toBe(status);
  });

  test('who asks with a user name decided it', async () => {
    const [gone, stands] = [await idOf('can tho'), await idOf('da nang')];
    const answer = await app.inject({
      method: 'POST',
      url: `/api/entities/${gone}/merge`,
      headers: { host: 'localhost', authorization: `Basic ${Buffer.from('mai:secret').toString('base64')}` },
      payload: { into: stands },
    });
    const { by, id } = answer.json() as { by: string; id: number };
    expect(by).toBe('mai');
    expect((await ask('POST', `/api/entity-decisions/${id}/undo`, {})).status).toBe(200);
    expect((await ask('POST', `/api/entity-decisions/${id}/undo`, {})).status).toBe(409);
    expect((await ask('POST', '/api/entity-decisions/999999/undo', {})).status).toBe(404);
  });
});

describe('names', () => {
  test('rows that can be used are kept, the others are told by number and reason, and the same again adds nothing', async () => {
    const rows = [
      { name: 'Lionel Messi', type: 'PER', lang: 'en', wikidata: 'Q615', born: 1987 },
      { name: 'Leo Messi', type: 'per', wikidata: 'Q615' },
      { name: '', type: 'PER' },
      { name: 'X', type: 'THING' },
      { name: 'Bộ Ngoại giao', type: 'ORG', lang: 'vi' },
      { name: 'Y', type: 'ORG', wikidata: '615' },
      'not a row',
    ];
    const { body } = await ask('POST', '/api/entity-names', { rows });
    expect(body).toMatchObject({ added: 2, known: 0 });
    expect((body.refused as { row: number }[]).map((it) => it.row)).toEqual([2, 3, 4, 5, 6]);
    expect((await ask('POST', '/api/entity-names', { rows })).body).toMatchObject({ added: 0, known: 2 });
    const { body: page } = await ask('GET', '/api/entity-names?limit=1');
    expect(page).toMatchObject({ items: [{ name: 'Lionel Messi', wikidata: 'Q615', born: 1987, source: 'import' }] });
    const { body: rest } = await ask('GET', `/api/entity-names?after=${page.next}`);
    expect(rest).toMatchObject({ items: [{ name: 'Leo Messi', lang: null }], next: null });
    const [one, other] = [page.items, rest.items].flat() as { entity: string }[];
    expect(one?.entity).toBe(other?.entity);
  });

  test('a person may let a name mean an entity', async () => {
    const id = await idOf('da nang');
    expect(await ask('POST', `/api/entities/${id}/names`, { name: 'Tourane', lang: 'fr' })).toMatchObject({
      status: 200,
    });
    expect((await ask('GET', `/api/entities/${id}`)).body.names).toMatchObject([{ name: 'Tourane', source: 'person' }]);
    expect(await idOf('touran')).toBe(id);
    expect(await ask('POST', `/api/entities/${id}/names`, { name: '...' })).toMatchObject({ status: 400 });
    expect(await ask('POST', '/api/entities/e00000000/names', { name: 'X' })).toMatchObject({ status: 404 });
  });

  test('two numbers with one name are two things', async () => {
    const rows = ['Q1001', 'Q1002'].map((wikidata) => ({ name: 'Trần Văn Hai Mươi', type: 'PER', wikidata }));
    expect((await ask('POST', '/api/entity-names', { rows })).body).toMatchObject({ added: 2, refused: [] });
    const { body } = await ask('GET', '/api/entity-names?limit=1000');
    const same = (body.items as { name: string; entity: string }[]).filter((it) => it.name === 'Trần Văn Hai Mươi');
    expect(new Set(same.map((it) => it.entity)).size).toBe(2);
  });

  test('documents may be enriched again', async () => {
    expect((await ask('POST', '/api/enrich', {})).body).toEqual({ documents: 3 });
    expect((await ask('POST', '/api/enrich', { since: '2026', all: true })).body).toEqual({ documents: 0 });
    expect((await ask('POST', '/api/enrich', { since: 'now' })).status).toBe(400);
  });
});
