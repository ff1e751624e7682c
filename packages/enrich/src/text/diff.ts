/** What changed between two texts: paragraphs first, then words within those that changed. */

/** A run of text that is in both, in the second only, or in the first only. */
export type DiffPart = { kind: 'same' | 'added' | 'removed'; text: string };

/** What changed between two texts, paragraph by paragraph in the order of reading; and how many words. */
export type TextDiff = { paragraphs: DiffPart[][]; added: number; removed: number };

/**
 * Most insertions and deletions looked for in one comparison. Beyond it a text was rewritten rather than edited, and is
 * shown as removed and added; memory and time grow with its square.
 */
const MOST_EDITS = 1_200;
/** Two paragraphs with at least this share of words in common are one paragraph that was edited. */
const EDITED_SHARE = 0.35;

/** Compares two texts whose paragraphs are separated by blank lines. */
export function diffText(before: string, after: string): TextDiff {
  const paragraphs: DiffPart[][] = [];
  for (const hunk of hunksOf(paragraphsOf(before), paragraphsOf(after))) {
    if (hunk.same) paragraphs.push(...hunk.same.map((text) => [{ kind: 'same' as const, text }]));
    else paragraphs.push(...pairedParagraphs(hunk.removed, hunk.added));
  }
  const count = (kind: DiffPart['kind']) =>
    paragraphs.flat().reduce((sum, part) => sum + (part.kind === kind ? wordsOf(part.text).length : 0), 0);
  return { paragraphs, added: count('added'), removed: count('removed') };
}

/** Compares two texts word by word. */
export function diffWords(before: string, after: string): DiffPart[] {
  const parts: DiffPart[] = [];
  const put = (kind: DiffPart['kind'], tokens: readonly string[]) => {
    const text = tokens.join('');
    const last = parts.at(-1);
    if (text === '') return;
    if (last?.kind === kind) last.text += text;
    else parts.push({ kind, text });
  };
  const hunks = hunksOf(tokensOf(before), tokensOf(after));
  for (const [index, hunk] of hunks.entries()) {
    // A lone space between two changes would cut one change into many.
    const between = index > 0 && index < hunks.length - 1 && hunk.same?.join('').trim() === '';
    if (hunk.same && !between) put('same', hunk.same);
    else {
      put('removed', hunk.same ?? hunk.removed);
      put('added', hunk.same ?? hunk.added);
    }
  }
  return joined(parts);
}

/** Neighbouring changes as one removal and one addition, in that order. */
function joined(parts: readonly DiffPart[]): DiffPart[] {
  const tidy: DiffPart[] = [];
  let removed = '';
  let added = '';
  const flush = () => {
    if (removed) tidy.push({ kind: 'removed', text: removed });
    if (added) tidy.push({ kind: 'added', text: added });
    removed = '';
    added = '';
  };
  for (const part of parts) {
    if (part.kind === 'removed') removed += part.text;
    else if (part.kind === 'added') added += part.text;
    else {
      flush();
      tidy.push(part);
    }
  }
  flush();
  return tidy;
}

/** Paragraphs of a changed stretch: those that were edited word by word, the others whole. */
function pairedParagraphs(removed: readonly string[], added: readonly string[]): DiffPart[][] {
  const shown: DiffPart[][] = [];
  let next = 0;
  for (const old of removed) {
    const match = added.findIndex((it, index) => index >= next && sharedWords(old, it) >= EDITED_SHARE);
    if (match === -1) {
      shown.push([{ kind: 'removed', text: old }]);
      continue;
    }
    for (const text of added.slice(next, match)) shown.push([{ kind: 'added', text }]);
    shown.push(diffWords(old, added[match] ?? ''));
    next = match + 1;
  }
  for (const text of added.slice(next)) shown.push([{ kind: 'added', text }]);
  return shown;
}

/** Share of words that two paragraphs have in common, of the words of the longer one. */
function sharedWords(a: string, b: string): number {
  const left = new Map<string, number>();
  const words = wordsOf(a);
  const others = wordsOf(b);
  for (const word of words) left.set(word, (left.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of others) {
    const n = left.get(word) ?? 0;
    if (n > 0) shared += 1;
    left.set(word, n - 1);
  }
  return shared / Math.max(words.length, others.length, 1);
}

const paragraphsOf = (text: string): string[] => text.split(/\n\s*\n/).filter((it) => it.trim() !== '');
const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
/** Words, runs of white space, and single other characters; joined they are the text again. */
const tokensOf = (text: string): string[] => text.match(/[\p{L}\p{M}\p{N}]+|\s+|./gu) ?? [];

/** A stretch that is in both, or what stands in its place in each. */
type Hunk =
  | { same: string[]; removed?: undefined; added?: undefined }
  | { same?: undefined; removed: string[]; added: string[] };

/** Stretches of two lists by the shortest edit script: E. Myers, An O(ND) Difference Algorithm, 1986. */
function hunksOf(a: readonly string[], b: readonly string[]): Hunk[] {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let tail = 0;
  while (tail < a.length - start && tail < b.length - start && a[a.length - 1 - tail] === b[b.length - 1 - tail])
    tail += 1;
  const hunks: Hunk[] = [];
  if (start > 0) hunks.push({ same: a.slice(0, start) });
  hunks.push(...middleHunks(a.slice(start, a.length - tail), b.slice(start, b.length - tail)));
  if (tail > 0) hunks.push({ same: a.slice(a.length - tail) });
  return hunks;
}

function middleHunks(a: readonly string[], b: readonly string[]): Hunk[] {
  if (a.length === 0 && b.length === 0) return [];
  const whole: Hunk[] = [{ removed: [...a], added: [...b] }];
  if (a.length === 0 || b.length === 0) return whole;
  const kept = keptPairs(a, b);
  if (kept === null) return whole;
  const hunks: Hunk[] = [];
  let x = 0;
  let y = 0;
  for (const [keptX, keptY] of [...kept, [a.length, b.length] as const]) {
    if (keptX > x || keptY > y) hunks.push({ removed: a.slice(x, keptX), added: b.slice(y, keptY) });
    const last = hunks.at(-1);
    if (keptX < a.length) {
      const item = a[keptX] ?? '';
      if (last?.same) last.same.push(item);
      else hunks.push({ same: [item] });
    }
    x = keptX + 1;
    y = keptY + 1;
  }
  return hunks;
}

/** Positions of what both lists have, in order; null where they differ by more than `MOST_EDITS`. */
function keptPairs(a: readonly string[], b: readonly string[]): [number, number][] | null {
  const most = Math.min(a.length + b.length, MOST_EDITS);
  const offset = most + 1;
  const reach = new Int32Array(2 * most + 3);
  const history: Int32Array[] = [];
  for (let edits = 0; edits <= most; edits++) {
    history.push(reach.slice(offset - edits - 1, offset + edits + 2));
    for (let k = -edits; k <= edits; k += 2) {
      const down = k === -edits || (k !== edits && at(reach, offset + k - 1) < at(reach, offset + k + 1));
      let x = down ? at(reach, offset + k + 1) : at(reach, offset + k - 1) + 1;
      let y = x - k;
      while (x < a.length && y < b.length && a[x] === b[y]) {
        x += 1;
        y += 1;
      }
      reach[offset + k] = x;
      if (x >= a.length && y >= b.length) return walkBack(history, a.length, b.length);
    }
  }
  return null;
}

/** The kept pairs of the path that was found, from its end to its beginning, in order. */
function walkBack(history: readonly Int32Array[], endX: number, endY: number): [number, number][] {
  const kept: [number, number][] = [];
  let x = endX;
  let y = endY;
  for (let edits = history.length - 1; edits >= 0; edits--) {
    const reach = history[edits] ?? new Int32Array();
    const offset = edits + 1;
    const k = x - y;
    const down = k === -edits || (k !== edits && at(reach, offset + k - 1) < at(reach, offset + k + 1));
    const fromX = edits === 0 ? 0 : at(reach, offset + (down ? k + 1 : k - 1));
    const fromY = edits === 0 ? 0 : fromX - (down ? k + 1 : k - 1);
    const stepX = edits === 0 ? 0 : down ? fromX : fromX + 1;
    const stepY = edits === 0 ? 0 : down ? fromY + 1 : fromY;
    while (x > stepX && y > stepY) {
      x -= 1;
      y -= 1;
      kept.push([x, y]);
    }
    x = fromX;
    y = fromY;
  }
  return kept.reverse();
}

const at = (reach: Int32Array, index: number): number => reach[index] ?? 0;
