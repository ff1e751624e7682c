/** A linear-chain conditional random field, trained by AdaGrad on sequences whose labels may be known in part. */
import { LABEL_COUNT, OUTSIDE, PREDECESSORS } from '../src/tagger/labels.ts';

/** A stretch of tokens the model looks at. Features of token t are `features[bounds[t]..bounds[t+1]]`, names of words first. */
export type Sequence = {
  features: Int32Array;
  bounds: Int32Array;
  /** Where the features that name the token's word end. */
  lexicalEnds: Int32Array;
  /** Bit masks of allowed labels. */
  allowed: Int32Array;
  weight: number;
};

export type CrfOptions = {
  learningRate: number;
  decay: number;
  lexicalDropout: number;
  /** Share of all features left out of each step. */
  dropout: number;
  random: () => number;
};

const EPSILON = 1e-6;
/** Gradients below this change nothing worth the memory access. */
const NEGLIGIBLE = 0.002;

/** The weights under training. */
export class Crf {
  weights: Float32Array;
  squares: Float32Array;
  transitions: Float32Array = new Float32Array(LABEL_COUNT * LABEL_COUNT);
  transitionSquares = new Float32Array(LABEL_COUNT * LABEL_COUNT);
  #kept = new Int32Array(0);
  #keptBounds = new Int32Array(1);
  #averaged: { weights: Float32Array; transitions: Float32Array; times: number } | null = null;
  #scores = new Float32Array(0);
  #free = new Float64Array(0);
  #bound = new Float64Array(0);
  #pairs = new Float64Array(LABEL_COUNT * LABEL_COUNT);
  #boundPairs = new Float64Array(LABEL_COUNT * LABEL_COUNT);
  #steps = new Float64Array(LABEL_COUNT * LABEL_COUNT);
  #forward = new Float64Array(0);
  #potentials = new Float64Array(0);

  constructor(featureCount: number) {
    this.weights = new Float32Array(featureCount * LABEL_COUNT);
    this.squares = new Float32Array(featureCount * LABEL_COUNT);
  }

  /** Takes the present weights into the average that `useAverage` sets. */
  remember(): void {
    this.#averaged ??= {
      weights: new Float32Array(this.weights.length),
      transitions: new Float32Array(this.transitions.length),
      times: 0,
    };
    const { weights, transitions } = this.#averaged;
    for (let i = 0; i < weights.length; i++) weights[i] = (weights[i] as number) + (this.weights[i] as number);
    for (let i = 0; i < transitions.length; i++)
      transitions[i] = (transitions[i] as number) + (this.transitions[i] as number);
    this.#averaged.times++;
  }

  /** Replaces the weights by the average of those remembered: it depends less on the order of the sequences. */
  useAverage(): void {
    if (!this.#averaged) return;
    const { weights, transitions, times } = this.#averaged;
    this.weights = weights.map((sum) => sum / times);
    this.transitions = transitions.map((sum) => sum / times);
  }

  /** Adds another field's weights to these. */
  add(other: Crf): void {
    for (let i = 0; i < this.weights.length; i++)
      this.weights[i] = (this.weights[i] as number) + (other.weights[i] as number);
    for (let i = 0; i < this.transitions.length; i++) {
      this.transitions[i] = (this.transitions[i] as number) + (other.transitions[i] as number);
    }
  }

  /** Divides all weights. */
  divide(by: number): void {
    this.weights = this.weights.map((weight) => weight / by);
    this.transitions = this.transitions.map((score) => score / by);
  }

  /** One step on a sequence; returns its negative log-likelihood. */
  learn(sequence: Sequence, options: CrfOptions): number {
    const length = sequence.bounds.length - 1;
    this.#resize(length);
    this.#drop(sequence, options);
    this.#score(length);
    for (let k = 0; k < this.#steps.length; k++) this.#steps[k] = Math.exp(this.transitions[k] as number);
    const all = this.#forwardBackward(length, null, this.#free, this.#pairs);
    const some = this.#forwardBackward(length, sequence.allowed, this.#bound, this.#boundPairs);
    const rate = options.learningRate;
    for (let t = 0; t < length; t++) {
      const at = t * LABEL_COUNT;
      let largest = 0;
      for (let label = 0; label < LABEL_COUNT; label++) {
        const gradient = ((this.#free[at + label] as number) - (this.#bound[at + label] as number)) * sequence.weight;
        this.#free[at + label] = gradient;
        const size = Math.abs(gradient);
        if (size > largest) largest = size;
      }
      if (largest < NEGLIGIBLE) continue;
      const from = this.#keptBounds[t] as number;
      const to = this.#keptBounds[t + 1] as number;
      for (let k = from; k < to; k++) {
        const row = (this.#kept[k] as number) * LABEL_COUNT;
        for (let label = 0; label < LABEL_COUNT; label++) {
          const gradient = this.#free[at + label] as number;
          if (gradient < 1e-5 && gradient > -1e-5) continue;
          const w = row + label;
          const g = gradient + options.decay * (this.weights[w] as number);
          const square = (this.squares[w] as number) + g * g;
          this.squares[w] = square;
          this.weights[w] = (this.weights[w] as number) - (rate * g) / (Math.sqrt(square) + EPSILON);
        }
      }
    }
    for (let k = 0; k < this.#pairs.length; k++) {
      const gradient = ((this.#pairs[k] as number) - (this.#boundPairs[k] as number)) * sequence.weight;
      if (gradient === 0) continue;
      const square = (this.transitionSquares[k] as number) + gradient * gradient;
      this.transitionSquares[k] = square;
      this.transitions[k] = (this.transitions[k] as number) - (rate * gradient) / (Math.sqrt(square) + EPSILON);
    }
    return (all - some) * sequence.weight;
  }

  #resize(length: number): void {
    const size = length * LABEL_COUNT;
    if (this.#scores.length >= size) return;
    this.#scores = new Float32Array(size * 2);
    this.#free = new Float64Array(size * 2);
    this.#bound = new Float64Array(size * 2);
    this.#forward = new Float64Array(size * 2);
    this.#potentials = new Float64Array(size * 2);
  }

  /** Chooses the features of this step: some tokens hide their own word, and a share of all features is left out. */
  #drop(sequence: Sequence, options: CrfOptions): void {
    const length = sequence.bounds.length - 1;
    if (this.#kept.length < sequence.features.length) this.#kept = new Int32Array(sequence.features.length * 2);
    if (this.#keptBounds.length <= length) this.#keptBounds = new Int32Array(length * 2 + 2);
    const limit = options.dropout * 4_294_967_296;
    let state = Math.floor(options.random() * 4_294_967_296) | 1;
    let n = 0;
    for (let t = 0; t < length; t++) {
      this.#keptBounds[t] = n;
      const hidden = options.random() < options.lexicalDropout;
      const from = hidden ? (sequence.lexicalEnds[t] as number) : (sequence.bounds[t] as number);
      const to = sequence.bounds[t + 1] as number;
      for (let k = from; k < to; k++) {
        // xorshift32: quicker than the seeded generator, and seeded by it.
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        if (state >>> 0 >= limit) this.#kept[n++] = sequence.features[k] as number;
      }
    }
    this.#keptBounds[length] = n;
  }

  #score(length: number): void {
    const scores = this.#scores;
    scores.fill(0, 0, length * LABEL_COUNT);
    for (let t = 0; t < length; t++) {
      const at = t * LABEL_COUNT;
      const from = this.#keptBounds[t] as number;
      const to = this.#keptBounds[t + 1] as number;
      for (let k = from; k < to; k++) {
        const row = (this.#kept[k] as number) * LABEL_COUNT;
        for (let label = 0; label < LABEL_COUNT; label++) {
          scores[at + label] = (scores[at + label] as number) + (this.weights[row + label] as number);
        }
      }
    }
  }

  /** Marginals into `marginals`, expected label pairs into `pairs`; returns the log of the sum over all paths. */
  #forwardBackward(length: number, allowed: Int32Array | null, marginals: Float64Array, pairs: Float64Array): number {
    const scores = this.#scores;
    const steps = this.#steps;
    const forward = this.#forward;
    const potentials = this.#potentials;
    let log = 0;
    pairs.fill(0);
    for (let t = 0; t < length; t++) {
      const at = t * LABEL_COUNT;
      const mask = allowed === null ? -1 : (allowed[t] as number);
      let top = Number.NEGATIVE_INFINITY;
      for (let label = 0; label < LABEL_COUNT; label++) {
        if (mask & (1 << label)) top = Math.max(top, scores[at + label] as number);
      }
      log += top;
      let total = 0;
      for (let label = 0; label < LABEL_COUNT; label++) {
        const potential = mask & (1 << label) ? Math.exp((scores[at + label] as number) - top) : 0;
        potentials[at + label] = potential;
        let sum = 0;
        if (potential > 0) {
          const before = PREDECESSORS[label] as readonly number[];
          if (t === 0) sum = before.includes(OUTSIDE) ? (steps[OUTSIDE * LABEL_COUNT + label] as number) : 0;
          else {
            for (let k = 0; k < before.length; k++) {
              const b = before[k] as number;
              sum += (forward[at - LABEL_COUNT + b] as number) * (steps[b * LABEL_COUNT + label] as number);
            }
          }
        }
        forward[at + label] = sum * potential;
        total += sum * potential;
      }
      if (!(total > 0)) total = 1e-300;
      for (let label = 0; label < LABEL_COUNT; label++) forward[at + label] = (forward[at + label] as number) / total;
      log += Math.log(total);
    }
    // Backward: `marginals` first holds the scaled backward values, then the product.
    const last = (length - 1) * LABEL_COUNT;
    let final = 0;
    for (let label = 0; label < LABEL_COUNT; label++) {
      const closes = CLOSES[label] === 1 ? (steps[label * LABEL_COUNT + OUTSIDE] as number) : 0;
      marginals[last + label] = closes;
      final += (forward[last + label] as number) * closes;
    }
    if (!(final > 0)) final = 1e-300;
    log += Math.log(final);
    for (let t = length - 1; t > 0; t--) {
      const at = t * LABEL_COUNT;
      const prior = at - LABEL_COUNT;
      for (let label = 0; label < LABEL_COUNT; label++) marginals[prior + label] = 0;
      let norm = 0;
      for (let label = 0; label < LABEL_COUNT; label++) {
        const onward = (potentials[at + label] as number) * (marginals[at + label] as number);
        if (onward === 0) continue;
        const before = PREDECESSORS[label] as readonly number[];
        for (let k = 0; k < before.length; k++) {
          const b = before[k] as number;
          const value = (steps[b * LABEL_COUNT + label] as number) * onward;
          marginals[prior + b] = (marginals[prior + b] as number) + value;
          norm += (forward[prior + b] as number) * value;
        }
      }
      if (!(norm > 0)) norm = 1e-300;
      for (let label = 0; label < LABEL_COUNT; label++) {
        const onward = (potentials[at + label] as number) * (marginals[at + label] as number);
        if (onward === 0) continue;
        const before = PREDECESSORS[label] as readonly number[];
        for (let k = 0; k < before.length; k++) {
          const b = before[k] as number;
          const pair = b * LABEL_COUNT + label;
          pairs[pair] =
            (pairs[pair] as number) + ((forward[prior + b] as number) * (steps[pair] as number) * onward) / norm;
        }
      }
      for (let label = 0; label < LABEL_COUNT; label++)
        marginals[prior + label] = (marginals[prior + label] as number) / norm;
    }
    for (let t = 0; t < length; t++) {
      const at = t * LABEL_COUNT;
      let sum = 0;
      for (let label = 0; label < LABEL_COUNT; label++) {
        const value = (forward[at + label] as number) * (marginals[at + label] as number);
        marginals[at + label] = value;
        sum += value;
      }
      if (sum > 0)
        for (let label = 0; label < LABEL_COUNT; label++)
          marginals[at + label] = (marginals[at + label] as number) / sum;
    }
    for (let label = 0; label < LABEL_COUNT; label++) {
      if (CLOSES[label] === 1) {
        const pair = label * LABEL_COUNT + OUTSIDE;
        pairs[pair] = (pairs[pair] as number) + (marginals[last + label] as number);
      }
      const start = OUTSIDE * LABEL_COUNT + label;
      pairs[start] = (pairs[start] as number) + (marginals[label] as number);
    }
    return log;
  }
}

const CLOSES = new Uint8Array(LABEL_COUNT);
for (const label of PREDECESSORS[OUTSIDE] as readonly number[]) CLOSES[label] = 1;
