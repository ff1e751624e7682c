/** Folds text for comparison: lower case, no diacritics. */
import { baseOf, expansionOf } from './chars.ts';

/**
 * The text in lower case without diacritics, `đ` as `d`, typographic quotes and dashes plain; NFC and NFD input give the
 * same result. Spaces and punctuation stay. The length may differ from the input's.
 */
export function fold(text: string): string {
  let folded = '';
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const base = baseOf(code);
    if (base === 0 && code !== 0) continue;
    folded += base === 0 ? '\0' : (expansionOf(code) ?? String.fromCharCode(base));
  }
  return folded;
}
