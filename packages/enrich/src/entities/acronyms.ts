/** Names a document gives twice, once in brackets: `Tổ chức Cảnh sát hình sự quốc tế (Interpol)`. */

/** A mention by its place in the text. */
export type Span = { start: number; end: number; text: string };

const OPENING =
  /^[\s"'”’»]*[([]\s*(?:(?:viết tắt là|viết tắt|gọi tắt là|gọi tắt|tên viết tắt là|sau đây gọi là|ou|or|dit|dite|abbreviated as)\s*:?\s*)?["'“‘«]?\s*$/iu;
const CLOSING = /^\s*["'”’»]?\s*[)\]]/u;
const ACRONYM = /^[\p{Lu}\d][\p{Lu}\d&.+-]{1,11}$/u;

/** Whether a name looks like an acronym: capitals and digits without spaces. */
export function isAcronym(name: string): boolean {
  return ACRONYM.test(name.normalize('NFC'));
}

/**
 * Pairs of mentions (by index) where the second stands alone in brackets right after the first. `mentions` are in text
 * order. Whether the two name one thing is for the caller to judge: a place in brackets is more often where the first is.
 */
export function bracketPairs(text: string, mentions: readonly Span[]): [number, number][] {
  const pairs: [number, number][] = [];
  for (let i = 0; i + 1 < mentions.length; i++) {
    const first = mentions[i] as Span;
    const second = mentions[i + 1] as Span;
    if (second.start <= first.end || second.start - first.end > 40) continue;
    if (OPENING.test(text.slice(first.end, second.start)) && CLOSING.test(text.slice(second.end, second.end + 4)))
      pairs.push([i, i + 1]);
  }
  return pairs;
}

/** The acronym in brackets right after an offset (`Liên đoàn Bóng đá Việt Nam (VFF)`), where it was not tagged itself, or null. */
export function acronymAfter(text: string, end: number): string | null {
  const found = /^\s*\(\s*([\p{Lu}\d][\p{L}\d&.+-]{1,14})\s*\)/u.exec(text.slice(end, end + 24));
  return found?.[1] && isAcronym(found[1]) ? found[1] : null;
}
