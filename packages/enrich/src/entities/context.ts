/** Which country or place a body belongs to where its name does not say: what the document says around it. */
import { fold } from '../text/index.ts';
import { demonymOf, mayBeginCountry, placeOf } from './places.ts';
import { wordsOf } from './words.ts';

/** A country named somewhere in a text: its ISO code in lower case, and where. */
export type CountryAt = { code: string; start: number; end: number };

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
/** Words looked at as one name of a country. */
const LONGEST_NAME = 3;
/** Letters between a body and the country that follows it (`của`, `de la`), and between a country's adjective and a body. */
const NEAR_AFTER = 9;
const NEAR_BEFORE = 2;

/** Every country, or adjective of one, that a text names with a capital or as an adjective, in text order. */
export function countriesIn(text: string, lang: string | null): CountryAt[] {
  const tokens = [...text.matchAll(WORD)].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
  const found: CountryAt[] = [];
  for (let i = 0; i < tokens.length; i++) {
    if (!mayBeginCountry(fold((tokens[i] as { text: string }).text))) continue;
    for (let length = Math.min(LONGEST_NAME, tokens.length - i); length > 0; length--) {
      const phrase = tokens.slice(i, i + length);
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

/** The country that stands directly beside a span of the text (`Bộ Ngoại giao` + `Nga`, `Russian` + `Foreign Ministry`), or null. */
export function countryBeside(countries: readonly CountryAt[], start: number, end: number): string | null {
  const after = countries.find((country) => country.start >= end && country.start - end <= NEAR_AFTER);
  if (after) return after.code;
  return countries.find((country) => country.end <= start && start - country.end <= NEAR_BEFORE)?.code ?? null;
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
