/** The system's inner API on one screen: queue names, payloads, attempts. */
import { z } from 'zod';
import { parseDuration } from './duration.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Text that Postgres can hold: no NUL, no half of a surrogate pair. */
const storable = z.string().refine((text) => !text.includes('\0') && text.isWellFormed(), {
  error: 'must not hold a NUL character or half of a character',
});

/** An address without the name and password that may stand in it: they are never sent, so they need not lie in a queue. */
export function withoutCredentials(address: string): string {
  return address.replace(/^([a-z]+:[/\\]*)[^/\\?#]*@/i, '$1');
}

const webAddress = storable
  .trim()
  .min(1)
  .max(2048)
  .refine((text) => /^https?:\/\/[^\s/]/i.test(text) && URL.canParse(text), {
    error: 'must be an absolute http or https address',
  })
  .transform(withoutCredentials);

const interval = z
  .union([z.string(), z.number().int()], { error: 'must be a duration such as "15m", or milliseconds' })
  .transform((value, context) => {
    const ms = typeof value === 'number' ? value : parseDuration(value);
    if (ms !== null && ms >= MINUTE_MS && ms <= 30 * DAY_MS) return ms;
    context.addIssue({ code: 'custom', message: 'must be between 1m and 30d, such as "15m", or as milliseconds' });
    return z.NEVER;
  });

/** The kinds of address a seed may name; `auto` lets the content decide. */
export const SEED_KINDS = ['auto', 'article', 'section', 'feed', 'sitemap'] as const;

/** What anyone may add to the `seeds` queue. Unknown fields are refused, so that a misspelt limit is not ignored. */
export const seedPayload = z.strictObject({
  url: webAddress.describe('Absolute http(s) address to follow.'),
  kind: z.enum(SEED_KINDS).optional().describe('What the address is; "auto" (default) lets its content decide.'),
  source: storable
    .trim()
    .min(1)
    .max(100)
    .optional()
    .describe('Name of the publisher; default: the registered domain of the address.'),
  priority: z.number().int().min(-100).max(100).optional().describe('Higher is fetched sooner; default 0.'),
  depth: z
    .number()
    .int()
    .min(0)
    .max(20)
    .optional()
    .describe('Link hops followed from the address within its source; default 1.'),
  every: interval.optional().describe('Visit again this often ("15m", "6h", or milliseconds); default: adaptive.'),
  again: z
    .literal(true)
    .optional()
    .describe('Visit the seed now, if its turn has come; nothing else about it changes. What schedules add.'),
  tags: z.array(storable.trim().min(1).max(100)).max(50).optional().describe('Words kept with the seed.'),
});

const id = (prefix: string) =>
  z.string().regex(new RegExp(`^${prefix}[0-9a-f]{8,64}$`), { error: `must be an id that begins with "${prefix}"` });

/** Payload schema by queue. Between services a payload is an id: no HTML, no options, no copies of facts. */
export const PAYLOADS = {
  seeds: seedPayload,
  fetch: z.strictObject({ urlId: id('u') }),
  render: z.strictObject({ urlId: id('u') }),
  parse: z.strictObject({ captureId: id('c') }),
  enrich: z.strictObject({ documentId: id('d') }),
  cluster: z.strictObject({ documentId: id('d') }),
} as const;

export type QueueName = keyof typeof PAYLOADS;
/** The queues in the order in which a page passes through them. */
export const QUEUES = Object.keys(PAYLOADS) as QueueName[];

/** A payload after validation. */
export type Payload<Q extends QueueName> = z.output<(typeof PAYLOADS)[Q]>;
/** A payload as a producer writes it. */
export type PayloadInput<Q extends QueueName> = z.input<(typeof PAYLOADS)[Q]>;

/** One piece of work for one queue, optionally not before `delayMs` from now. */
export type Job<Q extends QueueName = QueueName> = {
  [Name in Q]: { queue: Name; payload: PayloadInput<Name>; delayMs?: number };
}[Q];

/** Names a next step: `job('enrich', { documentId })`. Ids are branded strings; the schema holds their form. */
export function job<Q extends QueueName>(queue: Q, payload: PayloadInput<Q>, delayMs?: number): Job {
  return { queue, payload, ...(delayMs !== undefined && { delayMs }) } as Job;
}

/** How often a job is tried when Postgres or Redis is away, or our code throws. Then it is left for a person. */
export const ATTEMPTS = 8;
/** First wait between two attempts; doubled each time: 1 s, 2 s ... 128 s, so that a minute's outage costs no job. */
export const BACKOFF_MS = 1_000;

/**
 * Validates a payload at either side of a queue.
 * @throws never; a payload that does not fit comes back as a sentence that names field and fault.
 */
export function readPayload<Q extends QueueName>(
  queue: Q,
  data: unknown,
): { ok: true; payload: Payload<Q> } | { ok: false; reason: string } {
  const read = PAYLOADS[queue].safeParse(data);
  if (read.success) return { ok: true, payload: read.data as Payload<Q> };
  const faults = read.error.issues.map((issue) => {
    const where = issue.path.length > 0 ? `"${issue.path.join('.')}"` : 'the payload';
    if (issue.code === 'unrecognized_keys') return `unknown field ${issue.keys.map((key) => `"${key}"`).join(', ')}`;
    if (issue.code === 'invalid_type' && /received undefined/.test(issue.message)) return `${where} is missing`;
    return `${where}: ${issue.message.replace(/^Invalid input: /, '')}`;
  });
  return { ok: false, reason: `not a valid ${queue} job: ${faults.join('; ')}` };
}

/** The published JSON Schema of a queue's payload, for producers in other languages. */
export const payloadJsonSchema = (queue: QueueName): unknown => z.toJSONSchema(PAYLOADS[queue], { io: 'input' });
