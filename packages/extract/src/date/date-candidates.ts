/** Collects every date a page states that may be its publication or modification date, with where it stands. */
import type { DatePrecision } from '@newsloom/model';
import type { PageFacts } from '../facts.ts';
import { HINT } from '../hints.ts';
import type { Box } from '../survey.ts';
import { META_KIND, RARE_STATE, STATE_KEYS } from './date-keys.ts';
import { readMachineDate } from './date-machine.ts';
import { type DateReading, findDates } from './date-text.ts';
import { findDayOf } from './date-yearless.ts';

/** One statement of a date. */
export type DateCandidate = {
  value: string;
  precision: DatePrecision;
  from: string;
  at: string;
  /** What its label or place says it is. */
  kind: 'published' | 'modified' | 'unknown';
  /** Index of the block it stands in or before, or -1. */
  block: number;
  hints: number;
  /** Length of the text it stands in, in characters, and its offset in it; 0 for metadata. */
  textLength: number;
  offset: number;
  ambiguous: boolean;
  relative: boolean;
  hasTime: boolean;
  /** Words right before it. */
  label: string;
  /** Share of link text in its block: a date beside a linked headline is that article's. */
  linkShare: number;
};

const MODIFIED_LABEL =
  /updat|modif|aktualis|mis à jour|maj\b|mise à jour|actualiz|atualiz|aggiorn|bijgewerkt|aktualiz|обновл|изменен|оновл|cập nhật|güncell|diperbarui|更新|업데이트|수정|تحديث|revised|edited|geändert|änderung|zuletzt|changed|stand\s*:|uppdater|oppdater|opdater/iu;
const PUBLISHED_LABEL =
  /publi|post|veröffent|erschien|erstellt|paru\b|posté|le\s*$|publicad|creado|pubblicat|geplaatst|gepubliceerd|opubl|dodano|data\s*:|date\s*:|datum|опублик|дата|đăng|xuất bản|ngày đăng|yayın|diterbitkan|発表|公開|掲載|配信|発売|发布|發布|时间|時間|來源|来源|입력|등록|승인|نشر|created|issued|filed|first|written|von\b|\bby\b|(?<!(?:updated|modified|revised|edited|changed|reviewed)\s)\bon\s*$/iu;

/** Longest block whose every date is taken; of longer ones only the first characters are read. */
const SHORT_BLOCK = 260;
const HEAD_OF_LONG_BLOCK = 110;
/** Most visible candidates of one page. */
const MAX_VISIBLE = 120;

const QUICK_DATE =
  /\d{1,4}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2,4}|(?:19|20)\d{2}|[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59]{4}|\b\d{1,2}\s?(?:min|hour|hr|std|stunde|heure|hora|ore|uur|godz|час|мин|phút|giờ|saat|jam|分|小时|小時|時間|시간|day|tag|jour|día|dia|ngày|天|日)|yesterday|today|gestern|heute|hier|hôm/iu;

function labelKind(label: string): DateCandidate['kind'] {
  const modified = MODIFIED_LABEL.test(label);
  const published = PUBLISHED_LABEL.test(label);
  if (modified && !published) return 'modified';
  if (published && !modified) return 'published';
  if (!modified) return 'unknown';
  // Both words: the nearer one holds.
  const at = (pattern: RegExp): number => {
    let last = -1;
    for (const match of label.matchAll(new RegExp(pattern.source, 'giu'))) last = match.index;
    return last;
  };
  return at(MODIFIED_LABEL) > at(PUBLISHED_LABEL) ? 'modified' : 'published';
}

const hintsAt = (box: Box | null): number => box?.hints ?? 0;

/** The page an archive keeps, behind the time it was kept at. */
const ARCHIVED = /^\/web\/\d{4,14}[a-z_]*\/(.+)$/;

/** The date a URL's path states: `/2015/04/13/`, `/20150413`, `2015-04-13`; a month where there is no day. */
export function dateOfUrl(url: string): { value: string; precision: DatePrecision; at: string } | null {
  let path: string;
  try {
    const parsed = new URL(url);
    const kept = ARCHIVED.exec(parsed.pathname)?.[1]?.replace(/^(?:https?:\/\/?)?[^/]*/, '');
    path = (kept ?? parsed.pathname) + parsed.search;
  } catch {
    return null;
  }
  const day =
    /[/._=-]((?:19[89]|20[0-4])\d)([/._-])(1[0-2]|0?[1-9])\2(3[01]|[12]\d|0?[1-9])(?=\D|$)/.exec(path) ??
    /\/((?:19[89]|20[0-4])\d)(\/)([a-z]{3,9})\/(\d{1,2})(?=\D|$)/i.exec(path);
  if (day) {
    const found = readMachineDate(
      /^\d+$/.test(day[3] as string) ? `${day[1]}-${day[3]}-${day[4]}` : `${day[4]} ${day[3]} ${day[1]}`,
    );
    if (found) return { value: found.value, precision: 'day', at: day[0].slice(0, 40) };
  }
  const compact = /[^\d]((?:20[0-4])\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{0,12}(?=\D|$)/.exec(path);
  if (compact) {
    const found = readMachineDate(`${compact[1]}-${compact[2]}-${compact[3]}`);
    if (found) return { value: found.value, precision: 'day', at: compact[0].slice(1, 40) };
  }
  const dayFirst = /[/_-](3[01]|[12]\d|0?[1-9])([._-])(1[0-2]|0?[1-9])\2((?:19[89]|20[0-4])\d)(?=\D|$)/.exec(path);
  if (dayFirst) {
    const found = readMachineDate(`${dayFirst[4]}-${dayFirst[3]}-${dayFirst[1]}`);
    if (found) return { value: found.value, precision: 'day', at: dayFirst[0].slice(1, 40) };
  }
  const month = /\/((?:19[89]|20[0-4])\d)[/-](0[1-9]|1[0-2])(?=\/|-|$)/.exec(path);
  return month ? { value: `${month[1]}-${month[2]}`, precision: 'month', at: month[0] } : null;
}

function fromMetadata(
  facts: PageFacts,
  reading: DateReading,
  push: (one: Partial<DateCandidate> & { raw: string }) => void,
): void {
  facts.linked.articles.slice(0, 4).forEach((article, rank) => {
    const suffix = rank === 0 ? '' : ` of ${article.type} ${rank + 1}`;
    if (article.datePublished)
      push({ raw: article.datePublished, from: 'json-ld', at: `datePublished${suffix}`, kind: 'published' });
    if (article.dateCreated)
      push({ raw: article.dateCreated, from: 'json-ld', at: `dateCreated${suffix}`, kind: 'published' });
    if (article.dateModified)
      push({ raw: article.dateModified, from: 'json-ld', at: `dateModified${suffix}`, kind: 'modified' });
  });
  for (const [name, values] of facts.metas) {
    const kind =
      META_KIND.get(name) ??
      (/(?:^|[.:_-])(?:pub(?:lish(?:ed)?)?_?-?(?:date|time)|date_?published)$/.test(name) ? 'published' : null);
    if (!kind) continue;
    for (const value of values.slice(0, 2))
      push({
        raw: value,
        from: name.startsWith('og:') || name.startsWith('article:') ? 'opengraph' : 'meta',
        at: name,
        kind,
      });
  }
  const url = dateOfUrl(facts.context.url);
  if (url && url.precision === 'day') push({ raw: url.value, from: 'url', at: url.at, kind: 'published' });
  if (facts.context.facts?.date) push({ raw: facts.context.facts.date, from: 'feed', at: 'date', kind: 'published' });
  void reading;
}

/** All dates of a page. Values that name no possible day, or lie after the fetch, are left out. */
export function dateCandidates(facts: PageFacts, lang: string | null): DateCandidate[] {
  const { survey, context } = facts;
  const reading: DateReading = { lang, fetchedAt: context.fetchedAt };
  const found: DateCandidate[] = [];
  const push = (one: Partial<DateCandidate> & { raw: string }): void => {
    const { raw, ...rest } = one;
    const date = readMachineDate(raw, reading);
    if (!date) return;
    found.push({
      from: 'meta',
      at: '',
      kind: 'unknown',
      block: -1,
      hints: 0,
      textLength: 0,
      offset: 0,
      ambiguous: false,
      relative: false,
      label: '',
      linkShare: 0,
      ...rest,
      value: date.value,
      precision: date.precision,
      hasTime: date.value.length > 10,
    });
  };
  fromMetadata(facts, reading, push);
  for (const time of survey.times) {
    const itemKind = /modified|updated/.test(time.itemprop)
      ? 'modified'
      : /publish|created|date/.test(time.itemprop)
        ? 'published'
        : 'unknown';
    const wordKind = /updat|modif/.test(time.words)
      ? 'modified'
      : /publish|posted|entry-date|created/.test(time.words)
        ? 'published'
        : 'unknown';
    push({
      raw: time.value,
      from: time.itemprop ? 'microdata' : 'time',
      at: `${time.name}[${time.attribute}]${time.itemprop ? ` ${time.itemprop}` : ''}`.slice(0, 80),
      kind: itemKind !== 'unknown' ? itemKind : wordKind,
      block: time.at,
      hints: hintsAt(time.box) | HINT.date,
    });
  }
  const ofUrl = dateOfUrl(context.url);
  const month = ofUrl?.precision === 'month' ? ofUrl.value : null;
  let visible = 0;
  for (const block of survey.blocks) {
    if (visible >= MAX_VISIBLE) break;
    const head = block.text.length > SHORT_BLOCK ? block.text.slice(0, HEAD_OF_LONG_BLOCK) : block.text;
    const day = month === null ? null : findDayOf(head, month);
    if (day === null && !QUICK_DATE.test(head)) continue;
    const dates = findDates(head, reading).slice(0, 4);
    if (day !== null && dates.length === 0) dates.push({ ...day, precision: 'day', ambiguous: false, relative: false });
    for (const date of dates) {
      visible++;
      const label = head.slice(Math.max(0, date.start - 40), date.start);
      const previous = label.trim().length < 4 ? (survey.blocks[block.index - 1]?.text.slice(-30) ?? '') : '';
      found.push({
        value: date.value,
        precision: date.precision,
        from: 'visible',
        at: head.slice(date.start, Math.min(date.end, date.start + 80)),
        kind: labelKind(`${previous} ${label}`),
        block: block.index,
        hints: block.box.hints | block.inline,
        textLength: block.text.length,
        offset: date.start,
        ambiguous: date.ambiguous,
        relative: date.relative,
        hasTime: date.value.length > 10,
        label: label.trim().slice(-30),
        linkShare: block.linkChars / block.text.length,
      });
    }
  }
  for (const state of survey.states.slice(0, 20))
    for (const [key, kind] of STATE_KEYS) {
      const at = state.indexOf(key);
      if (at >= 0)
        push({ raw: state.slice(at + key.length, at + key.length + 30), from: 'state', at: key.slice(1, -3), kind });
    }
  if (!found.some((one) => one.kind === 'published' && one.from !== 'url' && one.from !== 'visible'))
    for (const state of survey.states.slice(0, 20)) {
      const match = RARE_STATE.exec(state);
      if (match) push({ raw: match[2] as string, from: 'state', at: match[1] as string, kind: 'published' });
    }
  settleOrder(found, facts, reading);
  adoptLabels(found);
  return found.some((one) => one.relative) && isStale(found, facts) ? found.filter((one) => !one.relative) : found;
}

/** A page whose latest date lies longer before its fetch than this was made then, in days: its "today" is long ago. */
const STALE_DAYS = 4;

/** Whether a page was kept somewhere between its making and its fetch, so that its relative times count from an unknown day. */
function isStale(found: readonly DateCandidate[], facts: PageFacts): boolean {
  const days = found.filter((one) => !one.relative).map((one) => one.value.slice(0, 10));
  if (days.length === 0) return false;
  const latest = days.reduce((a, b) => (a > b ? a : b));
  return Date.parse(latest) < Date.parse(facts.context.fetchedAt) - STALE_DAYS * 86_400_000;
}

/** A `<time>` that says of itself neither published nor modified is what the words beside the same day say. */
function adoptLabels(found: readonly DateCandidate[]): void {
  for (const one of found) {
    if (one.kind !== 'unknown' || one.from !== 'time') continue;
    const beside = found.find(
      (other) =>
        other.from === 'visible' &&
        other.kind !== 'unknown' &&
        Math.abs(other.block - one.block) <= 1 &&
        other.value.slice(0, 10) === one.value.slice(0, 10),
    );
    if (beside) one.kind = beside.kind;
  }
}

/**
 * Day and month of ambiguous visible dates are settled by the page's other dates: where swapping makes one agree with a
 * date the page states unambiguously, all are swapped.
 */
function settleOrder(found: DateCandidate[], facts: PageFacts, reading: DateReading): void {
  const sure = new Set(found.filter((one) => !one.ambiguous).map((one) => one.value.slice(0, 10)));
  const swappable = found.filter((one) => one.ambiguous);
  if (swappable.length === 0) return;
  const swapped = (value: string): string =>
    `${value.slice(0, 4)}-${value.slice(8, 10)}-${value.slice(5, 7)}${value.slice(10)}`;
  const asIs = swappable.filter((one) => sure.has(one.value.slice(0, 10))).length;
  const turned = swappable.filter((one) => sure.has(swapped(one.value).slice(0, 10))).length;
  // Without a witness, dates that are impossible one way (a thirteenth month) elsewhere on the page speak for the other.
  const dayFirstSeen = found.some(
    (one) => one.from === 'visible' && /^(?:1[3-9]|2\d|3[01])\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2,4}/.test(one.at),
  );
  const monthFirstSeen = found.some(
    (one) => one.from === 'visible' && /^\d{1,2}\s?[./-]\s?(?:1[3-9]|2\d|3[01])\s?[./-]\s?\d{2,4}/.test(one.at),
  );
  const monthFirst = reading.lang === 'en';
  const turn =
    turned !== asIs ? turned > asIs : monthFirst ? dayFirstSeen && !monthFirstSeen : monthFirstSeen && !dayFirstSeen;
  const fetched = facts.context.fetchedAt.slice(0, 10);
  for (const one of swappable) if (turn && swapped(one.value).slice(0, 10) <= fetched) one.value = swapped(one.value);
}
