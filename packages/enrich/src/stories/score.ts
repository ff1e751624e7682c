/** How likely two documents tell one event. */
import { daysOf, gapDays, nearestDays, sameDay } from './dates.ts';
import { isNearDuplicate } from './fingerprint.ts';
import type { StorySignature } from './signature.ts';
import type { Weighted } from './weighted.ts';

/** The share of recent documents that have a key, 0 to 1. */
export type KeyFrequency = (key: string) => number;

/** Pairs at or above this are one story: best B-cubed F1 on the labelled set (docs/stories.md). */
export const SAME_STORY_THRESHOLD = 0.5;

/** What two signatures have in common, or hold against each other; each 0 to 1 unless said. */
export type Likeness = {
  /** Cosine over entities, rare ones counting more. */
  entities: number;
  /** Share of the entities of the document with fewer that are in the other too. */
  entityShare: number;
  /** Rare entities in common, saturating with their number. */
  rareEntities: number;
  /** Telling numbers in common, saturating. */
  numbers: number;
  /** Both have telling numbers, and the share of them that is not in common; less between dated texts of the same days. */
  otherNumbers: number;
  /** Days named in both texts, saturating. */
  days: number;
  /** Cosine over kinds of event. */
  concepts: number;
  /** 1 where both tell of the same kind of sudden event in the same country in the same days; 0 where a date is missing. */
  scene: number;
  /** Cosine over the words of one language; 0 between languages. */
  terms: number;
  /** 1 where the languages differ. */
  acrossLanguages: number;
  /** Days between the two publications beyond what one event takes, 0 to 1 for 15 and more; 0 where unknown. */
  gap: number;
  /** The same between the days the texts name, where a publication is unknown. */
  namedGap: number;
};

/** Weights of a logistic model over `Likeness`, fitted to the development half of the labelled set by `tests/eval/fit-stories.ts`. */
const WEIGHTS: Record<keyof Likeness | 'bias', number> = {
  bias: -5.9,
  entities: 1.5,
  entityShare: 2.5,
  rareEntities: 1,
  numbers: 4,
  otherNumbers: -2.7,
  days: 2.2,
  concepts: 1.8,
  scene: 2,
  terms: 3.7,
  acrossLanguages: 1.6,
  gap: -8,
  namedGap: -3.2,
};

/** Weight of an entity nobody counted yet; a document in a hundred has an everyday entity. */
const UNSEEN_FREQUENCY = 0.0005;
const COMMON_FREQUENCY = 0.05;
/** How much other numbers count within the days of one event: tolls and sums change while it develops. */
const DEVELOPING = 0.4;
/** Days between publications within which one event is still told. */
const SAME_EVENT_DAYS = 3;
/** A copy is published within half of the days after which a gap stops counting. */
const COPY_GAP = 0.5;
/** Beyond this many days the gap stops counting more. */
const MOST_GAP_DAYS = 15;

/** What the two documents have in common. `frequency` makes everyday entities count less. */
export function likeness(a: StorySignature, b: StorySignature, frequency?: KeyFrequency): Likeness {
  const rarity = (key: string): number => (frequency ? rarityOf(frequency(key)) : 1);
  const sameLanguage = a.lang !== null && a.lang === b.lang;
  let rare = 0;
  const others = new Map(b.entities);
  for (const [key, weight] of a.entities) {
    const other = others.get(key);
    if (other !== undefined) rare += Math.min(weight, other) * rarity(key);
  }
  const numbers = sharedWeight(a.numbers, b.numbers);
  const fewerNumbers = Math.min(total(a.numbers), total(b.numbers));
  const fewerEntities = Math.min(total(a.entities), total(b.entities));
  const dated = daysOf(a.date) !== null && daysOf(b.date) !== null;
  const apart = tooFar(daysApart(a, b));
  const close = apart === 0;
  const named = dated ? null : nearestDays(anchors(a), anchors(b));
  return {
    entities: cosine(a.entities, b.entities, rarity),
    entityShare: fewerEntities === 0 ? 0 : Math.min(1, sharedLeast(a.entities, b.entities) / fewerEntities),
    rareEntities: 1 - Math.exp(-rare / 4),
    numbers: 1 - Math.exp(-numbers),
    otherNumbers:
      fewerNumbers === 0
        ? 0
        : (1 - Math.exp(-fewerNumbers)) * (1 - Math.min(1, numbers / fewerNumbers)) * (dated && close ? DEVELOPING : 1),
    days: 1 - Math.exp(-a.days.filter((day) => b.days.some((other) => sameDay(day, other))).length),
    concepts: cosine(a.concepts, b.concepts, () => 1),
    scene: dated && close && sameScene(a, b) ? 1 : 0,
    terms: sameLanguage ? cosine(a.terms, b.terms, rarity) : 0,
    acrossLanguages: sameLanguage ? 0 : 1,
    gap: apart,
    namedGap: named === null ? 0 : tooFar(named),
  };
}

/** Events a country seldom has twice in the same days. */
const SUDDEN_EVENTS = new Set(
  'earthquake tsunami flood storm landslide volcano forest-fire coup referendum bankruptcy collapse'.split(' '),
);

/** Whether two documents share an index key of a country with a sudden event. */
function sameScene(a: StorySignature, b: StorySignature): boolean {
  return a.keys.some((key) => {
    const [, concept] = key.split('+c:');
    return concept !== undefined && SUDDEN_EVENTS.has(concept) && b.keys.includes(key);
  });
}

/** The days a document is about as far as it says: those it names and the day of its publication. */
function anchors({ days, date }: StorySignature): string[] {
  return date !== null && /^\d{4}-\d{2}-\d{2}/.test(date) ? [...days, `d:${date.slice(0, 10)}`] : days;
}

/** 0 for days within which one event is still told, 1 for so many that it is another. */
function tooFar(days: number): number {
  return Math.min(1, Math.max(0, days - SAME_EVENT_DAYS) / MOST_GAP_DAYS);
}

/**
 * How likely two documents tell one event, 0 to 1. Near-duplicates are 1, unless published far apart: then they are
 * two texts out of one template.
 */
export function scoreSameStory(a: StorySignature, b: StorySignature, frequency?: KeyFrequency): number {
  if (tooFar(daysApart(a, b)) < COPY_GAP && isNearDuplicate(a.fingerprint, b.fingerprint)) return 1;
  const common = likeness(a, b, frequency);
  let sum = WEIGHTS.bias;
  for (const name of Object.keys(common) as (keyof Likeness)[]) sum += WEIGHTS[name] * common[name];
  return 1 / (1 + Math.exp(-sum));
}

/** 1 for a key in one document of two thousand or fewer, towards 0 for one in twenty and more. */
function rarityOf(frequency: number): number {
  const bounded = Math.min(COMMON_FREQUENCY, Math.max(UNSEEN_FREQUENCY, frequency));
  return 0.1 + (0.9 * Math.log(COMMON_FREQUENCY / bounded)) / Math.log(COMMON_FREQUENCY / UNSEEN_FREQUENCY);
}

function cosine(a: readonly Weighted[], b: readonly Weighted[], rarity: (key: string) => number): number {
  const others = new Map(b);
  let dot = 0;
  for (const [key, weight] of a) {
    const other = others.get(key);
    if (other !== undefined) dot += weight * other * rarity(key) ** 2;
  }
  if (dot === 0) return 0;
  return dot / (norm(a, rarity) * norm(b, rarity));
}

function norm(weights: readonly Weighted[], rarity: (key: string) => number): number {
  return Math.sqrt(weights.reduce((sum, [key, weight]) => sum + (weight * rarity(key)) ** 2, 0));
}

function total(weights: readonly Weighted[]): number {
  return weights.reduce((sum, [, weight]) => sum + weight, 0);
}

/** What both have: of each shared key the smaller weight. */
function sharedLeast(a: readonly Weighted[], b: readonly Weighted[]): number {
  const others = new Map(b);
  return a.reduce((sum, [key, weight]) => sum + Math.min(weight, others.get(key) ?? 0), 0);
}

function sharedWeight(a: readonly Weighted[], b: readonly Weighted[]): number {
  const others = new Map(b);
  return a.reduce((sum, [key, weight]) => sum + (others.has(key) ? weight : 0), 0);
}

/** Days between the publications. An undated document is no younger than its fetch, and may be any older. */
function daysApart(a: StorySignature, b: StorySignature): number {
  const left = span(a);
  const right = span(b);
  return left === null || right === null ? 0 : gapDays(left, right);
}

function span(signature: StorySignature): { first: number; last: number } | null {
  const published = daysOf(signature.date);
  if (published) return published;
  const fetched = daysOf(signature.fetchedAt);
  return fetched === null ? null : { first: Number.NEGATIVE_INFINITY, last: fetched.last };
}
