/** Memory for feature rows. */

/** Memory for rows that is used again for each page: fresh memory of this size costs more than what is done in it. */
export class Scratch {
  private rows = new Float32Array(64 * 1024);

  /** So many zeros, until the next call. */
  take(size: number): Float32Array {
    if (size > MAX_SCRATCH) return new Float32Array(size);
    if (size > this.rows.length) this.rows = new Float32Array(Math.min(MAX_SCRATCH, size * 2));
    return this.rows.subarray(0, size).fill(0);
  }
}

/** Most numbers kept in memory between pages. */
const MAX_SCRATCH = 1 << 20;
