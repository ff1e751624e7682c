/** The running Newsloom that holds the embedded stores, spoken to over its API. */
import type { Settings } from '@newsloom/runtime';

/** Nothing could be asked: neither the stores nor a running Newsloom can be reached. */
export class NotRunning extends Error {
  override name = 'NotRunning';
  readonly exitCode = 69;
}

type Where = Pick<Settings, 'apiHost' | 'apiPort' | 'apiSecret' | 'dataDir'>;

const ANSWER_WITHIN_MS = 10_000;

/**
 * Asks the API of the Newsloom that has the data folder.
 * @throws NotRunning where nobody answers; Error with `exitCode` 1 and the API's own words where it refuses
 */
export async function askRunning(
  settings: Where,
  path: string,
  body?: unknown,
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE' = 'POST',
): Promise<unknown> {
  const response = await reachRunning(settings, path, body, method);
  const answer = (await response.json().catch(() => ({}))) as Refusal;
  if (!response.ok) throw refused(response, answer);
  return answer;
}

/**
 * Asks it for something long, handed on as it comes.
 * @throws as askRunning
 */
export async function* streamRunning(settings: Where, path: string): AsyncGenerator<Uint8Array> {
  const response = await reachRunning(settings, path, undefined, 'POST', null);
  if (!response.ok) throw refused(response, (await response.json().catch(() => ({}))) as Refusal);
  if (response.body) yield* response.body;
}

type Refusal = { error?: { message?: string } };

const refused = (response: Response, answer: Refusal): Error =>
  Object.assign(new Error(`the running Newsloom refuses: ${answer.error?.message ?? `status ${response.status}`}`), {
    exitCode: 1,
  });

async function reachRunning(
  settings: Where,
  path: string,
  body: unknown,
  method: string,
  withinMs: number | null = ANSWER_WITHIN_MS,
): Promise<Response> {
  const host = settings.apiHost === '0.0.0.0' || settings.apiHost === '::' ? '127.0.0.1' : settings.apiHost;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${settings.apiPort}${path}`;
  return fetch(url, {
    method: body === undefined && method !== 'DELETE' ? 'GET' : method,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(settings.apiSecret && { authorization: `Bearer ${settings.apiSecret}` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(withinMs !== null && { signal: AbortSignal.timeout(withinMs) }),
  }).catch((cause: Error) => {
    throw new NotRunning(
      `The data folder ${settings.dataDir} is in use, but no API answers at ${url}. Set NEWSLOOM_API_HOST and NEWSLOOM_API_PORT as for the running Newsloom, or wait until its crawl has ended.`,
      { cause },
    );
  });
}
