/** Where each code unit of a text's NFC form came from. */

/** A starter with its combining marks, or a run of conjoining Hangul: what composition never crosses. */
const CLUSTER = /[\u1100-\u11ff]+|\P{M}?\p{M}+|\P{M}/gsu;

/**
 * For each offset in `nfc` (and its end) the offset in `text` it came from. Inside a composed cluster offsets point to the
 * cluster's start.
 */
export function composeWithOffsets(text: string, nfc: string): Uint32Array {
  const map = new Uint32Array(nfc.length + 1);
  let at = 0;
  for (const match of text.matchAll(CLUSTER)) {
    const length = match[0].normalize('NFC').length;
    const same = length === match[0].length;
    for (let i = 0; i < length && at < map.length; i++) map[at++] = match.index + (same ? i : 0);
  }
  while (at < map.length) map[at++] = text.length;
  return map;
}
