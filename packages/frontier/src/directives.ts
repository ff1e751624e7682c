/** What a publisher says about the use of a page: X-Robots-Tag, meta robots, text and data mining, content signals. */

/** Directives that have a value after a colon; any other name before a colon is an agent's. */
const VALUED = new Set(['unavailable_after', 'max-snippet', 'max-image-preview', 'max-video-preview']);
const MAX_DIRECTIVES = 50;
const MAX_DIRECTIVE_CHARS = 200;
/** Most characters read of one signal. */
const MAX_SIGNAL_CHARS = 4_000;
/** Words that allow what is allowed anyway. */
const ALLOWING = new Set(['all', 'index', 'follow', 'archive', 'snippet']);
const WEEKDAY = /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*$/;

/**
 * The directives of an X-Robots-Tag header that concern `agent`, in lower case: those for everybody and those under its
 * product token (`newsloom: nofollow`). Several header lines may be joined by commas. Also reads a robots meta element.
 * `none` is `noindex` and `nofollow`; words that only allow (`index`, `all`) are left out; a value follows its colon
 * without a blank.
 */
export function robotsDirectives(header: string | null | undefined, agent: string): string[] {
  if (!header) return [];
  const token = agent.toLowerCase();
  const found = new Set<string>();
  let ours = true;
  for (const part of partsOf(header.toLowerCase())) {
    const named = /^\s*([\w.-]+)\s*:\s*(.*)$/s.exec(part);
    const prefix = named !== null && !VALUED.has(named[1] ?? '') ? named[1] : undefined;
    if (prefix !== undefined) ours = prefix === token;
    const directive = (prefix === undefined ? part : (named?.[2] ?? '')).trim().replace(/\s*:\s*/, ':');
    if (!ours || directive === '' || ALLOWING.has(directive) || found.size >= MAX_DIRECTIVES) continue;
    // `none` is short for both: Google's robots meta tag documentation.
    if (directive === 'none') found.add('noindex').add('nofollow');
    else found.add(directive.slice(0, MAX_DIRECTIVE_CHARS));
  }
  return [...found];
}

/** The parts between commas, but for the comma behind the weekday of a date (`unavailable_after: Friday, 25-Jun-10`). */
function partsOf(header: string): string[] {
  const parts: string[] = [];
  for (const part of header.split(',', 4 * MAX_DIRECTIVES)) {
    const before = parts.at(-1);
    const valueBefore = before?.slice(before.indexOf(':') + 1).trim() ?? '';
    if (before?.includes('unavailable_after') && WEEKDAY.test(valueBefore)) parts[parts.length - 1] += `,${part}`;
    else parts.push(part);
  }
  return parts;
}

/** What a response and the robots.txt of its host say about a page. Header values as they came. */
export type Terms = {
  xRobotsTag?: string | null | undefined;
  /** `tdm-reservation` and `tdm-policy`: the W3C group's text and data mining reservation protocol. */
  tdmReservation?: string | null | undefined;
  tdmPolicy?: string | null | undefined;
  /** `Content-Usage`: the IETF's AI preferences, as a header. */
  contentUsage?: string | null | undefined;
  /** Values of `Content-Signal` and `Content-Usage` lines of robots.txt that concern the page. */
  signals?: readonly string[];
};

/**
 * All that is said about the use of a page outside its own text, each once, in lower case, in the order found: robots
 * directives for `agent`, `tdm-reservation`, `tdm-policy:<address>`, and signals that say no (`ai-train=no`,
 * `train-ai=n`). To be kept with the capture; what the page's meta elements say is added when it is read.
 */
export function directivesOf(terms: Terms, agent: string): string[] {
  const found = new Set(robotsDirectives(terms.xRobotsTag, agent));
  for (const directive of tdmDirectives(terms.tdmReservation, terms.tdmPolicy)) found.add(directive);
  for (const signal of [...(terms.signals ?? []), terms.contentUsage ?? '']) {
    for (const refusal of refusalsOf(signal)) found.add(refusal);
  }
  return [...found].slice(0, MAX_DIRECTIVES);
}

/** `tdm-reservation` where rights are reserved (the value 1), with the policy's address where one is given. */
export function tdmDirectives(reservation: string | null | undefined, policy: string | null | undefined): string[] {
  if (reservation?.trim() !== '1') return [];
  const address = policy?.trim();
  return ['tdm-reservation', ...(address ? [`tdm-policy:${address.slice(0, MAX_DIRECTIVE_CHARS)}`] : [])];
}

/** The uses that a signal refuses: `ai-train=no` of Content-Signal, `train-ai=n` of Content-Usage. */
function refusalsOf(signal: string): string[] {
  const text = signal.slice(0, MAX_SIGNAL_CHARS).toLowerCase();
  return [...text.matchAll(/(?<![a-z0-9-])([a-z][a-z0-9-]{0,40})\s{0,9}=\s{0,9}(no?)(?=$|[\s,;])/g)].map(
    ([, use, value]) => `${use}=${value}`,
  );
}

/** What we may do with a page. */
export type Permissions = {
  /** It may become a document. False for `noindex`, and once `unavailable_after` has passed. */
  index: boolean;
  /** Its links may be followed. */
  follow: boolean;
  /** Its bytes may be kept once they are read. */
  archive: boolean;
};

/** What the directives of a page permit at a time, in epoch milliseconds. Opt-outs of AI use change nothing here. */
export function permissionsOf(directives: readonly string[], nowMs: number): Permissions {
  const says = (...words: string[]) => words.some((word) => directives.includes(word));
  const expired = directives.some((directive) => {
    const date = /^unavailable_after:(.*)$/s.exec(directive)?.[1];
    // `25 jun 2030 15:00:00 pst`: Date.parse knows the American zones, GMT and offsets.
    return date !== undefined && Date.parse(date) <= nowMs;
  });
  return {
    index: !says('noindex', 'none') && !expired,
    follow: !says('nofollow', 'none'),
    archive: !says('noarchive', 'nocache'),
  };
}
