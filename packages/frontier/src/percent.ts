/** One spelling for percent-encoding: RFC 3986 section 6.2.2. */

/** What needs a look: an escape, a stray percent sign, or a character RFC 3986 does not let stand in path or query. */
const SUSPECT = /[%[\]|^`{}]/;
const TO_NORMALIZE = /%([0-9a-fA-F]{2})|[%[\]|^`{}]/g;
/** Unreserved characters mean the same escaped or not (RFC 3986, 2.3), so they stand bare. */
const UNRESERVED = /[A-Za-z0-9\-._~]/;

const SPELLINGS = new Map<string, string>();
for (let byte = 0; byte < 256; byte++) {
  const hex = byte.toString(16).toUpperCase().padStart(2, '0');
  const char = String.fromCharCode(byte);
  SPELLINGS.set(hex, UNRESERVED.test(char) ? char : `%${hex}`);
}

/**
 * Normalises a path or a query that the WHATWG parser has written: escapes in upper case, unreserved characters bare,
 * `[ ] | ^ { }` and the backtick escaped, and a percent sign that begins no escape written `%25`.
 */
export function normalizePercent(part: string): string {
  if (!SUSPECT.test(part)) return part;
  return part.replace(TO_NORMALIZE, (found, hex: string | undefined) => {
    if (hex !== undefined) return SPELLINGS.get(hex.toUpperCase()) ?? found;
    return SPELLINGS.get(found.charCodeAt(0).toString(16).toUpperCase()) ?? found;
  });
}
