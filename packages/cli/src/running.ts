/** The running Newsloom that holds the embedded stores, spoken to over its API. */
import type { Settings } from '@newsloom/runtime';

/** Nothing could be asked: neither the stores nor a running Newsloom can be reached. */
export class NotRunning extends Error {
  override name = 'NotRunning';
  readonly exitCode = 69;
}

const ANSWER_WITHIN_MS = 10_000;

/**
 * Asks the API of the Newsloom that has the data folder.
 * @throws NotRunning where nobody answers; Error with `exitCode` 1 and the API's own words where it refuses
 */
export async function askRunning(
  settings: Pick<Settings, 'apiHost' | 'apiPort' | 'apiSecret' | 'dataDir'>,
  path: string,
  body?: unknown,
): Promise<unknown> {
  const host = settings.apiHost === '0.0.0.0' || settings.apiHost === '::' ? '127.0.0.1' : settings.apiHost;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${settings.apiPort}${path}`;
  const response = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(settings.apiSecret && { authorization: `Bearer ${settings.apiSecret}` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  }).catch((cause: Error) => {
    throw new NotRunning(
      `The data folder ${settings.dataDir} is in use, but no API answers at ${url}. Set NEWSLOOM_API_HOST and NEWSLOOM_API_PORT as for the running Newsloom, or wait until its crawl has ended.`,
      { cause },
    );
  });
  const answer = (await response.json().catch(() => ({}))) as { error?: { message?: string } };
  if (!response.ok) {
    throw Object.assign(
      new Error(`the running Newsloom refuses: ${answer.error?.message ?? `status ${response.status}`}`),
      {
        exitCode: 1,
      },
    );
  }
  return answer;
}
