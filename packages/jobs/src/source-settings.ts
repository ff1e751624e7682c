/** The settings of one source as a person writes them: scope, fetching, rendering, revisits, priority. */
import { z } from 'zod';
import { parseDuration } from './duration.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Most patterns of one list: each is tried on every link of every page of the source. */
const MOST_PATTERNS = 200;
const MOST_PATTERN_CHARS = 500;

const pattern = z
  .string()
  .min(1)
  .max(MOST_PATTERN_CHARS)
  .refine((text) => !/\s/.test(text) && !text.includes('\0') && text.isWellFormed(), { error: 'must not hold spaces' })
  .refine((text) => !text.includes('***'), { error: 'knows * and **, but not ***' });

const host = z
  .string()
  .trim()
  .toLowerCase()
  .max(260)
  .regex(/^(?:\*\.)?(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])(?::\d{1,5})?$/, {
    error: 'must be a host such as "news.example", "*.news.example" or "127.0.0.1:8080", in its ASCII form',
  });

const prefix = z
  .string()
  .max(MOST_PATTERN_CHARS)
  .regex(/^(?:\/|https?:\/\/)\S*$/, { error: 'must begin with "/" or with "http://" or "https://"' });

const duration = (low: number, high: number, bounds: string) =>
  z
    .union([z.string(), z.number().int()], { error: `must be a duration such as "15m", or milliseconds (${bounds})` })
    .transform((value, context) => {
      const ms = typeof value === 'number' ? value : parseDuration(value);
      if (ms !== null && ms >= low && ms <= high) return ms;
      context.addIssue({ code: 'custom', message: `must be between ${bounds}, such as "15m", or as milliseconds` });
      return z.NEVER;
    });

const count = (low: number, high: number) => {
  const error = `must be a whole number between ${low} and ${high}`;
  return z.number({ error }).int({ error }).min(low, { error }).max(high, { error });
};

/** A CSS selector; whether it can be used is found out by whoever reads pages with it. */
const selector = z.string().trim().min(1).max(300);

/**
 * Headers a source may be sent beside our own. Left out on purpose: what negotiates the connection or the body, the
 * validators, and Host, Referer and X-Forwarded-For, with which a crawler would pretend to be somebody else.
 */
export const HEADERS_ALLOWED = ['authorization', 'cookie', 'x-api-key', 'dnt', 'sec-gpc', 'from', 'accept'] as const;

const headers = z
  .record(z.string(), z.string().max(4_000))
  .transform((given) => Object.fromEntries(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value])))
  .superRefine((given, context) => {
    for (const [name, value] of Object.entries(given)) {
      if (!(HEADERS_ALLOWED as readonly string[]).includes(name)) {
        context.addIssue({
          code: 'custom',
          message: `"${name}" may not be set; allowed are ${HEADERS_ALLOWED.join(', ')}`,
        });
      } else if (!/^[\x20-\x7e\t]*$/.test(value)) {
        context.addIssue({ code: 'custom', message: `"${name}" must be printable ASCII` });
      }
    }
  });

/** What a person may set for a source. Unknown names are refused, so that a misspelt limit is not ignored. */
export const sourceSettings = z.strictObject({
  scope: z
    .strictObject({
      hosts: z
        .array(host)
        .max(MOST_PATTERNS)
        .optional()
        .describe('Hosts and domains; default: the domain of its seeds.'),
      prefixes: z.array(prefix).max(MOST_PATTERNS).optional().describe('Beginnings of paths, of which one must fit.'),
      include: z.array(pattern).max(MOST_PATTERNS).optional().describe('Patterns, of which one must fit.'),
      exclude: z.array(pattern).max(MOST_PATTERNS).optional().describe('Patterns, of which none may fit.'),
      depth: count(0, 20).optional().describe('Link hops from a seed at most, and where a seed does not say.'),
    })
    .optional(),
  perDay: count(1, 10_000_000).optional().describe('Requests a day (UTC) at most, robots.txt not counted.'),
  priority: count(-100, 100).optional().describe('Higher is fetched sooner; a seed may say otherwise.'),
  fetch: z
    .strictObject({
      userAgentSuffix: z
        .string()
        .trim()
        .min(1)
        .max(200)
        .regex(/^[\x20-\x7e]+$/, { error: 'must be printable ASCII' })
        .optional()
        .describe('Words after the general User-Agent.'),
      acceptLanguage: z
        .string()
        .trim()
        .max(200)
        .regex(/^[A-Za-z0-9*,;=.\- ]+$/, { error: 'must be a list such as "vi, en;q=0.5"' })
        .optional(),
      headers: headers.optional().describe(`Further headers: ${HEADERS_ALLOWED.join(', ')}.`),
      delay: duration(0, DAY_MS, '0s and 1d').optional().describe('Gap between two requests to a host of the source.'),
      maxBodyBytes: count(1_000, 1_000_000_000).optional().describe('Largest response after decoding.'),
    })
    .optional(),
  render: z
    .strictObject({
      mode: z.enum(['never', 'when-needed'], { error: 'must be "never" or "when-needed"' }),
      perDay: count(0, 1_000_000).optional().describe('Pages rendered a day (UTC) at most; default 100.'),
    })
    .optional()
    .describe('Pages that need JavaScript, where a renderer runs.'),
  rules: z
    .strictObject({
      remove: z.array(selector).max(50).optional().describe('Elements taken away before a page is read.'),
      body: selector.optional().describe('Elements whose text is the body.'),
      title: selector.optional(),
      date: selector.optional(),
      authors: selector.optional(),
      image: selector.optional(),
      section: selector.optional(),
      timeZone: z.string().max(6).optional().describe('Offset of times that say no zone, such as "+07:00".'),
    })
    .optional()
    .describe(
      'How its pages are read where the general way fails: CSS selectors; " @name" at the end takes an attribute.',
    ),
  revisit: z
    .strictObject({
      floor: duration(MINUTE_MS, 30 * DAY_MS, '1m and 30d')
        .optional()
        .describe('No page is visited more often.'),
      ceiling: duration(MINUTE_MS, 365 * DAY_MS, '1m and 365d')
        .optional()
        .describe('Lists are visited at least so often.'),
      articles: z
        .enum(['watch', 'once'], { error: 'must be "watch" or "once"' })
        .optional()
        .describe('Whether fresh articles are watched for corrections; default "watch".'),
    })
    .refine((it) => it.floor === undefined || it.ceiling === undefined || it.floor <= it.ceiling, {
      error: 'the floor must not be above the ceiling',
    })
    .optional(),
});

/** Settings of a source after validation: durations are milliseconds. */
export type SourceSettings = z.output<typeof sourceSettings>;
/** Settings as a person writes them. */
export type SourceSettingsInput = z.input<typeof sourceSettings>;

/** Reads settings. What does not fit comes back as sentences, each naming field and fault. Never throws. */
export function readSourceSettings(
  data: unknown,
): { ok: true; settings: SourceSettings } | { ok: false; faults: string[] } {
  const read = sourceSettings.safeParse(data);
  if (read.success) return { ok: true, settings: read.data };
  const faults = read.error.issues.map((issue) => {
    const where = issue.path.length > 0 ? `"${issue.path.join('.')}"` : 'the settings';
    if (issue.code === 'unrecognized_keys')
      return `${where}: unknown name ${issue.keys.map((key) => `"${key.slice(0, 60)}"`).join(', ')}`;
    return `${where}: ${issue.message.replace(/^Invalid input: /, '')}`;
  });
  return { ok: false, faults };
}
