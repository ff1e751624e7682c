/** One URL: where is it, and why? */
import { canonicalize } from '@newsloom/frontier';
import { urlIdOf } from '@newsloom/model';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ApiError } from '../errors.ts';
import { refusals, words } from '../schemas.ts';
import type { ApiTools } from '../tools.ts';
import { explainTrace } from '../trace-sentences.ts';
import { explainTrap } from '../trap-sentences.ts';

const facts = z.record(z.string(), z.unknown());

const traceAnswer = z
  .object({
    url: z.string().describe('The address in its canonical form.'),
    urlId: z.string(),
    known: z.boolean(),
    says: z.array(z.string()).describe('Where it is and why, in sentences; the state first.'),
    facts: facts.nullable().describe('All facts about the address; null where it is not known.'),
  })
  .meta({ id: 'Trace' });

export const traceRoutes =
  ({ store, now }: ApiTools): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/trace',
      {
        schema: {
          tags: ['trace'],
          summary: 'Where an address is, and why.',
          querystring: z.strictObject({ url: words(1, 8192) }),
          response: { 200: traceAnswer, ...refusals },
        },
      },
      async ({ query }) => {
        const spellings = spellingsOf(query.url);
        for (const url of spellings) {
          const urlId = urlIdOf(url);
          const trace = await store.trace(urlId);
          if (trace) return { url, urlId, known: true, says: explainTrace(trace, now()), facts: trace };
        }
        const [url] = spellings;
        if (url === undefined) {
          throw new ApiError(400, 'bad-url', 'Query parameter "url" must be an http or https address.');
        }
        return {
          url,
          urlId: urlIdOf(url),
          known: false,
          says: [...explainTrace(null, now()), ...explainTrap(url, now())],
          facts: null,
        };
      },
    );
  };

/** `https:`, `mailto:`, but not the port of `localhost:3000`. */
const SCHEME = /^[a-z][a-z0-9+.-]*:(?!\d)/i;

/** The canonical forms an address may be known under: one typed without its scheme is looked for under both. */
function spellingsOf(text: string): string[] {
  const given = SCHEME.test(text) ? [text] : [`https://${text}`, `http://${text}`];
  return given.map((it) => canonicalize(it)).filter((url) => url !== null);
}
