/** Groups words that keep the same company: k-means from coarse to fine over their left and right neighbours. */
import { seededRandom } from './random.ts';

/** Neighbours that are told apart: the most frequent words. */
export const CONTEXT_WORDS = 1500;
/** Groups at each level; a word's cluster number holds the levels in its low 5, next 3 and next 4 bits. */
const LEVELS = [
  { groups: 32, shift: 0 },
  { groups: 8, shift: 5 },
  { groups: 16, shift: 8 },
] as const;
const ROUNDS = 8;

/** A word's neighbours as a sparse vector of length 1. */
export type SparseVector = { indexes: Int32Array; values: Float32Array };

/** Turns counts of neighbours into a vector: logarithms, weighed by how telling the neighbour is, length 1. */
export function toVector(counts: ReadonlyMap<number, number>, rarity: Float32Array): SparseVector {
  const entries = [...counts].sort((a, b) => a[0] - b[0]);
  const indexes = Int32Array.from(entries, ([index]) => index);
  const values = Float32Array.from(entries, ([index, count]) => Math.log1p(count) * (rarity[index] as number));
  let norm = 0;
  for (const value of values) norm += value * value;
  norm = Math.sqrt(norm) || 1;
  for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) / norm;
  return { indexes, values };
}

/** A cluster number of 12 bits for every vector. */
export function cluster(vectors: readonly SparseVector[], dimensions: number, seed: number): Uint16Array {
  const random = seededRandom(seed);
  const numbers = new Uint16Array(vectors.length);
  let parts: number[][] = [vectors.map((_, i) => i)];
  for (const { groups, shift } of LEVELS) {
    const next: number[][] = [];
    for (const part of parts) {
      const assigned = split(part, vectors, dimensions, Math.min(groups, Math.ceil(part.length / 4)), random);
      const members: number[][] = Array.from({ length: groups }, () => []);
      for (const [k, index] of part.entries()) {
        const group = assigned[k] as number;
        numbers[index] = (numbers[index] as number) | (group << shift);
        (members[group] as number[]).push(index);
      }
      next.push(...members.filter((list) => list.length > 0));
    }
    parts = next;
  }
  return numbers;
}

/** Spherical k-means of the vectors numbered in `part`; returns the group of each. */
function split(
  part: readonly number[],
  vectors: readonly SparseVector[],
  dimensions: number,
  groups: number,
  random: () => number,
): Uint8Array {
  const assigned = new Uint8Array(part.length);
  if (groups < 2) return assigned;
  const centres = Array.from({ length: groups }, () => {
    const centre = new Float32Array(dimensions);
    add(centre, vectors[part[Math.floor(random() * part.length)] as number] as SparseVector);
    return centre;
  });
  for (let round = 0; round < ROUNDS; round++) {
    for (const [k, index] of part.entries()) {
      const { indexes, values } = vectors[index] as SparseVector;
      let best = -1;
      for (let g = 0; g < groups; g++) {
        const centre = centres[g] as Float32Array;
        let dot = 0;
        for (let i = 0; i < indexes.length; i++)
          dot += (centre[indexes[i] as number] as number) * (values[i] as number);
        if (dot > best) {
          best = dot;
          assigned[k] = g;
        }
      }
    }
    for (const centre of centres) centre.fill(0);
    for (const [k, index] of part.entries())
      add(centres[assigned[k] as number] as Float32Array, vectors[index] as SparseVector);
    for (const centre of centres) {
      let norm = 0;
      for (let i = 0; i < dimensions; i++) norm += (centre[i] as number) ** 2;
      norm = Math.sqrt(norm) || 1;
      for (let i = 0; i < dimensions; i++) centre[i] = (centre[i] as number) / norm;
    }
  }
  return assigned;
}

function add(centre: Float32Array, { indexes, values }: SparseVector): void {
  for (let i = 0; i < indexes.length; i++) {
    const at = indexes[i] as number;
    centre[at] = (centre[at] as number) + (values[i] as number);
  }
}
