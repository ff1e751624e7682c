/** Parts that the routes' schemas share: pages, ids, times. */

import { excerptOf } from '@newsloom/enrich';
import type { DocumentsFound } from '@newsloom/store';
import { z } from 'zod';
import { spanOf } from './dates.ts';
import { errorAnswer } from './errors.ts';

/** Most items one answer lists. */
const MAX_LIMIT = 100;
/** Deeper paging costs the store more than it is worth: narrow the question instead. */
const MAX_OFFSET = 100_000;

/** A whole number in a query. */
export const wholeNumber = (low: number, high: number) => {
  const error = `must be a whole number between ${low} and ${high}`;
  return z.coerce.number({ error }).int({ error }).min(low, { error }).max(high, { error });
};

/** A word or name in a query; how many characters it may have. */
export const words = (low: number, high: number) => {
  const error = `must have between ${low} and ${high} characters`;
  return z
    .string({ error: 'must be given once' })
    .trim()
    .min(low, { error })
    .max(high, { error })
    .refine(isStorable, { error: 'must not hold NUL characters or halves of characters' });
};

/** True for text that a database and JSON can hold: no NUL, no lone surrogate. */
export const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

/** Query parameters of a list. */
export const pageQuery = {
  limit: wholeNumber(1, MAX_LIMIT).default(20).describe('Items at most.'),
  offset: wholeNumber(0, MAX_OFFSET).default(0).describe('Items skipped.'),
};

/** For routes without query parameters: a misspelt one is refused, not ignored. */
export const noQuery = z.strictObject({});

/** One page of a list; `more` says whether there is a next one. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), limit: z.int(), offset: z.int(), more: z.boolean() });

/** One page out of `limit + 1` rows. */
export function pageFrom<T>(rows: T[], { limit, offset }: { limit: number; offset: number }) {
  return { items: rows.slice(0, limit), limit, offset, more: rows.length > limit };
}

/** An id that begins with `prefix`, as the store makes them. */
export const idOf = (prefix: string) =>
  z.string().regex(new RegExp(`^${prefix}[0-9a-f]{8,64}$`), {
    error: `must be "${prefix}" followed by hexadecimal digits`,
  });

export const at = z.date();
export const maybeAt = z.date().nullable();
export const maybeText = z.string().nullable();

/** Answers that every route may give beside its own. */
export const refusals = { 400: errorAnswer, 401: errorAnswer, 403: errorAnswer, 503: errorAnswer };
export const refusalsAnd404 = { ...refusals, 404: errorAnswer };

/** A document in a list. */
export const documentLine = z
  .object({
    id: z.string(),
    sourceId: z.string(),
    url: z.string(),
    title: maybeText,
    date: maybeText.describe('ISO 8601, only as exact as known: 2024-04, 2015-04-13, 2015-04-13T21:07:00+07:00.'),
    datePrecision: maybeText,
    authors: z.array(z.string()),
    lang: maybeText,
    image: maybeText,
    storyId: maybeText,
    storyDocuments: z.int().describe('Documents of its story, itself included; 0 without one.'),
    fetchedAt: at,
    version: z.int(),
    copyOf: maybeText.describe('The document of which this is a copy.'),
    keywords: z.array(z.string()).describe('Phrases it is about.'),
    excerpt: z.string(),
    marks: z
      .array(z.tuple([z.int(), z.int()]))
      .describe('Where the words searched for stand in the excerpt: offsets in UTF-16 code units, end exclusive.'),
    entities: z.array(z.object({ id: z.string(), type: z.string(), name: z.string() })),
  })
  .meta({ id: 'DocumentLine' });

export const documentPage = pageOf(documentLine).extend({
  total: z.int().describe('Documents that match; counted to 10,000.'),
  exact: z.boolean().describe('False where there are more than the total says.'),
});

/** A page of documents, with the words around a search hit marked. */
export function documentsAnswer(
  { items, total, exact }: DocumentsFound,
  { limit, offset, words }: { limit: number; offset: number; words?: string | undefined },
) {
  return {
    items: items.map(({ text, ...it }) => {
      const { text: excerpt, marks } =
        text === undefined || !words ? { text: it.excerpt, marks: [] } : excerptOf(text, words);
      return { ...it, excerpt, marks };
    }),
    limit,
    offset,
    more: !exact || offset + items.length < total,
    total,
    exact,
  };
}

/** The edge of a span of time in a query. */
export const edge = z
  .string()
  .refine((text) => spanOf(text) !== null, {
    error: 'must be a year, a month, a day, or an instant with its zone, such as 2024, 2024-02, 2024-02-29',
  })
  .optional();
