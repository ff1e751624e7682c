/** Shapes of what the API says of entities. */
import { z } from 'zod';
import { at, documentPage, maybeAt, maybeText } from './schemas.ts';

/** An entity in a list. */
export const entity = z
  .object({
    id: z.string(),
    type: z.string(),
    name: z.string(),
    wikidata: maybeText.describe('Its number in Wikidata, where an import said it.'),
    documents: z.int().describe('Documents that mention it.'),
    firstSeen: at,
    lastSeen: at,
  })
  .meta({ id: 'Entity' });

const named = z.object({ id: z.string(), name: z.string() });

/** What a person decided. */
export const decision = z
  .object({
    id: z.int(),
    what: z.enum(['merge', 'split']),
    entity: named.describe('The one that went, or lost mentions.'),
    other: named.describe('The one that stands for it, or got them.'),
    names: z.array(z.string()),
    documents: z.array(z.string()),
    why: maybeText,
    via: z.string(),
    by: z.string(),
    at,
    undone: z.object({ by: z.string(), why: maybeText, at: z.coerce.date() }).nullable(),
  })
  .meta({ id: 'EntityDecision' });

const role = z
  .object({
    office: z.string().describe('The same word in every language.'),
    role: z.string().describe('As documents write it most often.'),
    body: named.nullable(),
    documents: z.int(),
    firstSaid: at,
    lastSaid: at,
    evidence: z.object({ documentId: z.string(), start: z.int(), title: maybeText }),
  })
  .meta({ id: 'EntityRole' });

const holder = named.extend({ office: z.string(), role: z.string(), documents: z.int(), firstSaid: at, lastSaid: at });

/** All that is known of an entity. */
export const wholeEntity = entity
  .extend({
    key: z.string(),
    firstSaid: maybeAt.describe('Date of the earliest document that names it.'),
    lastSaid: maybeAt,
    names: z.array(
      z.object({ name: z.string(), lang: maybeText, source: z.string(), confidence: z.number(), addedAt: at }),
    ),
    roles: z.array(role),
    holders: z.array(holder).describe('Persons said to hold an office in it.'),
    stories: z.array(z.object({ id: z.string(), headline: z.string(), documents: z.int(), lastSaid: at })),
    decisions: z.array(decision),
    documentPage,
  })
  .meta({ id: 'EntityWithDocuments' });

/** The answer for an entity that was merged into another. */
export const mergedAway = z.object({ id: z.string(), mergedInto: z.string() }).meta({ id: 'MergedEntity' });

/** One step of a timeline. */
export const timelineStep = z.object({
  start: z.string().describe('Its first day, such as 2026-03-01.'),
  documents: z.int(),
});

/** Another entity of the same documents. */
export const partner = z
  .object({
    id: z.string(),
    type: z.string(),
    name: z.string(),
    together: z.int().describe('Documents read for this that name both.'),
    documents: z.int(),
    score: z.number(),
    lastTogether: at,
  })
  .meta({ id: 'RelatedEntity' });
