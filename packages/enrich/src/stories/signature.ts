/** What a document says that can be compared in any language: entities, numbers, days, kinds of event, rare words. */
import type { LinkedMention } from '@newsloom/model';
import { isCountryId } from '../entities/country-ids.ts';
import { tokenize } from '../text/index.ts';
import { conceptsIn } from './concepts.ts';
import { dayKeys } from './dates.ts';
import { type Fingerprint, fingerprint } from './fingerprint.ts';
import { numbersIn } from './numbers.ts';
import { termsIn } from './terms.ts';

/** A key and how much it weighs in the document. */
export type Weighted = [key: string, weight: number];

/** A document's comparable facts, JSON-serialisable; stored with the document. */
export type StorySignature = {
  lang: string | null;
  /** Publication, ISO 8601 as exact as known. */
  date: string | null;
  fetchedAt: string;
  entities: Weighted[];
  numbers: Weighted[];
  /** Days the text names. */
  days: string[];
  concepts: Weighted[];
  terms: Weighted[];
  fingerprint: Fingerprint;
  /** The most telling features, at most 24: index keys under which documents of the same story are found. */
  keys: string[];
};

/** A document as far as its signature needs it. The mentions' offsets point into `text`. */
export type StoryDocument = {
  id: string;
  lang: string | null;
  title: string | null;
  text: string;
  date: string | null;
  fetchedAt: string;
  mentions: readonly LinkedMention[];
};

/** How much one mention of each type tells about the event. */
const TYPE_WEIGHT: Record<string, number> = { PER: 1.4, ORG: 1, LOC: 0.9, MISC: 0.9 };
/** Countries are in every other article. */
const COUNTRY_WEIGHT = 0.35;
/** A news text says in its first lines what it is about; measured in UTF-16 code units. */
const LEAD_LENGTH = 500;
const LEAD_FACTOR = 1.5;
const MOST_ENTITIES = 40;
const MOST_KEYS = 24;
const MOST_ENTITY_KEYS = 14;
const MOST_NUMBER_KEYS = 5;

/** Reads a document's signature. */
export function storySignature(document: StoryDocument): StorySignature {
  const { lang, title, text, mentions } = document;
  const whole = title && !text.startsWith(title) ? `${title}\n\n${text}` : text;
  const tokens = tokenize(whole);
  const entities = weighEntities(title, mentions);
  const dateSpans = mentions.filter((mention) => mention.type === 'DATE' || mention.type === 'TIME');
  const numbers = numbersIn(text, lang, dateSpans).map(({ key, weight }): Weighted => [key, weight]);
  const days = dayKeys(mentions);
  const concepts = conceptsIn(tokens, lang);
  const terms = termsIn(tokens, lang);
  return {
    lang,
    date: document.date,
    fetchedAt: document.fetchedAt,
    entities,
    numbers,
    days,
    concepts,
    terms,
    fingerprint: fingerprint(tokenize(text)),
    keys: chooseKeys(entities, numbers, days, concepts, terms),
  };
}

function weighEntities(title: string | null, mentions: readonly LinkedMention[]): Weighted[] {
  const weights = new Map<string, { count: number; type: string; lead: boolean }>();
  for (const { entityId, type, start, text } of mentions) {
    if (entityId === null) continue;
    const seen = weights.get(entityId) ?? { count: 0, type, lead: false };
    seen.count++;
    if (start < LEAD_LENGTH || title?.includes(text)) seen.lead = true;
    weights.set(entityId, seen);
  }
  return [...weights]
    .map(([id, { count, type, lead }]): Weighted => {
      const base = isCountryId(id) ? COUNTRY_WEIGHT : (TYPE_WEIGHT[type] ?? 1);
      return [id, round(base * (1 + Math.log2(count)) ** 0.7 * (lead ? LEAD_FACTOR : 1))];
    })
    .sort((a, b) => b[1] - a[1])
    .slice(0, MOST_ENTITIES);
}

/** Index keys: the heaviest entities and numbers, places with the kind of event or day, and rare words for the rest. */
function chooseKeys(
  entities: Weighted[],
  numbers: Weighted[],
  days: string[],
  concepts: Weighted[],
  terms: Weighted[],
): string[] {
  const keys = new Set<string>();
  const own = entities.filter(([id]) => !isCountryId(id)).slice(0, MOST_ENTITY_KEYS);
  for (const [id] of own) keys.add(id);
  for (const [key, weight] of numbers.slice(0, MOST_NUMBER_KEYS)) if (weight >= 0.7) keys.add(key);
  const countries = entities.filter(([id]) => isCountryId(id)).slice(0, 2);
  for (const [id] of countries) {
    for (const [concept] of concepts.slice(0, 2)) keys.add(`${id}+${concept}`);
    for (const day of days.slice(0, 1)) keys.add(`${id}+d:${day.slice(-5)}`);
  }
  for (const [term] of terms) {
    if (keys.size >= MOST_KEYS) break;
    keys.add(term);
  }
  return [...keys].slice(0, MOST_KEYS);
}

function round(weight: number): number {
  return Math.round(weight * 1000) / 1000;
}
