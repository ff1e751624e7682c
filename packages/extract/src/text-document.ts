/** Reads plain-text documents: the `URL / ---- / title / ---- / body` form, and free text as people paste it. */
import type { Article, PageDate, Provenance, ReadPage } from '@newsloom/model';
import { decode } from './charset/charset.ts';
import { dateOfUrl } from './date/date-candidates.ts';
import { readMachineDate } from './date/date-machine.ts';
import { findDates } from './date/date-text.ts';
import { BRACKETED_CREDIT, CREDIT_AT_END, CREDIT_LINE, RELATED_LINE } from './labels.ts';
import { detectLanguage } from './language/language.ts';
import type { ReadContext } from './page.ts';
import { plainParts } from './structure/parts.ts';
import { countWords, endsSentence, oneLine } from './words.ts';

/** Longest first line that can be a title, in characters. */
const LONGEST_TITLE = 200;
/** Longest caption glued before the first sentence, credit included, in characters. */
const LONGEST_CAPTION = 320;
/** A line after the body's end that is longer than this is a paragraph of its own, in characters. */
const LONGEST_HEADLINE = 220;

const RULE = /^\s*(?:-{3,}|={3,}|_{3,}|\*{3,}|—{3,})\s*$/;
const LEADING_FIELD =
  /^\s*(?:date|ngày|datum|fecha|data|дата)\s*[:=]?\s+(\d{4}(?:-\d{1,2}(?:-\d{1,2}(?:[T ]\d{1,2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?)?)?)(?=\s|$)\s*/iu;
const HEADLINE_DATE = /\(\s*\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?\s*\)\s*$/;

type Parts = { url: string | null; title: string | null; lines: string[] };

/** Splits the ruled form into address, title and body; free text has only lines. */
function partsOf(text: string): Parts {
  const lines = text.split(/\r\n|\n|\r|\u2028|\u2029/);
  let at = 0;
  while (at < lines.length && (lines[at] ?? '').trim() === '') at++;
  const first = (lines[at] ?? '').trim();
  const url = /^https?:\/\/\S+$/i.test(first) ? first : null;
  if (url) {
    at++;
    while (at < lines.length && ((lines[at] ?? '').trim() === '' || RULE.test(lines[at] ?? ''))) at++;
  }
  const rest = lines.slice(at);
  const ruled = url !== null || RULE.test(lines.slice(0, at).join('\n'));
  const rule = rest.findIndex((line) => RULE.test(line));
  const head = rest.slice(0, Math.max(0, rule)).filter((line) => line.trim() !== '');
  if (ruled && rule > 0 && head.length <= 3 && head.join(' ').length <= 2 * LONGEST_TITLE) {
    const body = rest.slice(rule + 1);
    const end = body.findIndex((line) => RULE.test(line));
    return { url, title: oneLine(head.join(' ')), lines: end > 0 ? body.slice(0, end) : body };
  }
  return { url, title: null, lines: rest.filter((line) => !RULE.test(line)) };
}

/** Joins lines wrapped at a fixed width: paragraphs are then parted by blank lines only. */
function unwrap(lines: string[]): string[] {
  const full = lines.filter((line) => line.trim() !== '');
  const blanks = lines.length - full.length;
  if (full.length < 6 || blanks === 0) return lines;
  const longest = full.reduce((most, line) => Math.max(most, line.length), 0);
  const openEnded = full.filter((line) => !endsSentence(line) && line.length > longest * 0.7).length;
  if (longest > 110 || openEnded < full.length * 0.5) return lines;
  const joined: string[] = [];
  let paragraph = '';
  for (const line of [...lines, '']) {
    if (line.trim() === '') {
      if (paragraph !== '') joined.push(paragraph);
      paragraph = '';
    } else paragraph = paragraph === '' ? line.trim() : `${paragraph} ${line.trim()}`;
  }
  return joined;
}

/** Takes a caption with its credit off the start of a paragraph it is glued to. */
function withoutGluedCaption(line: string): string {
  const match = BRACKETED_CREDIT.exec(line.slice(0, LONGEST_CAPTION));
  if (!match) return line;
  const end = match.index + match[0].length;
  const rest = line.slice(end).replace(/^[\s.|–—-]+/u, '');
  return rest.length > 40 ? rest : line;
}

function isCaption(line: string): boolean {
  if (/\|\s*$/.test(line) || line.trim() === '|') return true;
  if (CREDIT_LINE.test(line)) return true;
  return line.length <= LONGEST_CAPTION && CREDIT_AT_END.test(line);
}

/** Cuts what follows the article: related headlines, section names, list stubs. */
function withoutTail(lines: string[]): { kept: string[]; cut: string[] } {
  let end = lines.length;
  let evidence = 0;
  for (let at = lines.length - 1; at > 0; at--) {
    const line = lines[at] as string;
    const related = HEADLINE_DATE.test(line) || /^\s*[-–•*»]/.test(line) || /[-–]\s*$/.test(line);
    if (line.length > LONGEST_HEADLINE || (endsSentence(line) && !related)) break;
    evidence += related ? 2 : 1;
    end = at;
  }
  const bodyLength = lines.slice(0, end).join('').length;
  const enough = evidence >= 2 || (evidence === 1 && (lines[end] ?? '').length < 60);
  // A list of short lines with nothing before it is the document itself.
  if (!enough || bodyLength < 200) return { kept: lines, cut: [] };
  return { kept: lines.slice(0, end), cut: lines.slice(end) };
}

/** A line that holds a date and hardly anything else. */
function dateLine(line: string, fetchedAt: string, lang: string | null): PageDate | null {
  if (line.length > 80 || HEADLINE_DATE.test(line)) return null;
  const [found] = findDates(line, { fetchedAt, lang });
  if (!found || found.relative) return null;
  const rest = (line.slice(0, found.start) + line.slice(found.end)).replace(/[^\p{L}]/gu, '');
  return rest.length <= 24 ? { value: found.value, precision: found.precision } : null;
}

function leadingDate(lines: string[]): { date: PageDate | null; lines: string[]; at: string } {
  const match = LEADING_FIELD.exec(lines[0] ?? '');
  if (!match) return { date: null, lines, at: '' };
  const value = match[1] as string;
  const date: PageDate | null = /^\d{4}$/.test(value) ? { value, precision: 'year' } : readMachineDate(value);
  if (!date) return { date: null, lines, at: '' };
  const rest = (lines[0] as string).slice(match[0].length);
  return { date, lines: rest.trim() === '' ? lines.slice(1) : [rest, ...lines.slice(1)], at: match[0].trim() };
}

/**
 * Reads a plain-text document.
 *
 * Title: the one between rules, else a short first line without a sentence's end. Left out of the body: captions and
 * photo credits, lines that point to other articles, related headlines under the text. A day and month without a year are
 * not given as a date: the year would be a guess.
 * @returns the page, and the address the file itself names, or null.
 */
export function readText(bytes: Uint8Array, context: ReadContext): ReadPage & { url: string | null } {
  const { text, charset } = decode(bytes, context.contentType);
  const parts = partsOf(text);
  const provenance: Provenance = {};
  const begin = parts.lines.findIndex((line) => line.trim() !== '');
  const leading = leadingDate(begin < 0 ? [] : parts.lines.slice(begin));
  let date = leading.date;
  if (date) provenance.date = { from: 'text', at: leading.at };
  const lang0 = detectLanguage(text.slice(0, 4000)).lang;
  let lines = unwrap(leading.lines)
    .map((line) => oneLine(line))
    .filter((line) => line !== '' && !RELATED_LINE.test(line));
  let title = parts.title;
  if (title) provenance.title = { from: 'text', at: 'between rules' };
  else if (lines.length > 1) {
    const first = lines[0] as string;
    if (
      first.length <= LONGEST_TITLE &&
      !endsSentence(first) &&
      !isCaption(first) &&
      !/[,;:]$/.test(first) &&
      !dateLine(first, context.fetchedAt, lang0)
    ) {
      title = first;
      lines = lines.slice(1);
      provenance.title = { from: 'text', at: 'first line' };
    }
  }
  // A dateline of its own near the top, or as the very last line.
  lines = lines.filter((line, at) => {
    const found = at < 4 || at === lines.length - 1 ? dateLine(line, context.fetchedAt, lang0) : null;
    if (!found) return true;
    if (!date) {
      date = found;
      provenance.date = { from: 'text', at: line.slice(0, 200) };
    }
    return false;
  });
  const url = parts.url ?? (/^https?:/i.test(context.url) ? context.url : null);
  const ofUrl = url ? dateOfUrl(url) : null;
  if (!date && ofUrl) {
    date = { value: ofUrl.value, precision: ofUrl.precision };
    provenance.date = { from: 'url', at: ofUrl.at };
  }
  if (!date && context.facts?.date) {
    date = readMachineDate(context.facts.date);
    if (date) provenance.date = { from: 'feed', at: 'date' };
  }
  const whole = lines.filter((line) => !isCaption(line)).map(withoutGluedCaption);
  const { kept, cut } = withoutTail(whole);
  const body = kept.join('\n\n');
  const words = countWords(body);
  const guess = detectLanguage(body);
  if (guess.lang) provenance.lang = { from: 'detected', at: `confidence ${guess.confidence.toFixed(2)}` };
  if (body !== '')
    provenance.body = {
      from: 'text',
      at: `${kept.length} of ${kept.length + cut.length + (lines.length - whole.length)} lines`,
    };
  const article: Article = {
    title,
    date,
    dateModified: null,
    authors: [],
    agencies: [],
    lang: guess.lang,
    body,
    image: null,
    description: null,
    section: null,
    tags: [],
    provenance,
    ...(context.structured && { structure: plainParts(body) }),
  };
  const base = { charset, canonicalUrl: null, robots: [], links: [], url: parts.url };
  return words === 0
    ? { ...base, kind: 'other', article: null, note: 'no-article' }
    : { ...base, kind: 'article', article };
}
