/** Tells how many processes a machine or container has room for. */
import { availableParallelism, totalmem } from 'node:os';
import { z } from 'zod';
import { wholeNumber } from './setting.ts';

/** Memory a page-reading process is reckoned with, in bytes: its cap of 512 MB, and as much again for what is no heap. */
const MEMORY_PER_PROCESS = 1024 ** 3;
const MOST_PROCESSES = 256;

/**
 * One process a core, as far as the memory goes, and one at least.
 *
 * @param cores what the machine or the container's quota gives
 * @param memory bytes that this process may have together with its children
 */
export function processesFor(cores: number, memory: number): number {
  return Math.max(1, Math.min(cores, Math.floor(memory / MEMORY_PER_PROCESS), MOST_PROCESSES));
}

/** A number of processes, or `auto` for as many as there are cores and memory for. */
export const processes = z
  .union([
    z
      .literal('auto')
      .transform(() =>
        processesFor(availableParallelism(), Math.min(totalmem(), process.constrainedMemory() || totalmem())),
      ),
    wholeNumber(1, MOST_PROCESSES),
  ])
  .describe(`auto, or 1 to ${MOST_PROCESSES}`);
