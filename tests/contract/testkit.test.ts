/** What the tests' own servers promise: a place of one's own, and nobody's data touched. */
import { freshDatabase, freshRedis } from '@newsloom/testkit';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { expect, inject, test } from 'vitest';

test('tests that start together each have a Redis database of their own', async () => {
  const taken = await Promise.all(Array.from({ length: 8 }, () => freshRedis(inject('redisUrl'))));
  expect(new Set(taken.map(({ url }) => url)).size).toBe(8);
  await Promise.all(taken.map(({ drop }) => drop()));
});

test('a Redis database that holds data of somebody else is neither leased nor flushed', async () => {
  const root = new Redis(inject('redisUrl'));
  const ours = new Set(await root.smembers('newsloom-test:databases'));
  root.disconnect();
  const number = [...Array(15).keys()].map((index) => index + 1).find((candidate) => !ours.has(String(candidate)));
  if (number === undefined) throw new Error('this Redis has no database left that no test ever used');
  const address = new URL(inject('redisUrl'));
  address.pathname = `/${number}`;
  const owner = new Redis(address.href);
  await owner.set('mine', 1);

  const taken: number[] = [];
  const leases = [];
  while (taken.every((lower) => lower < number)) {
    const lease = await freshRedis(inject('redisUrl'));
    leases.push(lease);
    taken.push(Number(new URL(lease.url).pathname.slice(1)));
  }
  expect(taken).not.toContain(number);
  expect(await owner.get('mine')).toBe('1');
  await owner.flushdb();
  owner.disconnect();
  await Promise.all(leases.map(({ drop }) => drop()));
});

test('what a test left in its Redis database is gone for the next one', async () => {
  const first = await freshRedis(inject('redisUrl'));
  const client = new Redis(first.url);
  await client.set('left', 1);
  client.disconnect();
  await first.drop();
  await using second = await freshRedis(inject('redisUrl'));
  const next = new Redis(second.url);
  expect(await next.dbsize()).toBe(0);
  next.disconnect();
});

test('databases made together are empty, apart, know all letters, and are gone after they are dropped', async () => {
  const [one, two] = await Promise.all([freshDatabase(inject('databaseUrl')), freshDatabase(inject('databaseUrl'))]);
  expect(one.url).not.toBe(two.url);
  const client = new Client({ connectionString: one.url });
  client.on('error', () => {});
  await client.connect();
  const { rows } = await client.query("select lower('ĐẶNG HỮU') as lower");
  expect(rows).toEqual([{ lower: 'đặng hữu' }]);
  await Promise.all([one.drop(), two.drop()]);
  const late = new Client({ connectionString: two.url });
  await expect(late.connect()).rejects.toThrow('does not exist');
});
