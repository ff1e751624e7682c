/** What a document says that can be compared in any language: entities, numbers, days, kinds of event, rare words. */
import type { EntityType, LinkedMention } from '@newsloom/model';
import { entityKey } from '../entities/key.ts';
import { tokenize } from '../text/index.ts';
import { conceptsIn } from './concepts.ts';
import { dayKeys } from './dates.ts';
import { type Fingerprint, fingerprint } from './fingerprint.ts';
import { numbersIn } from './numbers.ts';
import { termsIn } from './terms.ts';
import type { Weighted } from './weighted.ts';

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

/** How much an entity tells about the event, by what the shipped tables know: names in every other article tell little. */
const WEIGHT = {
  country: 0.3,
  place: 0.6,
  body: 0.55,
  knownPerson: 1,
  person: 1.5,
  organisation: 1.1,
  elsewhere: 1,
  work: 0.9,
};
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
  const entities = weighEntities(document);
  const dateSpans = mentions.filter((mention) => mention.type === 'DATE' || mention.type === 'TIME');
  const numbers = numbersIn(text, lang, dateSpans).map(({ key, weight }): Weighted => [key, weight]);
  const days = dayKeys(mentions);
  const concepts = conceptsIn(tokens, lang);
  const terms = termsIn(tokens, lang);
  return {
    lang,
    date: document.date,
    fetchedAt: document.fetchedAt,
    entities: entities.map(({ id, weight }): Weighted => [id, weight]),
    numbers,
    days,
    concepts,
    terms,
    fingerprint: fingerprint(tokens),
    keys: chooseKeys(entities, numbers, days, concepts, terms),
  };
}

/** An entity of the document: its weight, and whether it is a country. */
type Weighed = { id: string; weight: number; country: boolean };

function weighEntities({ title, mentions, lang }: StoryDocument): Weighed[] {
  const found = new Map<string, { count: number; base: number; country: boolean; lead: boolean }>();
  for (const mention of mentions) {
    const { entityId, start, text } = mention;
    if (entityId === null) continue;
    const seen = found.get(entityId);
    const lead = start < LEAD_LENGTH || title?.includes(text) === true;
    if (seen) {
      seen.count++;
      seen.lead ||= lead;
      if (seen.base === 0) seen.base = baseWeight(mention, lang).weight;
      continue;
    }
    const { weight, country } = baseWeight(mention, lang);
    found.set(entityId, { count: 1, base: weight, country, lead });
  }
  return [...found]
    .map(([id, { count, base, country, lead }]) => {
      return { id, weight: round(base * (1 + Math.log2(count)) ** 0.7 * (lead ? LEAD_FACTOR : 1)), country };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, MOST_ENTITIES);
}

/** 0 for a lone name: it means something in its own document only, unless a fuller form stands there too. */
function baseWeight({ type, text }: LinkedMention, lang: string | null): { weight: number; country: boolean } {
  const name = entityKey(type as EntityType, text, lang);
  const country = name.key.startsWith('country/');
  if (country) return { weight: WEIGHT.country, country };
  if (name.type === 'PER') return { weight: name.lone ? 0 : name.known ? WEIGHT.knownPerson : WEIGHT.person, country };
  if (name.type === 'ORG') return { weight: name.known ? WEIGHT.body : WEIGHT.organisation, country };
  if (name.type === 'LOC') return { weight: name.known ? WEIGHT.place : WEIGHT.elsewhere, country };
  return { weight: WEIGHT.work, country };
}

/** Index keys: the heaviest entities and numbers, places with the kind of event or day, and rare words for the rest. */
function chooseKeys(
  entities: Weighed[],
  numbers: Weighted[],
  days: string[],
  concepts: Weighted[],
  terms: Weighted[],
): string[] {
  const keys = new Set<string>();
  const own = entities.filter(({ country }) => !country).slice(0, MOST_ENTITY_KEYS);
  for (const { id } of own) keys.add(id);
  for (const [key, weight] of numbers.slice(0, MOST_NUMBER_KEYS)) if (weight >= 0.7) keys.add(key);
  const countries = entities.filter(({ country }) => country).slice(0, 2);
  for (const { id } of countries) {
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
