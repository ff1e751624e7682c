/** Stands before every route: refuses strangers, and tells browsers what a page of ours may do. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { carriesSecret, isForeignWrite, isLoopbackHostHeader } from './access.ts';
import { errorBody } from './errors.ts';

/** The one route that answers without the secret: a load balancer's question whether the process lives. */
const OPEN_ROUTE = '/health';

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
    reply.headers(securityHeaders(request.url.split('?', 1)[0] ?? ''));
    const refused = refusal(request, apiSecret);
    if (refused === null) return;
    // Answered here and not thrown: Bull Board's own error handler would make a 500 of it.
    if (refused.status === 401) reply.header('www-authenticate', 'Basic realm="Newsloom", charset="UTF-8"');
    return reply.status(refused.status).send(errorBody(refused.code, refused.message));
  });
}

/** Why a request is refused, or null. */
function refusal({ method, headers, routeOptions }: FastifyRequest, apiSecret: string | null) {
  if (apiSecret === null && !isLoopbackHostHeader(headers.host)) {
    return {
      status: 403,
      code: 'foreign-host',
      message:
        'Without NEWSLOOM_API_SECRET this API answers only to localhost, 127.0.0.1 and [::1]. Ask for one of these, or set the secret.',
    };
  }
  const fetchSite = [headers['sec-fetch-site']].flat()[0];
  if (isForeignWrite({ method, host: headers.host, origin: headers.origin, fetchSite })) {
    return { status: 403, code: 'foreign-origin', message: 'A page of another origin may not change anything here.' };
  }
  if (apiSecret !== null && routeOptions.url !== OPEN_ROUTE && !carriesSecret(headers.authorization, apiSecret)) {
    return {
      status: 401,
      code: 'no-secret',
      message: 'Send NEWSLOOM_API_SECRET as "Authorization: Bearer SECRET", or as the password of any user name.',
    };
  }
  return null;
}
