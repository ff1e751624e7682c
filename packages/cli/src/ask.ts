/** Asks the API: of the Newsloom that has the stores open, or without a socket on the stores themselves. */
import { buildApp } from '@newsloom/api/app';
import { openLog, readSettings, VERSION } from '@newsloom/runtime';
import { openContext } from '@newsloom/service';
import { StoreError } from '@newsloom/store';
import { askRunning } from './running.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The API's answer to one request; with a body it is a POST, unless told otherwise.
 * @throws Error with `exitCode` 1 and the API's own words where it refuses; as openContext and askRunning
 */
export async function ask<Answer>(
  env: Environment,
  path: string,
  body?: object,
  method: 'POST' | 'PUT' = 'POST',
): Promise<Answer> {
  const settings = readSettings({ ...env, ...(!env.NEWSLOOM_LOG_LEVEL && { NEWSLOOM_LOG_LEVEL: 'error' }) });
  const log = openLog(settings.logLevel, 'cli');
  let context: Awaited<ReturnType<typeof openContext>>;
  try {
    context = await openContext(settings, log);
  } catch (error) {
    if (!(error instanceof StoreError && error.code === 'in-use')) throw error;
    return (await askRunning(settings, path, body, method)) as Answer;
  }
  // Nobody else can reach an app without a socket: no secret is needed.
  const app = await buildApp({ ...context, settings: { ...settings, apiSecret: null }, version: VERSION });
  try {
    const response = await app.inject({
      method: body === undefined ? 'GET' : method,
      url: path,
      headers: { host: 'localhost' },
      ...(body !== undefined && { payload: body }),
    });
    const answer = response.json() as { error?: { message?: string } };
    if (response.statusCode >= 400) {
      throw Object.assign(new Error(answer.error?.message ?? `status ${response.statusCode}`), { exitCode: 1 });
    }
    return answer as Answer;
  } finally {
    await app.close();
    await context.close();
    log.flush();
  }
}
