/** What the doctor looks at: one check each, answered with a sentence. */
import { access, constants, mkdir, statfs } from 'node:fs/promises';
import { resolve } from 'node:path';
import zlib from 'node:zlib';
import { redisCarrier } from '@newsloom/queue';
import type { Settings } from '@newsloom/runtime';
import { lockFolder, openPostgresStore, StoreError } from '@newsloom/store';

export type Finding = { check: string; state: 'ok' | 'warn' | 'fail'; says: string };

const LEAST_NODE_MAJOR = 24;
/** BullMQ asks for 6.2 at least. */
const LEAST_REDIS = [6, 2] as const;
const GB = 1024 ** 3;
const LEAST_FREE_BYTES = 1 * GB;
const LITTLE_FREE_BYTES = 5 * GB;

/** All checks, in the order in which they are shown. */
export const CHECKS: ((settings: Settings) => Promise<Finding> | Finding)[] = [
  checkNode,
  checkDecoder,
  checkRedis,
  checkStore,
  checkDisk,
  checkNetwork,
  checkUserAgent,
  checkApi,
];

function checkNode(): Finding {
  const major = Number(process.versions.node.split('.')[0]);
  return major >= LEAST_NODE_MAJOR
    ? ok('node', `Node ${process.versions.node}.`)
    : fail(
        'node',
        `Node ${process.versions.node}; ${LEAST_NODE_MAJOR} or later is needed. Start through bin/newsloom, which brings its own.`,
      );
}

/** A broken decoder corrupts French and Vietnamese without an error, so it is tried on real bytes. */
function checkDecoder(): Finding {
  const wrong: string[] = [];
  if (new TextDecoder('windows-1252').decode(new Uint8Array([0x93, 0xe9, 0x94])) !== '“é”') wrong.push('windows-1252');
  if (new TextDecoder('windows-1258').decode(new Uint8Array([0xd2])).normalize('NFC') !== '\u0309')
    wrong.push('windows-1258');
  if (typeof zlib.zstdDecompressSync !== 'function') wrong.push('zstd');
  return wrong.length === 0
    ? ok('decoder', 'Legacy charsets and zstd are decoded rightly.')
    : fail(
        'decoder',
        `This Node decodes ${wrong.join(', ')} wrongly or not at all; text would be corrupted. Use Node ${LEAST_NODE_MAJOR}.`,
      );
}

async function checkRedis({ redisUrl, queuePrefix }: Settings): Promise<Finding> {
  if (!redisUrl) return ok('redis', 'REDIS_URL is not set: the embedded queue serves, for one process.');
  try {
    const carrier = await redisCarrier(redisUrl, queuePrefix);
    const facts = await carrier.redisFacts();
    await carrier.close();
    if (!facts) return ok('redis', 'The queues answer.');
    const [major = 0, minor = 0] = facts.version.split('.').map(Number);
    if (major < LEAST_REDIS[0] || (major === LEAST_REDIS[0] && minor < LEAST_REDIS[1])) {
      return fail('redis', `Redis ${facts.version}; ${LEAST_REDIS.join('.')} or later is needed.`);
    }
    if (facts.policy !== 'noeviction') {
      return fail(
        'redis',
        `Redis ${facts.version} has maxmemory-policy ${facts.policy}, so it may throw jobs away. Set it to noeviction.`,
      );
    }
    const used = `${(facts.usedBytes / 1024 ** 2).toFixed(0)} MB used`;
    if (facts.maxBytes > 0 && facts.usedBytes > facts.maxBytes * 0.8) {
      return warn(
        'redis',
        `Redis ${facts.version}, ${used} of ${(facts.maxBytes / 1024 ** 2).toFixed(0)} MB: it is nearly full.`,
      );
    }
    return ok('redis', `Redis ${facts.version}, noeviction, ${used}.`);
  } catch (error) {
    return fail('redis', (error as Error).message);
  }
}

async function checkStore({ databaseUrl, dataDir }: Settings): Promise<Finding> {
  try {
    if (databaseUrl) {
      await using store = await openPostgresStore(databaseUrl);
      const [row] = await store.database.query<{ version: string }>(
        "select current_setting('server_version') as version",
      );
      return ok('store', `Postgres ${row?.version}, migrated.`);
    }
    const lock = await lockFolder(dataDir);
    await lock.release();
    return ok('store', `DATABASE_URL is not set: the embedded store in ${resolve(dataDir)} serves, for one process.`);
  } catch (error) {
    if (error instanceof StoreError && error.code === 'in-use')
      return ok('store', `${resolve(dataDir)} is in use by a running Newsloom.`);
    return fail('store', (error as Error).message);
  }
}

async function checkDisk({ dataDir, databaseUrl, redisUrl }: Settings): Promise<Finding> {
  if (databaseUrl && redisUrl)
    return ok('disk', 'Everything lies in Postgres and Redis: watch the disks of their machines.');
  try {
    await mkdir(dataDir, { recursive: true });
    await access(dataDir, constants.W_OK);
    const { bavail, bsize } = await statfs(dataDir);
    const free = bavail * bsize;
    const says = `${(free / GB).toFixed(1)} GB free in ${resolve(dataDir)}`;
    if (free < LEAST_FREE_BYTES) return fail('disk', `${says}; crawling needs at least 1 GB.`);
    if (free < LITTLE_FREE_BYTES) return warn('disk', `${says}; a day's crawl may need more.`);
    return ok('disk', `${says}.`);
  } catch (error) {
    return fail('disk', `The data folder ${resolve(dataDir)} cannot be written: ${(error as Error).message}.`);
  }
}

function checkNetwork({ allowPrivate, proxy }: Settings): Finding {
  const way = proxy ? 'through the HTTP proxy' : 'directly';
  return allowPrivate.length === 0
    ? ok('network', `Fetches go out ${way}, to public addresses only.`)
    : warn(
        'network',
        `Fetches go out ${way}, and may also contact ${allowPrivate.join(', ')} (NEWSLOOM_ALLOW_PRIVATE).`,
      );
}

function checkUserAgent({ userAgent }: Settings): Finding {
  return userAgent.includes('.invalid')
    ? warn(
        'user-agent',
        'NEWSLOOM_USER_AGENT is the default: publishers cannot reach you. Name a page or an address of yours.',
      )
    : ok('user-agent', `${userAgent}`);
}

function checkApi({ apiHost, apiPort, apiSecret }: Settings): Finding {
  const loopback = /^(?:127\.|localhost$|\[?::1\]?$)/.test(apiHost);
  if (!loopback && !apiSecret)
    return fail(
      'api',
      `NEWSLOOM_API_HOST is ${apiHost}, but NEWSLOOM_API_SECRET is not set: the API will refuse to start.`,
    );
  return ok('api', `${apiHost}, port ${apiPort}, ${apiSecret ? 'with a secret' : 'loopback only'}.`);
}

const ok = (check: string, says: string): Finding => ({ check, state: 'ok', says });
const warn = (check: string, says: string): Finding => ({ check, state: 'warn', says });
const fail = (check: string, says: string): Finding => ({ check, state: 'fail', says });
