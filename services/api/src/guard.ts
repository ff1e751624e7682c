/** Stands before every route: refuses strangers, and tells browsers what a page of ours may do. */
import type { FastifyInstance } from 'fastify';
import { carriesSecret, isForeignWrite, isLoopbackHostHeader } from './access.ts';
import { ApiError } from './errors.ts';

/** The one address that answers without the secret: a load balancer's question whether the process lives. */
const OPEN_PATH = '/health';

/** Nothing but our own files; the pages have no inline script or style. */
const OWN_PAGES =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/** Bull Board and Swagger UI style their elements inline, and Bull Board has a <base>. */
const BORROWED_PAGES =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; " +
  "connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";
const BORROWED_PATH = /^\/(?:queues|api\/docs)(?:\/|$)/;

/** Headers of every answer, by the path asked for. */
export const securityHeaders = (path: string): Record<string, string> => ({
  'content-security-policy': BORROWED_PATH.test(path) ? BORROWED_PAGES : OWN_PAGES,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
});

/** Puts the guard before every route of the app, whoever registers it. */
export function guard(app: FastifyInstance, { apiSecret }: { apiSecret: string | null }): void {
  app.addHook('onRequest', async (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '';
    reply.headers(securityHeaders(path));
    const { host, origin, authorization } = request.headers;
    if (apiSecret === null && !isLoopbackHostHeader(host)) {
      throw new ApiError(
        403,
        'foreign-host',
        'Without NEWSLOOM_API_SECRET this API answers only to localhost, 127.0.0.1 and [::1]. Ask for one of these, or set the secret.',
      );
    }
    const fetchSite = request.headers['sec-fetch-site'];
    if (
      isForeignWrite({
        method: request.method,
        host,
        origin,
        fetchSite: Array.isArray(fetchSite) ? fetchSite[0] : fetchSite,
      })
    ) {
      throw new ApiError(403, 'foreign-origin', 'A page of another origin may not change anything here.');
    }
    if (apiSecret !== null && path !== OPEN_PATH && !carriesSecret(authorization, apiSecret)) {
      reply.header('www-authenticate', 'Basic realm="Newsloom", charset="UTF-8"');
      throw new ApiError(
        401,
        'no-secret',
        'Send NEWSLOOM_API_SECRET as "Authorization: Bearer SECRET", or as the password of any user name.',
      );
    }
  });
}
