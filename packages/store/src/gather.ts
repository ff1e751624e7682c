/** Gathers what many callers write in the same moments into one statement; each caller waits for its own row. */

export type GatherOptions<I, O> = {
  /** Does a batch; answers in the order of the items. All of it or nothing, so that its items can be done again alone. */
  run(items: readonly I[]): Promise<readonly O[]>;
  /** Only items of one group go into a batch. */
  groupOf?(item: I): string;
  /** What an item touches: two that share one of these are never in flight together, and keep their order. */
  keysOf?(item: I): readonly string[];
  /** Size of an item, of which a batch takes `mostWeight` (but one item at least). */
  weigh?(item: I): number;
  mostWeight?: number;
  /** Items in a batch. */
  most: number;
  /** Batches at the same time. */
  atOnce: number;
  /** How long the first item waits for company while items come thick, in milliseconds; else it goes at once. */
  lingerMs: number;
};

type Waiting<I, O> = { item: I; resolve: (value: O) => void; reject: (error: unknown) => void };

/** Weight of the newest gap between two items in their running mean: some ten items of memory. */
const NEWEST = 0.1;

/**
 * Opens a gatherer: a function that does one item, together with others. When a batch fails its items are done again
 * one by one, so that a bad one costs only itself; the error of each reaches its own caller.
 */
export function gather<I, O>(options: GatherOptions<I, O>): (item: I) => Promise<O> {
  const { run, most, atOnce, lingerMs, mostWeight = Number.POSITIVE_INFINITY } = options;
  const groupOf = options.groupOf ?? (() => '');
  const keysOf = options.keysOf ?? (() => []);
  const weigh = options.weigh ?? (() => 0);
  let waiting: Waiting<I, O>[] = [];
  let running = 0;
  let scheduled = false;
  let meanGapMs = Number.POSITIVE_INFINITY;
  let cameAt = Number.NEGATIVE_INFINITY;
  const touched = new Set<string>();

  const take = (): Waiting<I, O>[] => {
    const batch: Waiting<I, O>[] = [];
    const left: Waiting<I, O>[] = [];
    const keys = new Set(touched);
    let group: string | null = null;
    let weight = 0;
    for (const it of waiting) {
      const own = keysOf(it.item);
      const fits =
        batch.length < most &&
        (group === null || groupOf(it.item) === group) &&
        (batch.length === 0 || weight + weigh(it.item) <= mostWeight) &&
        !own.some((key) => keys.has(key));
      // What is passed over keeps its keys to itself, so that nobody overtakes it.
      for (const key of own) keys.add(key);
      if (!fits) {
        left.push(it);
        continue;
      }
      group ??= groupOf(it.item);
      weight += weigh(it.item);
      batch.push(it);
    }
    waiting = left;
    return batch;
  };

  const finish = async (batch: Waiting<I, O>[]) => {
    const keys = batch.flatMap(({ item }) => keysOf(item));
    for (const key of keys) touched.add(key);
    running++;
    try {
      await settle(run, batch);
    } finally {
      running--;
      for (const key of keys) touched.delete(key);
      schedule();
    }
  };

  const flush = () => {
    scheduled = false;
    while (waiting.length > 0 && running < atOnce) {
      const batch = take();
      if (batch.length === 0) return;
      void finish(batch);
    }
  };

  const schedule = () => {
    if (scheduled || waiting.length === 0 || running >= atOnce) return;
    scheduled = true;
    if (waiting.length < most && meanGapMs < lingerMs) setTimeout(flush, lingerMs);
    else setImmediate(flush);
  };

  return (item) =>
    new Promise<O>((resolve, reject) => {
      const now = performance.now();
      const gapMs = Math.min(now - cameAt, 10 * lingerMs + 1);
      meanGapMs = Number.isFinite(meanGapMs) ? meanGapMs + NEWEST * (gapMs - meanGapMs) : gapMs;
      cameAt = now;
      waiting.push({ item, resolve, reject });
      schedule();
    });
}

async function settle<I, O>(run: GatherOptions<I, O>['run'], batch: Waiting<I, O>[]): Promise<void> {
  try {
    const values = await run(batch.map(({ item }) => item));
    for (const [index, { resolve }] of batch.entries()) resolve(values[index] as O);
  } catch (error) {
    const [first] = batch;
    if (batch.length === 1) return first?.reject(error);
    for (const it of batch) await settle(run, [it]);
  }
}

/** How statements gather: a server takes several at once, the embedded session one after another. */
export const GATHERING = {
  postgres: { most: 64, atOnce: 3, lingerMs: 4 },
  embedded: { most: 64, atOnce: 1, lingerMs: 1 },
} as const;
