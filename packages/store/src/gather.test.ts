import { describe, expect, test } from 'vitest';
import { type GatherOptions, gather } from './gather.ts';

/** Batches as they run, each ended by hand. */
function bench(given: Partial<GatherOptions<string, string>> = {}) {
  const batches: { items: readonly string[]; end: (error?: Error) => void }[] = [];
  let told: () => void = () => {};
  const add = gather<string, string>({
    most: 8,
    atOnce: 1,
    lingerMs: 0,
    ...given,
    run: (items) =>
      new Promise((resolve, reject) => {
        batches.push({ items, end: (error) => (error ? reject(error) : resolve(items.map((it) => it.toUpperCase()))) });
        told();
      }),
  });
  const batch = async (index: number) => {
    while (batches.length <= index) await new Promise<void>((resolve) => (told = resolve));
    return batches[index] as (typeof batches)[number];
  };
  return { add, batch, batches };
}

describe('what many write at the same time', () => {
  test('goes into one batch, and each gets its own answer', async () => {
    const { add, batch, batches } = bench();
    const answers = Promise.all(['a', 'b', 'c'].map(add));
    const first = await batch(0);
    expect(first.items).toEqual(['a', 'b', 'c']);
    first.end();
    expect(await answers).toEqual(['A', 'B', 'C']);
    expect(batches).toHaveLength(1);
  });

  test('gathers while a batch runs', async () => {
    const { add, batch } = bench();
    const a = add('a');
    const first = await batch(0);
    const more = Promise.all(['b', 'c'].map(add));
    first.end();
    expect(await a).toBe('A');
    const second = await batch(1);
    expect(second.items).toEqual(['b', 'c']);
    second.end();
    expect(await more).toEqual(['B', 'C']);
  });

  test('is done again one by one when the batch fails, so that a bad one costs only itself', async () => {
    const { add, batch } = bench();
    const settled = Promise.allSettled(['a', 'bad', 'c'].map(add));
    (await batch(0)).end(new Error('one of them'));
    for (const [index, fault] of [null, new Error('it was me'), null].entries()) {
      (await batch(index + 1)).end(fault ?? undefined);
    }
    expect(await settled).toEqual([
      { status: 'fulfilled', value: 'A' },
      { status: 'rejected', reason: new Error('it was me') },
      { status: 'fulfilled', value: 'C' },
    ]);
  });

  test('is never in flight beside what touches the same thing, and keeps its order', async () => {
    const { add, batch } = bench({ atOnce: 3, keysOf: (item) => [item.slice(0, 1)] });
    const answers = Promise.all(['a1', 'b1', 'a2', 'a3'].map(add));
    const order = [];
    for (let index = 0; index < 3; index++) {
      const running = await batch(index);
      order.push(running.items);
      running.end();
    }
    expect(order).toEqual([['a1', 'b1'], ['a2'], ['a3']]);
    expect(await answers).toEqual(['A1', 'B1', 'A2', 'A3']);
  });

  test('goes in batches of one group, of so many items and of so much weight', async () => {
    const { add, batch } = bench({
      atOnce: 9,
      most: 2,
      groupOf: (item) => item.slice(0, 1),
      weigh: (item) => item.length,
      mostWeight: 5,
    });
    const answers = Promise.all(['a1', 'b1', 'a2', 'a3', 'b1234567', 'b2'].map(add));
    const order = [];
    for (let index = 0; index < 4; index++) {
      const running = await batch(index);
      order.push(running.items);
      running.end();
    }
    expect(order).toEqual([['a1', 'a2'], ['b1', 'b2'], ['a3'], ['b1234567']]);
    await answers;
  });
});
