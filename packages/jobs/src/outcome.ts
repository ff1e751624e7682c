/** What a handler decided about its job. */
import type { Job } from './contracts.ts';

/** The end of one job: done with a note and what comes next, later, or never. */
export type Outcome =
  | { kind: 'done'; note: string; next: Job[] }
  | { kind: 'later'; note: string; delayMs: number }
  | { kind: 'quarantine'; reason: string };

/** The step is finished; `note` is the word that counts it, `next` the steps that follow. */
export const done = (note: string, ...next: (Job | null | undefined)[]): Outcome => ({
  kind: 'done',
  note,
  next: next.filter((job): job is Job => job != null),
});

/** Not now: the same job again in `delayMs` milliseconds, at no cost in attempts. */
export const later = (delayMs: number, note: string): Outcome => ({ kind: 'later', note, delayMs });

/** This can never work: a person must look at it. `reason` is a sentence for that person. */
export const quarantine = (reason: string): Outcome => ({ kind: 'quarantine', reason });
