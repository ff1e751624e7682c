/** Asking a loopback server, as the tests of the egress do. */
import { type EgressOptions, type GetOptions, openEgress } from '../egress.ts';
import { HttpError } from '../errors.ts';
import { type Handler, serve } from './hostile-server.ts';

const LOOPBACK = ['127.0.0.0/8', '::1/128'];
/** An egress that may ask loopback. */
export const openTestEgress = (options: Partial<EgressOptions> = {}) =>
  openEgress({ userAgent: 'TestBot/1.0', allowPrivate: LOOPBACK, ...options });

/** Fetches `path` from a server with these routes. */
export async function fetchFrom(
  routes: Record<string, Handler>,
  path: string,
  ask: GetOptions = {},
  options: Partial<EgressOptions> = {},
) {
  await using server = await serve(routes);
  await using egress = openTestEgress(options);
  return { response: await egress.get(server.url + path, ask), server };
}

/** The code that fetching `url` ends with. */
export async function codeFor(url: string, ask: GetOptions = {}, options: Partial<EgressOptions> = {}) {
  await using egress = openTestEgress(options);
  const error = await egress.get(url, ask).then(
    (response) => `answered ${response.status}`,
    (cause: unknown) => cause,
  );
  return error instanceof HttpError ? error.code : error;
}

/** Answers 200 with a body. */
export const send =
  (body: string | Uint8Array, headers: Record<string, string> = {}): Handler =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html', ...headers }).end(body);
  };
/** Answers with a redirect. */
export const redirect =
  (location: string, status = 302): Handler =>
  (_request, response) => {
    response.writeHead(status, { location }).end();
  };
