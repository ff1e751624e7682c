/** Which country or place a body belongs to where its name does not say: what the document says around it. */
import { fold } from '../text/index.ts';
import { remember } from './memo.ts';
import { demonymOf, mayBeginCountry, placeOf } from './places.ts';
import { wordsOf } from './words.ts';

/** A country named somewhere in a text: its ISO code in lower case, and where. */
export type CountryAt = { code: string; start: number; end: number };

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
/** Vietnamese has no adjectives of countries: only names with a capital are looked at. */
const NAME = /(?<![\p{L}\p{M}])\p{Lu}[\p{L}\p{N}\p{M}]*/gu;
/** Code units between two words of one name. */
const WORD_GAP = 1;
/** Words looked at as one name of a country. */
const LONGEST_NAME = 3;
/** What stands between a body and the country after it (`Bộ Ngoại giao` + `Nga`), or before it (`Russia` + `'s Army`). */
const BETWEEN_AFTER = /^\s*(?:của|de|du|des|of|in|tại)?\s*(?:la\s|l['’]|the\s|d['’])?\s*$/iu;
const BETWEEN_BEFORE = /^(?:['’]s)?\s*$/u;
/** Code units looked at between the two. */
const NEAR = 12;

const mayBegin = remember((word) => mayBeginCountry(fold(word)));

/** Every country, or adjective of one, that a text names with a capital or as an adjective, in text order. */
export function countriesIn(text: string, lang: string | null): CountryAt[] {
  const tokens = [...text.matchAll(lang === 'vi' ? NAME : WORD)].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
  const found: CountryAt[] = [];
  for (let i = 0; i < tokens.length; i++) {
    if (!mayBegin((tokens[i] as { text: string }).text)) continue;
    for (let length = Math.min(LONGEST_NAME, tokens.length - i); length > 0; length--) {
      const phrase = tokens.slice(i, i + length);
      if (phrase.some((token, k) => k > 0 && token.start - (phrase[k - 1] as { end: number }).end > WORD_GAP)) continue;
      const first = phrase[0] as { text: string; start: number };
      const words = phrase.flatMap((token) => wordsOf(token.text));
      const capital = phrase.every((token) => /^\p{Lu}/u.test(token.text));
      const place = capital ? placeOf(words, lang) : null;
      const code = place ? (place.kind === 'country' ? place.country : null) : lang === 'vi' ? null : demonymOf(words);
      if (!code) continue;
      found.push({ code: code.toLowerCase(), start: first.start, end: (phrase.at(-1) as { end: number }).end });
      i += length - 1;
      break;
    }
  }
  return found;
}

/** The country that stands directly beside a span of the text (`Bộ Ngoại giao` + `Nga`, `Ukraine's` + `Army`), or null. */
export function countryBeside(
  text: string,
  countries: readonly CountryAt[],
  start: number,
  end: number,
): string | null {
  const after = countries.find((country) => country.start >= end);
  if (after && after.start - end <= NEAR && BETWEEN_AFTER.test(text.slice(end, after.start))) return after.code;
  const before = countries.findLast((country) => country.end <= start);
  if (before && start - before.end <= NEAR && BETWEEN_BEFORE.test(text.slice(before.end, start))) return before.code;
  return null;
}

/** The country the document speaks of most before an offset, or in all of it; null where it names none. */
export function leadingCountry(countries: readonly CountryAt[], before: number): string | null {
  return mostFrequent(countries.filter((country) => country.start < before)) ?? mostFrequent(countries);
}

function mostFrequent(countries: readonly CountryAt[]): string | null {
  const counts = new Map<string, number>();
  for (const { code } of countries) counts.set(code, (counts.get(code) ?? 0) + 1);
  let best: string | null = null;
  for (const [code, count] of counts) if (best === null || count > (counts.get(best) as number)) best = code;
  return best;
}
