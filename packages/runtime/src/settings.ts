/** All settings of Newsloom as one typed list: schema, default, environment name, one sentence each. */
import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { processes } from './cores.ts';
import { FETCH_SETTINGS } from './fetch-settings.ts';
import { RENDER_SETTINGS } from './render-settings.ts';
import { address, choice, list, type Setting, setting, text, wholeNumber } from './setting.ts';

const cidr =
  /^(?:(?:\d{1,3}\.){3}\d{1,3}(?:\/(?:\d|[12]\d|3[0-2]))?|[0-9a-f:.]*:[0-9a-f:.]*(?:\/(?:\d{1,2}|1[01]\d|12[0-8]))?)$/i;
const DAY_MS = 86_400_000;

/** The list. docs/configuration.md and .env.example are written from it. */
export const SETTINGS = {
  redisUrl: setting({
    env: 'REDIS_URL',
    schema: address('redis', 'rediss'),
    default: null,
    secret: true,
    says: 'Redis that carries the queues; unset: the embedded queue in the data folder, for one process.',
  }),
  databaseUrl: setting({
    env: 'DATABASE_URL',
    schema: address('postgres', 'postgresql'),
    default: null,
    secret: true,
    says: 'Postgres that holds the facts; unset: the embedded PGlite in the data folder, for one process.',
  }),
  dataDir: setting({
    env: 'NEWSLOOM_DATA_DIR',
    schema: text,
    default: '.newsloom',
    says: 'Folder of the embedded stores and of kept page bodies.',
  }),
  queuePrefix: setting({
    env: 'NEWSLOOM_QUEUE_PREFIX',
    schema: text.regex(/^[\w-]{1,40}$/, { error: 'must be 1 to 40 letters, digits, _ or -' }),
    default: 'bull',
    says: 'Prefix of the queue keys in Redis, so that several installations may share one.',
  }),
  userAgent: setting({
    env: 'NEWSLOOM_USER_AGENT',
    schema: text
      .max(300)
      .regex(/^[A-Za-z_-][A-Za-z0-9._-]*(?:\/|\s|$)/, {
        error: 'must begin with a product name such as MyNewsroomBot/1.0',
      })
      .regex(/^[\x20-\x7e]+$/, { error: 'must be printable ASCII' }),
    default: 'Newsloom/0.1 (+https://newsloom.invalid/bot)',
    says: 'What the crawler calls itself; its first word is matched against robots.txt. Name a page that reaches you.',
  }),
  hostDelayMs: setting({
    env: 'NEWSLOOM_HOST_DELAY_MS',
    schema: wholeNumber(0, DAY_MS),
    default: '1000',
    says: 'Least gap between two requests to one host, in milliseconds; a longer crawl-delay in robots.txt wins.',
  }),
  allowPrivate: setting({
    env: 'NEWSLOOM_ALLOW_PRIVATE',
    schema: list.refine((items) => items.every((item) => cidr.test(item)), {
      error: 'must be a list of CIDR ranges such as 10.1.0.0/16,127.0.0.0/8',
    }),
    default: '',
    says: 'CIDR ranges the crawler may contact although they are not globally routable; empty: none.',
  }),
  proxy: setting({
    env: 'NEWSLOOM_PROXY',
    schema: address('http'),
    default: null,
    secret: true,
    says: 'HTTP proxy for all fetches.',
  }),
  fetchConcurrency: setting({
    env: 'NEWSLOOM_FETCH_CONCURRENCY',
    schema: wholeNumber(1, 1000),
    default: '32',
    says: 'Fetches at the same time in one crawler process, over all hosts.',
  }),
  leaseMs: setting({
    env: 'NEWSLOOM_LEASE_MS',
    schema: wholeNumber(1_000, 600_000),
    default: '30000',
    says: 'How long a crawler that died keeps its hosts from the others, in milliseconds; while it lives, it renews that.',
  }),
  unreadLimit: setting({
    env: 'NEWSLOOM_UNREAD_LIMIT',
    schema: wholeNumber(100, 1_000_000_000),
    default: '20000',
    says: 'Pages fetched and not yet read at which fetching pauses, until four fifths of them are left.',
  }),
  minFreeMb: setting({
    env: 'NEWSLOOM_MIN_FREE_MB',
    schema: wholeNumber(0, 1_000_000_000),
    default: '500',
    says: 'Free disk space under the embedded store below which fetching pauses, in MB; 0: not looked at.',
  }),
  parseProcesses: setting({
    env: 'NEWSLOOM_PARSE_PROCESSES',
    schema: processes,
    default: 'auto',
    says: 'Processes that read pages in one parser, auto for one a core as far as memory goes (1 GB each); each may be killed by the page it reads.',
  }),
  parseDeadlineMs: setting({
    env: 'NEWSLOOM_PARSE_DEADLINE_MS',
    schema: wholeNumber(100, 600_000),
    default: '5000',
    says: 'Longest time one page may take to read, in milliseconds.',
  }),
  parseMemoryMb: setting({
    env: 'NEWSLOOM_PARSE_MEMORY_MB',
    schema: wholeNumber(64, 65_536),
    default: '512',
    says: 'Memory cap of one page-reading process, in MB.',
  }),
  ...FETCH_SETTINGS,
  ...RENDER_SETTINGS,
  apiHost: setting({
    env: 'NEWSLOOM_API_HOST',
    schema: text,
    default: '127.0.0.1',
    says: 'Address the API and the dashboard listen on; any but loopback needs NEWSLOOM_API_SECRET.',
  }),
  apiPort: setting({
    env: 'NEWSLOOM_API_PORT',
    schema: wholeNumber(0, 65_535),
    default: '3000',
    says: 'Port of the API and the dashboard; 0 takes a free one.',
  }),
  apiSecret: setting({
    env: 'NEWSLOOM_API_SECRET',
    schema: text.min(16, { error: 'must have at least 16 characters' }),
    default: null,
    secret: true,
    says: 'Secret that callers of the API send as `Authorization: Bearer ...`, or browsers as the password of any user.',
  }),
  nerModel: setting({
    env: 'NEWSLOOM_NER_MODEL',
    schema: text,
    default: null,
    says: 'Folder of an ONNX token classifier that finds the names in place of the shipped tagger; needs the package @huggingface/transformers.',
  }),
  heartbeatFile: setting({
    env: 'NEWSLOOM_HEARTBEAT_FILE',
    schema: text,
    default: null,
    says: 'File that a service touches every 10 s while it, its store and its queues answer, for health checks; unset: none.',
  }),
  logLevel: setting({
    env: 'NEWSLOOM_LOG_LEVEL',
    schema: choice('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
    default: 'info',
    says: 'Least severe line that is logged.',
  }),
} as const;

export type SettingName = keyof typeof SETTINGS;
type Value<S> = S extends { schema: z.ZodType<infer T, string> } ? T : never;
type MayBeUnset = 'redisUrl' | 'databaseUrl' | 'proxy' | 'apiSecret' | 'heartbeatFile' | 'nerModel' | 'rendererBrowser';

/** All settings, read and checked. */
export type Settings = {
  readonly [N in SettingName]: N extends MayBeUnset ? Value<(typeof SETTINGS)[N]> | null : Value<(typeof SETTINGS)[N]>;
};

/** The settings were wrong; `message` lists every fault. Exit code 78 (EX_CONFIG of sysexits.h). */
export class SettingsError extends Error {
  readonly code = 'bad-settings';
  readonly exitCode = 78;
  override name = 'SettingsError';
}

/**
 * Reads the settings out of an environment. An empty value counts as unset. A secret that is unset may lie in the file
 * that its name with _FILE names, as container platforms hand secrets over: REDIS_URL_FILE, NEWSLOOM_API_SECRET_FILE.
 * @throws SettingsError that lists every wrong value, and every NEWSLOOM_ name that is no setting, at once.
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const faults: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, it] of Object.entries(SETTINGS) as [SettingName, Setting<unknown>][]) {
    let given = env[it.env]?.trim() || null;
    const file = it.secret ? env[`${it.env}_FILE`]?.trim() : undefined;
    if (given === null && file) {
      try {
        given = readFileSync(file, 'utf8').trim() || null;
      } catch (error) {
        faults.push(
          `${it.env}_FILE=${JSON.stringify(file)}: cannot be read (${(error as NodeJS.ErrnoException).code})`,
        );
        continue;
      }
    }
    given ??= it.default;
    if (given === null) {
      values[name] = null;
      continue;
    }
    const read = it.schema.safeParse(given);
    if (read.success) values[name] = read.data;
    else {
      const shown = it.secret ? '(hidden)' : JSON.stringify(given);
      faults.push(`${it.env}=${shown}: ${read.error.issues.map((issue) => issue.message).join('; ')}`);
    }
  }
  const known = new Set<string>([
    ...Object.values<Setting<unknown>>(SETTINGS).flatMap((it) => (it.secret ? [it.env, `${it.env}_FILE`] : [it.env])),
    ...NOT_SETTINGS,
  ]);
  for (const name of Object.keys(env)) {
    if (name.startsWith('NEWSLOOM_') && !known.has(name)) faults.push(`${name}: no such setting${meant(name, known)}`);
  }
  if (faults.length > 0) {
    throw new SettingsError(
      `${faults.length === 1 ? 'A setting is' : `${faults.length} settings are`} wrong:\n  - ${faults.join('\n  - ')}\nSee docs/configuration.md.`,
    );
  }
  return values as Settings;
}

/** Names of our own launcher and tools, which are no settings. */
const NOT_SETTINGS = ['NEWSLOOM_LAUNCHED', 'NEWSLOOM_SKIP_INSTALL'];

function meant(name: string, known: Set<string>): string {
  const close = [...known].filter((it) => distance(it, name) <= 3)[0];
  return close ? `; did you mean ${close}?` : '';
}

/** Levenshtein distance, for the suggestion beside a misspelt name. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
