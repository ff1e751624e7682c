/** What a conformance suite is to the runner: a folder of published cases, and how many of them we answer as they do. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How a suite went. `left` names what is not asked of us, with the reason; `failures` are at most readable sentences. */
export type SuiteResult = { passed: number; total: number; failures: string[]; left: string[] };

/** A suite reads its cases below `dir` and answers them all. Throws where its files are missing. */
export type Suite = { name: string; folder?: string; run: (dir: string) => SuiteResult | Promise<SuiteResult> };

/** Counts cases, one call each. */
export function tally() {
  const result: SuiteResult = { passed: 0, total: 0, failures: [], left: [] };
  return {
    result,
    /** A case that must come out as expected; `describe` is called only where it does not. */
    check(passed: boolean, describe: () => string): void {
      result.total++;
      if (passed) result.passed++;
      else result.failures.push(describe());
    },
    /** Cases that are not asked of us, and why. */
    leave(what: string): void {
      result.left.push(what);
    },
  };
}

/** Reads a JSON file of a suite. */
export function readCases<T>(dir: string, file: string): T {
  return JSON.parse(readFileSync(join(dir, file), 'utf8')) as T;
}

/** Equality of plain values. */
export function equal(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
