/** The API service: documents, stories, seeds and the dashboards over HTTP. */
import type { AddressInfo } from 'node:net';
import { listenRefusal } from './access.ts';
import { buildApp } from './app.ts';
import { ApiStartError } from './errors.ts';
import type { ApiTools } from './tools.ts';

export { ApiStartError } from './errors.ts';
export { explainTrace } from './trace-sentences.ts';

export type ApiOptions = ApiTools;

export type Api = {
  /** Where it listens, such as `http://127.0.0.1:3000`. */
  address: string;
  /** Ends streams and running requests; store, queues and carrier stay open. */
  close(): Promise<void>;
};

/** What to do about a socket that cannot be opened. */
const LISTEN_ADVICE: Record<string, string> = {
  EADDRINUSE: 'the port is taken. Stop what listens there, or set NEWSLOOM_API_PORT to another one (0: any free one)',
  EACCES: 'the system does not allow it. Set NEWSLOOM_API_PORT to 1024 or more',
  EADDRNOTAVAIL: 'this machine has no such address. Correct NEWSLOOM_API_HOST',
  ENOTFOUND: 'no such name is known. Correct NEWSLOOM_API_HOST',
};

/**
 * Starts to listen.
 * @throws ApiStartError `public-without-secret` (exit code 78) or `cannot-listen` (69), with a sentence that says what to do
 */
export async function openApi(options: ApiOptions): Promise<Api> {
  const { apiHost, apiPort } = options.settings;
  const refusal = listenRefusal(options.settings);
  if (refusal !== null) throw new ApiStartError('public-without-secret', refusal, 78);
  const app = await buildApp(options);
  try {
    await app.listen({ host: apiHost.replace(/^\[(.*)\]$/, '$1'), port: apiPort });
  } catch (cause) {
    await app.close();
    const { code = '', message } = cause as NodeJS.ErrnoException;
    throw new ApiStartError(
      'cannot-listen',
      `The API cannot listen on ${apiHost}, port ${apiPort}: ${LISTEN_ADVICE[code] ?? message}.`,
      69,
      { cause },
    );
  }
  const { address, family, port } = app.server.address() as AddressInfo;
  const url = `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
  options.log.info({ address: url }, 'the API listens');
  return { address: url, close: () => app.close() };
}
