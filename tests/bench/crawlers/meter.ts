/** What a crawler in a process of its own is told, and how it measures itself: after a warm-up, by its own CPU time. */

import { json } from 'node:stream/consumers';

/** Handed over as JSON on the standard input. */
export type CrawlOrder = {
  urls: string[];
  concurrency: number;
  /** Share of the pages before the measurement begins. */
  warmUpShare: number;
  env: Record<string, string>;
};

export type Measured = {
  pages: number;
  pagesPerSecond: number;
  /** User and system time of the process. */
  cpuMsPerPage: number;
  /** At the start and at each tenth of the measured pages; after a collection where Node runs with --expose-gc. */
  memory: Memory[];
};

/** Resident memory, and the heap with its buffers, in MB; and seconds since the start. */
export type Memory = { rssMb: number; heapMb: number; seconds: number };

const TENTHS = 10;
const MB = 1024 ** 2;

/** Measures from the end of the warm-up to the last page; `count` is told of how many pages are done. */
export function openMeter({ urls: { length: pages }, warmUpShare }: CrawlOrder): {
  count(done: number): boolean;
  report(): void;
} {
  const warm = Math.floor(pages * warmUpShare);
  const memory: Memory[] = [];
  let from: { at: number; cpu: NodeJS.CpuUsage; done: number } | null = null;
  let measured: Measured | null = null;
  return {
    count(done) {
      if (from === null) {
        if (done < warm) return false;
        from = { at: performance.now(), cpu: process.cpuUsage(), done };
        memory.push(memoryNow(from.at));
        return false;
      }
      const tenth = Math.floor(((done - from.done) / (pages - from.done)) * TENTHS);
      if (memory.length <= tenth) memory.push(memoryNow(from.at));
      if (done < pages || measured) return measured !== null;
      const used = process.cpuUsage(from.cpu);
      const counted = done - from.done;
      measured = {
        pages: counted,
        pagesPerSecond: counted / ((performance.now() - from.at) / 1000),
        cpuMsPerPage: (used.user + used.system) / 1000 / counted,
        memory,
      };
      return true;
    },
    report() {
      process.stdout.write(`${JSON.stringify(measured)}\n`);
    },
  };
}

function memoryNow(startedAt: number): Memory {
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rssMb: rss / MB, heapMb: (heapUsed + external) / MB, seconds: (performance.now() - startedAt) / 1000 };
}

/** The order this process was started with, which is its whole input. */
export const readOrder = async (): Promise<CrawlOrder> => (await json(process.stdin)) as CrawlOrder;
