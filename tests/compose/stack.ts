/** The compose stack under a name of its own, as this proof drives it: docker commands, the API, waiting. */
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const POLL_MS = 250;
/** Longest time the stack may take to come down, in milliseconds; not part of the proof's own deadline. */
const DOWN_WITHIN_MS = 60_000;

export type Stack = {
  /** Runs `docker ...`; answers with its stdout. @throws Error that carries its stderr */
  docker(...args: string[]): Promise<string>;
  /** Runs `docker compose ...` on the stack. */
  compose(...args: string[]): Promise<string>;
  /** Runs a program in a running service. */
  inside(service: string, ...command: string[]): Promise<string>;
  /** Container ids of a service, running ones first. */
  containers(service: string): Promise<string[]>;
  /** Asks the API with the secret the stack made. */
  ask<T>(path: string, body?: unknown): Promise<T>;
  /** Status of an answer to a request without the secret. */
  statusWithoutSecret(path: string): Promise<number>;
  /** Polls until an answer is given. @throws Error with `what` when the proof's time is over */
  until<T>(what: string, look: () => Promise<T | null | false | undefined>): Promise<T>;
  /** Takes everything of the stack away, its volumes too. */
  down(): Promise<void>;
};

/**
 * Prepares a stack; nothing is started yet.
 * @param deadline ends every command and every wait
 * @param more settings of this stack, `COMPOSE_PROFILES` among them
 */
export async function openStack(
  project: string,
  subnet: string,
  deadline: AbortSignal,
  more: Record<string, string> = {},
): Promise<Stack> {
  const port = await freePort();
  const api = `http://127.0.0.1:${port}`;
  const env = {
    ...process.env,
    COMPOSE_PROJECT_NAME: project,
    COMPOSE_PROFILES: 'sample',
    SAMPLE_SUBNET: subnet,
    NEWSLOOM_ALLOW_PRIVATE: subnet,
    NEWSLOOM_API_PORT: String(port),
    // A proof of what the file says, not of what somebody's environment adds.
    NEWSLOOM_API_SECRET: '',
    NEWSLOOM_HOST_DELAY_MS: '1000',
    NEWSLOOM_PROXY: '',
    ...more,
  };
  const docker = (args: string[], signal: AbortSignal) => run('docker', args, env, signal);
  const compose = (...args: string[]) => docker(['compose', ...args], deadline);
  let secret: string | null = null;
  const headers = async () => {
    secret ??= (await compose('exec', '-T', 'api', 'cat', '/run/newsloom/api-secret')).trim();
    return { authorization: `Bearer ${secret}` };
  };
  return {
    docker: (...args) => docker(args, deadline),
    compose,
    inside: (service, ...command) => compose('exec', '-T', service, ...command),
    containers: async (service) => (await compose('ps', '-q', service)).split('\n').filter(Boolean),
    async ask<T>(path: string, body?: unknown) {
      const response = await fetch(api + path, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { ...(await headers()), ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: deadline,
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${path} answers ${response.status}: ${text.slice(0, 300)}`);
      return (response.headers.get('content-type')?.startsWith('application/json') ? JSON.parse(text) : text) as T;
    },
    statusWithoutSecret: async (path) => (await fetch(api + path, { signal: deadline })).status,
    async until(what, look) {
      for (;;) {
        const seen = await look().catch(() => null);
        if (seen) return seen;
        await sleep(POLL_MS, undefined, { signal: deadline }).catch(() => {
          throw new Error(`not in time: ${what}`);
        });
      }
    },
    async down() {
      await docker(['compose', 'down', '-v', '--remove-orphans', '-t', '5'], AbortSignal.timeout(DOWN_WITHIN_MS));
    },
  };
}

function run(program: string, args: string[], env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: ROOT, env, signal, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.on('error', (error) => reject(new Error(`${program} ${args.join(' ')}: ${error.message}`)));
    child.on('close', (code) => {
      if (code === 0) resolve(out);
      else reject(new Error(`${program} ${args.join(' ')} ended with ${code}: ${(err || out).slice(-1500)}`));
    });
  });
}

/** A port nobody listens on now. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
