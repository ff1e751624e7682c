/** Addresses that a site makes without end, and that no reader ever asks for. */
import { DAY } from './time.ts';

/** Why a URL is taken for a trap; the note of its exclusion. */
export type TrapReason =
  | 'url-too-long'
  | 'too-many-segments'
  | 'repeating-path'
  | 'too-many-parameters'
  | 'endless-pages'
  | 'calendar'
  | BudgetReason;

/** Why links of one shape are followed no more, although each might be a page. */
export type BudgetReason = 'pattern-budget' | 'parameter-explosion' | 'host-budget';

/** What pages of one shape gave so far. */
export type PatternCounts = {
  /** A key of budgetKeys, without its host. */
  pattern: string;
  /** Pages read. */
  judged: number;
  /** Of them, gave an article. */
  articles: number;
  /** Of them, led to new URLs of other shapes. */
  leads: number;
};

/** A news address is rarely longer than 300 characters; 2,083 was the longest that old browsers would open. */
const MAX_URL_CHARS = 2083;
const MAX_SEGMENTS = 25;
/** The same segment this often, or a run of segments this often in a row, is a relative link gone wrong. */
const MAX_SAME_SEGMENT = 4;
const MAX_RUN_REPEATS = 3;
const MAX_PARAMETERS = 15;
/** A section is read from its first pages; page 500 of a list holds nothing new. */
const MAX_PAGE = 500;
/** Calendars lead years away; agendas of the coming weeks are real. */
const CALENDAR_AHEAD_MS = 400 * DAY;
const FIRST_YEAR = 1990;
/** Pages that are read before their shape must have given something: some tags and authors of a site are read in vain. */
const PATTERN_BUDGET = 300;
/** Query variants of one path that are read before: facets and sorts multiply, while real lists have fewer. */
const VARIANT_BUDGET = 200;
/** Pages of one host, whatever their shapes. */
const HOST_BUDGET = 3000;
/** The least share of pages that gave an article or led to something new. */
const LEAST_YIELD = 0.01;

const PAGE_NUMBER =
  /(?:[?&](?:page|p|paged|pg|trang|seite|pagina)=|\/(?:page|trang|seite|pagina)[/-]?|[-/](?:p|page|trang)-?)(\d{1,9})(?=$|[/?&.])/i;
const CALENDAR_WORD = /calend|agenda|lich-|event|archive|schedule|tribe-bar|kalender/i;
const DATE_IN_URL = /(?<!\d)(\d{4})[-/](\d{1,2})(?:[-/](\d{1,2}))?(?!\d)|[?&](?:year|y|nam)=(\d{4})/i;

/**
 * Says why a canonical URL looks like a trap by itself, or null where it does not.
 * @param nowMs now, in epoch milliseconds: calendars lead far from it; without it none is seen
 */
export function trapOf(url: string, nowMs?: number): TrapReason | null {
  if (url.length > MAX_URL_CHARS) return 'url-too-long';
  const { pathname, search } = new URL(url);
  const segments = pathname.split('/').filter((segment) => segment !== '');
  if (segments.length > MAX_SEGMENTS) return 'too-many-segments';
  if (repeats(segments)) return 'repeating-path';
  if (search !== '' && search.split('&').length > MAX_PARAMETERS) return 'too-many-parameters';
  if (Number(PAGE_NUMBER.exec(pathname + search)?.[1] ?? 0) > MAX_PAGE) return 'endless-pages';
  if (isFarCalendar(pathname + search, nowMs)) return 'calendar';
  return null;
}

/** The whole host, among the keys of a URL's budgets. */
export const HOST_KEY = '*';

/** What a URL is counted under on its host: its shape, its path with any query where it has one, and the host itself. */
export function budgetKeys(url: string): string[] {
  const { host, pathname, search } = new URL(url);
  const shape = patternOf(url).slice(host.length);
  return search === '' ? [shape, HOST_KEY] : [shape, `?${pathname}`, HOST_KEY];
}

/** Says why links of a shape are followed no more, or null while its pages are worth it or too few to tell. */
export function exhaustedBy({ pattern, judged, articles, leads }: PatternCounts): BudgetReason | null {
  const [budget, reason] =
    pattern === HOST_KEY
      ? ([HOST_BUDGET, 'host-budget'] as const)
      : pattern.startsWith('?')
        ? ([VARIANT_BUDGET, 'parameter-explosion'] as const)
        : ([PATTERN_BUDGET, 'pattern-budget'] as const);
  return judged >= budget && articles + leads < judged * LEAST_YIELD ? reason : null;
}

/**
 * The shape of a URL, for budgets: its host, its path with digits as `0` and each slug as `a`, and its parameter names.
 * `https://n.example/thoi-su/bai-hay-123.html?p=2` is `n.example/thoi-su/a.html?p`.
 */
export function patternOf(url: string): string {
  const { host, pathname, search } = new URL(url);
  const path = pathname
    .split('/')
    .map((segment, index, all) =>
      index === all.length - 1 ? lastSegmentPattern(segment) : segment.replace(/\d+/g, '0'),
    )
    .join('/');
  const names = search
    .slice(1)
    .split('&')
    .filter((part) => part !== '')
    .map((part) => part.split('=')[0]);
  return names.length === 0 ? `${host}${path}` : `${host}${path}?${names.join('&')}`;
}

function lastSegmentPattern(segment: string): string {
  const extension = /\.[a-z]{2,5}$/i.exec(segment)?.[0] ?? '';
  const stem = segment.slice(0, segment.length - extension.length);
  if (/^\d+$/.test(stem)) return `0${extension}`;
  return stem === '' ? extension : `a${extension}`;
}

/** True for `/a/a/a/a`, and for `/a/b/a/b/a/b`. */
function repeats(segments: readonly string[]): boolean {
  const counts = new Map<string, number>();
  for (const segment of segments) {
    const count = (counts.get(segment) ?? 0) + 1;
    // Short numbers repeat in dates (`/2012/12/12/12`).
    if (count >= MAX_SAME_SEGMENT && !/^\d{1,4}$/.test(segment)) return true;
    counts.set(segment, count);
  }
  for (let length = 2; length * MAX_RUN_REPEATS <= segments.length; length++) {
    for (let start = 0; start + length * MAX_RUN_REPEATS <= segments.length; start++) {
      let same = 0;
      while (same < length * (MAX_RUN_REPEATS - 1) && segments[start + same] === segments[start + same + length])
        same++;
      if (same === length * (MAX_RUN_REPEATS - 1)) return true;
    }
  }
  return false;
}

/** True for the days of a calendar in a far year. Needs `nowMs`; articles of any past day are no trap. */
function isFarCalendar(path: string, nowMs: number | undefined): boolean {
  if (nowMs === undefined || !CALENDAR_WORD.test(path)) return false;
  const found = DATE_IN_URL.exec(path);
  if (found === null) return false;
  const year = Number(found[1] ?? found[4]);
  if (year < FIRST_YEAR) return year > 0;
  return Date.UTC(year, Number(found[2] ?? 1) - 1, Number(found[3] ?? 1)) > nowMs + CALENDAR_AHEAD_MS;
}
