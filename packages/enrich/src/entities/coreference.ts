/** Which mentions of people in one document name the same person: `Trần Đại Quang`, `ông Quang`; `Jürgen Stock`, `M. Stock`. */
import { remember } from './memo.ts';
import { isEastAsianFamilyName, isVietnameseName, personKey, personWords, sound } from './people.ts';
import { sameSpelling } from './words.ts';

/** A mention of a person: where it starts, its words, and what its name alone says. */
export type PersonMention = {
  start: number;
  words: string[];
  exact: string[];
  key: string;
  known: boolean;
  lone: boolean;
};

const readPerson = remember((text) => {
  const words = personWords(text);
  return { words: words.map((word) => word.folded), exact: words.map((word) => word.exact), ...personKey(text) };
});

/** Reads a mention of a person starting at offset `start`. */
export function personMention(text: string, start: number): PersonMention {
  return { start, ...readPerson(text) };
}

/**
 * For each mention the index of the mention whose name is its person's fullest: itself where no fuller form fits.
 * A short form joins the nearest fuller form before it, or else the first one after. `strict`: the text writes
 * Vietnamese with diacritics, so `Quang` is not `Quảng`.
 */
export function fullestForms(mentions: readonly PersonMention[], strict: boolean): number[] {
  const best = mentions.map((mention, index) => {
    if (mention.known) return index;
    let before = -1;
    let after = -1;
    for (let other = 0; other < mentions.length; other++) {
      const full = mentions[other] as PersonMention;
      if (other === index || !isFullerForm(full, mention, strict)) continue;
      if (full.start < mention.start)
        before = before < 0 || full.start > (mentions[before] as PersonMention).start ? other : before;
      else after = after < 0 || full.start < (mentions[after] as PersonMention).start ? other : after;
    }
    if (before >= 0) return before;
    return after >= 0 ? after : index;
  });
  // A fuller form may itself be short for a longer one; each step makes the name longer, so this ends.
  return best.map((_, index) => {
    let at = index;
    while (best[at] !== at) at = best[at] as number;
    return at;
  });
}

/** Whether `full` is a longer form of the name that `short` is a part of. */
export function isFullerForm(full: PersonMention, short: PersonMention, strict: boolean): boolean {
  if (full.words.length < short.words.length || full.lone) return false;
  if (short.words.length > 1 && short.words.some((word) => word.length === 1)) return fitsInitials(full, short);
  if (full.words.length === short.words.length) return false;
  const last = full.words.length - short.words.length;
  const vietnamese = isVietnameseName(full.words);
  for (let offset = last; offset >= 0; offset--) {
    if (!short.words.every((word, i) => wordFits(full, offset + i, word, short.exact[i] as string, vietnamese, strict)))
      continue;
    if (vietnamese) return offset === last && offset > 0;
    if (short.words.length > 1 || offset === last || offset === 0) return true;
    if (isEastAsianFamilyName(short.words[0] as string)) return true;
  }
  return !vietnamese && short.words.length > 1 && sameEnds(full, short);
}

function wordFits(
  full: PersonMention,
  at: number,
  word: string,
  exact: string,
  vietnamese: boolean,
  strict: boolean,
): boolean {
  const other = full.words[at] as string;
  if (other !== word) return !vietnamese && word.length > 3 && sound(other) === sound(word);
  return sameSpelling(full.exact[at] as string, exact, strict && vietnamese);
}

/** `V. Putin` in `Vladimir Putin`: initials fit first letters, whole words are the same. */
function fitsInitials(full: PersonMention, short: PersonMention): boolean {
  const whole = short.words.filter((word) => word.length > 1);
  const initials = short.words.filter((word) => word.length === 1);
  return (
    whole.length > 0 &&
    full.words.every((word) => word.length > 1) &&
    whole.every((word) => full.words.includes(word)) &&
    initials.every((letter) => full.words.some((word) => word.startsWith(letter)))
  );
}

/** `Vladimir Putin` in `Vladimir Vladimirovich Putin`: first and last words agree. */
function sameEnds(full: PersonMention, short: PersonMention): boolean {
  return full.words[0] === short.words[0] && full.words.at(-1) === short.words.at(-1);
}
