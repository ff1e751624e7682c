/** Source: a container, started by testcontainers where a Docker engine answers. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { whenAnswers } from './answers.ts';
import { type EngineAddress, findEngine } from './docker-engine.ts';
import type { Attempt, ServerKind } from './source.ts';

const LABEL = 'newsloom.testkit.run';

/** Pulling an image over a slow line and starting it. */
const START_MS = 300_000;

/** From the log line that says a server is ready to its first answer. */
const ANSWER_MS = 10_000;

type Recipe = {
  image: string;
  /** The variable that names another image, to try another version. */
  imageVariable: string;
  port: number;
  command: string[];
  environment: Record<string, string>;
  /** The log line that means it is ready, and how often it must have come. */
  ready: [RegExp, number];
  url(host: string, port: number): string;
};

const RECIPES: Record<ServerKind, Recipe> = {
  redis: {
    image: 'redis:7-bookworm',
    imageVariable: 'TEST_REDIS_IMAGE',
    port: 6379,
    command: ['redis-server', '--databases', '256', '--save', '', '--maxmemory-policy', 'noeviction'],
    environment: {},
    ready: [/Ready to accept connections/, 1],
    url: (host, port) => `redis://${host}:${port}`,
  },
  postgres: {
    image: 'postgres:17',
    imageVariable: 'TEST_POSTGRES_IMAGE',
    port: 5432,
    command: ['postgres', '-c', 'fsync=off', '-c', 'max_connections=200'],
    environment: {
      POSTGRES_USER: 'newsloom',
      POSTGRES_PASSWORD: 'newsloom',
      POSTGRES_DB: 'newsloom',
      // The order of rows must not depend on where the server comes from: what the other sources use.
      POSTGRES_INITDB_ARGS: '--locale=C.UTF-8',
    },
    // The image starts Postgres once to set it up and then again to serve.
    ready: [/database system is ready to accept connections/, 2],
    url: (host, port) => `postgres://newsloom:newsloom@${host}:${port}/newsloom`,
  },
};

/** A server in a container of its own. Says no where no engine answers or the image cannot be had. */
export async function fromDocker(kind: ServerKind, env: NodeJS.ProcessEnv): Promise<Attempt> {
  const engine = await findEngine(env);
  if (!engine) return { no: 'no Docker engine answers' };
  const { port, command, environment, ready, url, ...recipe } = RECIPES[kind];
  const image = env[recipe.imageVariable] || recipe.image;

  // Our keeper does what Ryuk does, without a second image and a privileged container.
  process.env.TESTCONTAINERS_RYUK_DISABLED ??= 'true';
  const { GenericContainer, Wait } = await import('testcontainers');
  const run = randomUUID();
  const keeper = keep(engine, `${LABEL}=${run}`);
  try {
    const container = await new GenericContainer(image)
      .withLabels({ [LABEL]: run })
      .withCommand(command)
      .withEnvironment(environment)
      .withExposedPorts(port)
      .withWaitStrategy(Wait.forLogMessage(...ready))
      .withStartupTimeout(START_MS)
      .start();
    const answering = await firstThatAnswers(
      kind,
      [...new Set([container.getHost(), '127.0.0.1'])].map((host) => url(host, container.getMappedPort(port))),
    );
    const stop = async (): Promise<void> => {
      await container.stop({ timeout: 0 });
      await release(keeper);
    };
    return { url: answering, from: `testcontainers (${image})`, stop: onlyOnce(stop) };
  } catch (error) {
    await release(keeper);
    return { no: `Docker answers, but ${image} could not be started (${firstLine(error)})` };
  }
}

/** A container's port is reached at the engine's host, or on loopback where the tests share its network. */
async function firstThatAnswers(kind: ServerKind, urls: string[]): Promise<string> {
  return Promise.any(urls.map((url) => whenAnswers(kind, url, ANSWER_MS).then(() => url)));
}

function keep(engine: EngineAddress, label: string): ChildProcess {
  const script = fileURLToPath(new URL('docker-keeper.ts', import.meta.url));
  const keeper = spawn(process.execPath, [script, JSON.stringify(engine), label], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  keeper.unref();
  return keeper;
}

async function release(keeper: ChildProcess): Promise<void> {
  if (keeper.exitCode !== null || keeper.signalCode !== null) return;
  const gone = once(keeper, 'exit');
  keeper.ref();
  keeper.stdin?.end();
  await gone;
}

function onlyOnce(act: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= act();
    return done;
  };
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (text.split('\n')[0] ?? '').slice(0, 200);
}
