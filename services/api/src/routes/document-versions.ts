/** Versions of a document, and what changed between two. */
import type { DocumentId } from '@newsloom/model';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { diffVersions, listVersions } from '../document-versions.ts';
import { ApiError } from '../errors.ts';
import { idOf, maybeAt, maybeText, noQuery, refusalsAnd404, wholeNumber } from '../schemas.ts';
import type { ApiTools } from '../tools.ts';

const MOST_VERSIONS = 1_000_000;

const version = z
  .object({
    version: z.int(),
    title: maybeText,
    date: maybeText,
    authors: z.array(z.string()),
    words: z.int().describe('Words of its text.'),
    captureId: maybeText.describe('The capture it was read out of.'),
    replacedAt: maybeAt.describe('Until when it stood; null: it is the one that stands.'),
  })
  .meta({ id: 'DocumentVersion' });

const parts = z.array(
  z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() }).meta({ id: 'DiffPart' }),
);

const diff = z
  .object({
    id: z.string(),
    from: z.int(),
    to: z.int(),
    title: parts.nullable().describe('Null where it did not change, as for all fields.'),
    date: z.object({ before: maybeText, after: maybeText }).nullable(),
    authors: z.object({ before: z.array(z.string()), after: z.array(z.string()) }).nullable(),
    body: z.array(parts).describe('Paragraphs in the order of reading, each as runs of text.'),
    added: z.int().describe('Words added to the text.'),
    removed: z.int().describe('Words removed from it.'),
  })
  .meta({ id: 'DocumentDiff' });

const params = z.strictObject({ id: idOf('d') });
const unknown = (id: string) => new ApiError(404, 'unknown-document', `There is no document ${id}.`);
const number = wholeNumber(1, MOST_VERSIONS).optional();

export const documentVersionsRoutes =
  ({ store }: ApiTools): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/documents/:id/versions',
      {
        schema: {
          tags: ['documents'],
          summary: 'The versions of a document, newest first, without their texts.',
          params,
          querystring: noQuery,
          response: { 200: z.object({ id: z.string(), versions: z.array(version) }), ...refusalsAnd404 },
        },
      },
      async ({ params: { id } }) => {
        const versions = await listVersions(store, id as DocumentId);
        if (!versions) throw unknown(id);
        return { id, versions };
      },
    );

    app.get(
      '/api/documents/:id/diff',
      {
        schema: {
          tags: ['documents'],
          summary: 'What changed from one version of a document to another, word by word.',
          params,
          querystring: z.strictObject({
            to: number.describe('The later version; default: the one that stands.'),
            from: number.describe('The earlier version; default: the one before.'),
          }),
          response: { 200: diff, ...refusalsAnd404 },
        },
      },
      async ({ params: { id }, query }) => {
        const found = await diffVersions(store, id as DocumentId, query.to ?? null, query.from ?? null);
        if (!found) throw unknown(id);
        if ('missing' in found) {
          const only = found.latest === 1 ? 'It has one version only.' : `Its versions are 1 to ${found.latest}.`;
          throw new ApiError(404, 'unknown-version', `Document ${id} has no version ${found.missing}. ${only}`);
        }
        return found;
      },
    );
  };
