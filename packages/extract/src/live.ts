/** Reads live reports: which blocks belong to the entries, and which of them are their times. */
import type { PageFacts } from './facts.ts';
import { HINT } from './hints.ts';
import { LIVE_PATH, LIVE_TEXT } from './kind/kind-words.ts';
import { endsInCredit, FURNITURE_LINE, isCredit, RELATED_LINE } from './labels.ts';
import type { Block, Box } from './survey-types.ts';
import { countWords, keyOf } from './words.ts';

/** Fewest timed entries of a live report that no JSON-LD declares. */
const MIN_ENTRIES = 3;
/** Share of all timed entries that the box around a report holds; a list of latest news beside it has some too. */
const MAIN_SHARE = 0.6;
/** Longest line that states the time of an entry, and shortest text that may follow it, in characters. */
const TIME_CHARS = 50;
const ENTRY_CHARS = 40;
/** JSON-LD must have this many times the words that the page shows: less is the same text told twice. */
const MORE_TEXT = 1.2;
/** A page that shows this many words of its entries is read as it is shown, newest entries first. */
const ENOUGH_WORDS = 400;
/** Letters a line of time may have beside its figures: a weekday, a month, "Uhr", "ago". */
const TIME_LETTERS = 24;

const CLOCK =
  /(?<!\d)(?:[01]?\d|2[0-3])\s?(?:[:.hH]|giờ|시|時|点)\s?(?:[0-5]\d)?(?!\d)|\b(?:1[0-2]|[1-9])\s?[ap]\.?m\b/u;
const NO_ENTRY =
  HINT.comment |
  HINT.nav |
  HINT.related |
  HINT.sidebar |
  HINT.ad |
  HINT.footer |
  HINT.share |
  HINT.signup |
  HINT.consent;

/** The entries of a live report. */
export type LiveReport = {
  /** Marks by block: the text of the report, its times and subheads with it. Empty where JSON-LD has more. */
  keep: boolean[];
  /** The times of the entries, by the block each stands in. */
  times: Map<number, string>;
  /** How many entries the page shows. */
  entries: number;
};

/** Whether a line states a time of day with little else. */
export function isTimeLine(text: string): boolean {
  if (text.length > TIME_CHARS || !CLOCK.test(text)) return false;
  return text.replace(/[^\p{L}]/gu, '').length <= TIME_LETTERS && (text.match(/\p{L}{2,}/gu)?.length ?? 0) <= 4;
}

/** The time of a line without what stands behind it: an author, "key event". */
function timeIn(text: string): string {
  const clock = CLOCK.exec(text);
  if (!clock) return text;
  const rest = text.slice(clock.index + clock[0].length);
  const zone =
    /^\s*(?:[ap]\.?m\.?|uhr|h|\(?(?:GMT|UTC|CET|CEST|BST|EST|EDT|ICT)[^)\s]{0,6}\)?)(?!\p{L})/iu.exec(rest)?.[0] ?? '';
  // A date may follow its time: "09:10 | 12/03/2026".
  return /\d/.test(rest) ? text : (text.slice(0, clock.index + clock[0].length) + zone).trim();
}

/** Whether a page says of itself that it is written while things happen. */
export function saysLive(facts: PageFacts, heading: string | null): boolean {
  if (facts.linked.types.has('LiveBlogPosting')) return true;
  return LIVE_TEXT.test(facts.survey.title ?? '') || LIVE_TEXT.test(heading ?? '') || LIVE_PATH.test(facts.context.url);
}

/** The deepest box that holds most of the timed entries, or null where there are too few. */
function reportBox(times: readonly Block[]): Box | null {
  const counts = new Map<Box, number>();
  for (const { box } of times)
    for (let up: Box | null = box; up; up = up.parent) counts.set(up, (counts.get(up) ?? 0) + 1);
  const enough = Math.max(MIN_ENTRIES, MAIN_SHARE * times.length);
  let best: Box | null = null;
  for (const [box, count] of counts) if (count >= enough && (!best || box.depth > best.depth)) best = box;
  return best;
}

const isLinked = (block: Block): boolean => block.linkChars * 2 > block.text.length;

/** Blocks that state a time and stand right above running text. */
function timeBlocks(facts: PageFacts): Block[] {
  const { blocks, times } = facts.survey;
  const timed = new Set(times.filter((time) => time.name === 'time').map((time) => time.at));
  return blocks.filter((block) => {
    if ((block.box.hints & NO_ENTRY) !== 0) return false;
    if (!isTimeLine(block.text) && !(timed.has(block.index) && block.text.length <= TIME_CHARS)) return false;
    for (let at = block.index + 1; at <= block.index + 2; at++) {
      const next = blocks[at];
      if (next && next.text.length >= ENTRY_CHARS) return !isLinked(next);
    }
    return false;
  });
}

/**
 * The entries of a page that is known to be a live report.
 *
 * @param keep marks of the general way; what they keep outside of the entries stays kept above them.
 * @returns null where the page shows too few entries to tell.
 */
export function findReport(facts: PageFacts, keep: readonly boolean[], title: string | null): LiveReport | null {
  const times = timeBlocks(facts);
  const around = reportBox(times);
  if (!around) return null;
  const inside = (box: Box): boolean => {
    for (let up: Box | null = box; up && up.depth >= around.depth; up = up.parent) if (up === around) return true;
    return false;
  };
  const own = times.filter((block) => inside(block.box));
  const first = own[0]?.index ?? 0;
  const isTime = new Map(own.map((block) => [block.index, timeIn(block.text)]));
  const titleKey = keyOf(title ?? '');
  const marks = facts.survey.blocks.map((block) => {
    if (isTime.has(block.index)) return true;
    if (keyOf(block.text) === titleKey) return false;
    if (!inside(block.box)) return block.index < first && keep[block.index] === true && !isTimeLine(block.text);
    return (block.index > first || keep[block.index] === true) && isEntryText(block, around);
  });
  return { keep: marks, times: isTime, entries: own.length };
}

/** Text of an entry: no furniture, no caption, nothing but links. */
function isEntryText(block: Block, around: Box): boolean {
  const { text, box } = block;
  if ((box.hints & ~around.hints & (NO_ENTRY | HINT.caption | HINT.byline | HINT.author | HINT.hidden)) !== 0)
    return false;
  if (box.hidden || box.name === 'figcaption' || isLinked(block)) return false;
  return !FURNITURE_LINE.test(text) && !RELATED_LINE.test(text) && !isCredit(text) && !endsInCredit(text);
}

/** One entry of a live report as JSON-LD has it; times as they are written. */
export type LiveUpdate = { at: string | null; headline: string | null; text: string };

/** A line of a text made of entries; subheads are times and headlines. */
export type LiveLine = { text: string; subhead: boolean };

/** The local time of an instant as it is written, with its day where entries go over several. */
function timeOf(at: string, withDay: boolean): string {
  const [, day, clock] = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)/.exec(at) ?? [];
  if (!day || !clock) return at.slice(0, TIME_CHARS);
  return withDay ? `${day} ${clock}` : clock;
}

/**
 * The text of a report's entries as JSON-LD tells them, where the page shows only few of them.
 *
 * @returns null where it is not.
 */
export function updatesText(updates: readonly LiveUpdate[], shown: string): LiveLine[] | null {
  const words = updates.reduce((sum, one) => sum + countWords(one.text), 0);
  const seen = countWords(shown);
  if (words === 0 || words < MORE_TEXT * seen || seen >= ENOUGH_WORDS) return null;
  const days = new Set(updates.map((one) => one.at?.slice(0, 10)));
  return updates.flatMap(({ at, headline, text }) => {
    const paragraphs = text.split(/\n+/).map((one) => one.trim());
    const heads = [at ? timeOf(at, days.size > 1) : '', headline ?? ''];
    return [
      ...heads.map((line) => ({ text: line, subhead: true })),
      ...paragraphs.map((line) => ({ text: line, subhead: false })),
    ].filter((line) => line.text !== '');
  });
}
