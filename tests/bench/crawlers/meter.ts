/** What a crawler in a process of its own is told, and how it measures itself: after a warm-up, by its own CPU time. */

import { json } from 'node:stream/consumers';

/** Handed over as JSON on the standard input. */
export type CrawlOrder = { urls: string[]; concurrency: number; env: Record<string, string> };

export type Measured = {
  pages: number;
  pagesPerSecond: number;
  /** User and system time of the process. */
  cpuMsPerPage: number;
  /** Resident memory at each tenth of the measured pages, in MB. */
  rssMb: number[];
};

/** The first pages warm up compilers and sockets. */
const WARM_UP_SHARE = 0.25;
const TENTHS = 10;
const MB = 1024 ** 2;

/** Measures from the end of the warm-up to the last page; `count` is told of how many pages are done. */
export function openMeter(pages: number): { count(done: number): boolean; report(): void } {
  const warm = Math.floor(pages * WARM_UP_SHARE);
  const rssMb: number[] = [];
  let from: { at: number; cpu: NodeJS.CpuUsage; done: number } | null = null;
  let measured: Measured | null = null;
  return {
    count(done) {
      if (from === null) {
        if (done >= warm) from = { at: performance.now(), cpu: process.cpuUsage(), done };
        return false;
      }
      const tenth = Math.floor(((done - from.done) / (pages - from.done)) * TENTHS);
      while (rssMb.length < tenth) rssMb.push(Math.round(process.memoryUsage.rss() / MB));
      if (done < pages || measured) return measured !== null;
      const used = process.cpuUsage(from.cpu);
      const counted = done - from.done;
      measured = {
        pages: counted,
        pagesPerSecond: counted / ((performance.now() - from.at) / 1000),
        cpuMsPerPage: (used.user + used.system) / 1000 / counted,
        rssMb,
      };
      return true;
    },
    report() {
      process.stdout.write(`${JSON.stringify(measured)}\n`);
    },
  };
}

/** The order this process was started with, which is its whole input. */
export const readOrder = async (): Promise<CrawlOrder> => (await json(process.stdin)) as CrawlOrder;
