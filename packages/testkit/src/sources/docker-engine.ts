/** Talks to a Docker engine over its HTTP API: just enough to see that it answers and to remove containers. */
import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where an engine listens. */
export type EngineAddress = { socketPath: string } | { host: string; port: number };

/** An engine that is there answers `/_ping` in milliseconds. */
const PING_MS = 2_000;

/** Where an engine may listen, most explicit first (docker.com: DOCKER_HOST, the default, rootless, Docker Desktop). */
export function engineAddresses(env: NodeJS.ProcessEnv, home: string, uid: number | undefined): EngineAddress[] {
  if (env.DOCKER_HOST) {
    const url = new URL(env.DOCKER_HOST);
    if (url.protocol === 'unix:') return [{ socketPath: url.pathname }];
    return [{ host: url.hostname, port: Number(url.port || 2375) }];
  }
  return [
    '/var/run/docker.sock',
    env.XDG_RUNTIME_DIR ? join(env.XDG_RUNTIME_DIR, 'docker.sock') : undefined,
    uid === undefined ? undefined : `/run/user/${uid}/docker.sock`,
    join(home, '.docker/run/docker.sock'),
    join(home, '.docker/desktop/docker.sock'),
  ].flatMap((socketPath) => (socketPath ? [{ socketPath }] : []));
}

/** The engine that answers, or undefined; takes milliseconds where there is none. */
export async function findEngine(env: NodeJS.ProcessEnv): Promise<EngineAddress | undefined> {
  for (const address of engineAddresses(env, homedir(), process.getuid?.())) {
    if ('socketPath' in address && !existsSync(address.socketPath)) continue;
    const answer = await ask(address, 'GET', '/_ping').catch(() => undefined);
    if (answer?.status === 200) return address;
  }
  return undefined;
}

/** Removes all containers that carry a label, running or not, with their volumes. */
export async function removeLabelled(address: EngineAddress, label: string): Promise<void> {
  const filters = encodeURIComponent(JSON.stringify({ label: [label] }));
  const { body } = await ask(address, 'GET', `/containers/json?all=1&filters=${filters}`);
  const containers = JSON.parse(body) as { Id: string }[];
  for (const { Id } of containers) await ask(address, 'DELETE', `/containers/${Id}?force=1&v=1`, 30_000);
}

function ask(
  address: EngineAddress,
  method: string,
  path: string,
  timeoutMs = PING_MS,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const call = request({ ...address, method, path, signal: AbortSignal.timeout(timeoutMs) }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      response.on('error', reject);
    });
    call.on('error', reject);
    call.end();
  });
}
