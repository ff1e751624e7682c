/** Documents: search, list, and one with all that is known of it. */
import { fold } from '@newsloom/enrich';
import type { DocumentId } from '@newsloom/model';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { spanOf } from '../dates.ts';
import { writtenBody } from '../document-body.ts';
import { ApiError } from '../errors.ts';
import {
  at,
  documentLine,
  documentPage,
  documentsAnswer,
  edge,
  idOf,
  maybeAt,
  maybeText,
  noQuery,
  pageQuery,
  refusals,
  refusalsAnd404,
  words,
} from '../schemas.ts';
import type { ApiTools } from '../tools.ts';

const mention = z.object({
  start: z.int().describe('Offset in UTF-16 code units of the body.'),
  end: z.int().describe('Offset after the last code unit.'),
  text: z.string(),
  type: z.string(),
  value: z.string().optional(),
  entityId: maybeText,
  name: maybeText.describe("The entity's name."),
});

const BODY_TYPES = {
  html: 'text/html; charset=utf-8',
  markdown: 'text/markdown; charset=utf-8',
  text: 'text/plain; charset=utf-8',
} as const;

const stretch = z.object({ start: z.int(), end: z.int() });
/** Copies listed with their original. */
const MOST_COPIES = 100;

const wholeDocument = documentLine
  .omit({ excerpt: true, marks: true, entities: true, storyDocuments: true })
  .extend({
    urlId: z.string(),
    captureId: maybeText,
    canonicalUrl: z.string(),
    dateModified: maybeText,
    agencies: z.array(z.string()),
    imageCaption: maybeText.describe('What the page says below its lead image.'),
    body: z.string(),
    description: maybeText,
    section: maybeText,
    tags: z.array(z.string()),
    provenance: z.record(z.string(), z.unknown()).describe('Per field: where its value came from.'),
    parserVersion: z.int(),
    createdAt: at,
    updatedAt: at,
    enrichedAt: maybeAt,
    clusteredAt: maybeAt,
    copies: z
      .array(
        z.object({
          id: z.string(),
          sourceId: z.string(),
          url: z.string(),
          title: maybeText,
          fetchedAt: at,
          seenAt: at,
        }),
      )
      .describe('Documents with the same text, the first seen first; at most 100.'),
    summary: z
      .array(stretch)
      .nullable()
      .describe('Sentences of the body that tell what it is about, by offsets; null before it was enriched.'),
    passages: z
      .array(stretch.extend({ lang: maybeText }))
      .nullable()
      .describe('Where the body has more than one language: its passages.'),
    goneAt: maybeAt.describe('Since when its page is gone at the publisher; null: it is served, as far as known.'),
    directives: z
      .array(z.string())
      .describe('What its publisher says about the use of the page, such as noai, tdm-reservation, ai-train=no.'),
    story: z.object({ id: z.string(), headline: z.string(), documents: z.int() }).nullable(),
    mentions: z.array(mention),
    versions: z.array(
      z.object({
        version: z.int(),
        title: maybeText,
        date: maybeText,
        authors: z.array(z.string()),
        body: z.string(),
        replacedAt: at,
      }),
    ),
  })
  .meta({ id: 'Document' });

export const documentsRoutes =
  ({ store }: ApiTools): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/documents',
      {
        schema: {
          tags: ['documents'],
          summary: 'Documents that match, best first where words are given, else newest first.',
          querystring: z.strictObject({
            q: words(0, 500)
              .optional()
              .describe(
                'Words that must all occur, with or without diacritics; "in quotes" a phrase, -word not, or either.',
              ),
            lang: words(2, 20).optional().describe('Language, such as vi.'),
            source: words(1, 300).optional(),
            entity: idOf('e').optional().describe('That mention this entity.'),
            story: idOf('s').optional(),
            copies: z
              .enum(['all', 'none'], { error: 'must be all or none' })
              .optional()
              .describe('`none` leaves out the copies of other documents.'),
            from: edge.describe('Dated from the start of this year, month or day on (UTC).'),
            to: edge.describe('Dated up to the end of this year, month or day (UTC).'),
            ...pageQuery,
          }),
          response: { 200: documentPage, ...refusals },
        },
      },
      async ({ query }) => {
        const { limit, offset } = query;
        const found = await store.documents.list({
          words: query.q === undefined ? undefined : fold(query.q),
          sourceId: query.source,
          lang: query.lang,
          entityId: query.entity,
          storyId: query.story,
          from: query.from && spanOf(query.from)?.start,
          to: query.to && spanOf(query.to)?.end,
          copies: query.copies !== 'none',
          limit,
          offset,
        });
        return documentsAnswer(found, { limit, offset, words: query.q });
      },
    );

    app.get(
      '/api/documents/:id/body',
      {
        schema: {
          tags: ['documents'],
          summary: 'The body of a document alone: as HTML of a few harmless elements, as Markdown, or as plain text.',
          params: z.strictObject({ id: idOf('d') }),
          querystring: z.strictObject({
            format: z.enum(['html', 'markdown', 'text'], { error: 'must be html, markdown or text' }).default('html'),
          }),
          response: { 200: z.unknown().describe('The body.'), ...refusalsAnd404 },
        },
      },
      async ({ params, query }, reply) => {
        const written = await writtenBody(store, params.id as DocumentId, query.format);
        if (written === null) throw new ApiError(404, 'unknown-document', `There is no document ${params.id}.`);
        // Nothing in it may run or be fetched, whatever a browser makes of it.
        return reply
          .header('content-security-policy', "default-src 'none'; sandbox")
          .type(BODY_TYPES[query.format])
          .send(Buffer.from(written));
      },
    );

    app.get(
      '/api/documents/:id',
      {
        schema: {
          tags: ['documents'],
          summary: 'One document with its mentions, the origin of its fields, and its former versions.',
          params: z.strictObject({ id: idOf('d') }),
          querystring: noQuery,
          response: { 200: wholeDocument, ...refusalsAnd404 },
        },
      },
      async ({ params }) => {
        const id = params.id as DocumentId;
        const document = await store.documents.find(id);
        if (!document) throw new ApiError(404, 'unknown-document', `There is no document ${id}.`);
        const [story, mentions, copies, versions] = await Promise.all([
          document.storyId && store.stories.find(document.storyId),
          store.entities.ofDocument(id),
          store.duplicates.copies(id, MOST_COPIES),
          store.documents.versions(id),
        ]);
        return { ...document, story, mentions, copies, versions };
      },
    );
  };
