/** Tells from the UTF-8 bytes of a text what decoding need not look for: decomposed letters, text encoded twice. */

/** What stands in the bytes of a text. */
export type Utf8Look = {
  /** Surely NFC as it is: every character is inert under it. */
  composed: boolean;
  /** Pairs of characters that text encoded twice is full of. */
  twiceSigns: number;
};

/** 1 for units that NFC leaves alone whatever stands beside them, 2 for others, 0 where that is not known yet. */
const INERT = new Uint8Array(65_536);
/** Units worked out at once. */
const CHUNK = 64;

function isInert(unit: number): boolean {
  const known = INERT[unit] as number;
  if (known !== 0) return known === 1;
  const start = unit - (unit % CHUNK);
  for (let code = start; code < start + CHUNK; code++) {
    const text = String.fromCharCode(code);
    // Only marks and the later jamo of a syllable are drawn to what stands before them.
    const isDrawn = /\p{M}|[\u1100-\u11ff\ud800-\udfff]/u.test(text);
    INERT[code] = !isDrawn && text.normalize('NFC') === text ? 1 : 2;
  }
  return INERT[unit] === 1;
}

/** Lead byte and second byte of the pictographs (U+1F000 to U+1FFFF), which are inert. */
const PICTOGRAPHS = 0xf09f;

/** Reads the bytes of a text that is valid UTF-8; four at a time where they are ASCII. */
export function lookAtUtf8(bytes: Uint8Array): Utf8Look {
  const { length } = bytes;
  const lead = -bytes.byteOffset & 3;
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + lead, Math.max(0, length - lead) >> 2);
  const found: Utf8Look = { composed: true, twiceSigns: 0 };
  let before = 0;
  let behind = -1;
  let at = 0;
  while (at < length) {
    if (((at - lead) & 3) === 0) {
      let word = (at - lead) >> 2;
      while (word < words.length && ((words[word] as number) & 0x80808080) === 0) word++;
      at = lead + word * 4;
      if (at >= length) break;
    }
    const byte = bytes[at] as number;
    if (byte < 0x80) {
      at++;
      continue;
    }
    const second = (bytes[at + 1] as number) & 63;
    let unit = 0;
    let size = 4;
    if (byte < 0xe0) {
      unit = ((byte & 31) << 6) | second;
      size = 2;
    } else if (byte < 0xf0) {
      unit = ((byte & 15) << 12) | (second << 6) | ((bytes[at + 2] as number) & 63);
      size = 3;
    }
    if (behind === at && isTwiceSign(before, unit)) found.twiceSigns++;
    if (found.composed && unit >= 0x300) found.composed = isInert(unit);
    else if (size === 4 && ((byte << 8) | (bytes[at + 1] as number)) !== PICTOGRAPHS) found.composed = false;
    before = unit;
    at += size;
    behind = at;
  }
  return found;
}

/** Whether two neighbours are how a letter of two or three bytes looks when it was encoded twice. */
function isTwiceSign(first: number, second: number): boolean {
  if (first >= 0xc3 && first <= 0xc6) return true;
  return first === 0xe1 ? second === 0xba || second === 0xbb : first === 0xe2 && second === 0x20ac;
}
