/** Encodes Vietnamese text in windows-1258, which writes tones as combining characters after their letter. */

/** Tones, in the order of Unicode: grave, acute, tilde, hook above, dot below. */
const TONE = /[\u0300\u0301\u0303\u0309\u0323]/;

let reverse: Map<string, number> | undefined;

/** Character to byte, read out of the platform's own decoder so that the two cannot disagree. */
function byteOf(char: string): number | undefined {
  if (!reverse) {
    const decoder = new TextDecoder('windows-1258');
    reverse = new Map(
      Array.from({ length: 256 }, (_, byte): [string, number] => [decoder.decode(Uint8Array.of(byte)), byte]),
    );
  }
  return reverse.get(char);
}

/** One letter as what windows-1258 can write: the letter, or the letter with its shape and then its tone. */
function spell(letter: string): string[] {
  if (byteOf(letter) !== undefined) return [letter];
  const marks = [...letter.normalize('NFD')];
  const tones = marks.filter((mark) => TONE.test(mark));
  const shape = marks.filter((mark) => !TONE.test(mark)).join('');
  return [...shape.normalize('NFC'), ...tones];
}

/** Text to windows-1258 bytes; throws on a character the code page cannot write. */
export function encodeWindows1258(text: string): Buffer {
  const bytes = [...text.normalize('NFC')].flatMap(spell).map((char) => {
    const byte = byteOf(char);
    if (byte === undefined) throw new Error(`windows-1258 cannot write U+${char.codePointAt(0)?.toString(16)}`);
    return byte;
  });
  return Buffer.from(bytes);
}
