import { expect, test } from 'vitest';
import { fold, Gap, hashOf, TokenKind, tokenize, tokenText } from './index.ts';

const words = (text: string) => {
  const tokens = tokenize(text);
  return Array.from({ length: tokens.count }, (_, i) => tokenText(tokens, i));
};

test.each([
  ['Bộ trưởng Trần Đại Quang', ['Bộ', 'trưởng', 'Trần', 'Đại', 'Quang']],
  ["l'Union européenne", ['l', "'", 'Union', 'européenne']],
  ['tăng 3,5% (U23)', ['tăng', '3', ',', '5', '%', '(', 'U23', ')']],
  ['châu Á-Thái Bình Dương', ['châu', 'Á', '-', 'Thái', 'Bình', 'Dương']],
  ['', []],
  ['北京 😀 tốt', ['北京', '😀', 'tốt']],
])('%s is cut into runs of letters and digits and single marks', (text, expected) => {
  expect(words(text)).toEqual(expected);
});

test.each(['Trần Đại Quang thăm Đắk Lắk', 'Élysée, à Besançon', 'plain'])(
  'offsets point into the text as given, whether it is NFC or NFD: %s',
  (nfc) => {
    for (const text of [nfc, nfc.normalize('NFD')]) {
      const tokens = tokenize(text);
      for (let i = 0; i < tokens.count; i++) {
        expect(text.slice(tokens.starts[i], tokens.ends[i]).normalize('NFC')).toBe(tokenText(tokens, i));
      }
    }
  },
);

test('the hashes of a token are those of its NFC form, its lower case and its folded form', () => {
  const tokens = tokenize('Đặng'.normalize('NFD'));
  expect(tokens.words[0]).toBe(hashOf('Đặng'));
  expect(tokens.lowers[0]).toBe(hashOf('đặng'));
  expect(tokens.folds[0]).toBe(hashOf('dang'));
});

test('a sentence starts after a full stop, not after an abbreviation or an initial', () => {
  const tokens = tokenize('Ông đến TP. Vinh. Sau đó J. Smith về.\nHết');
  const starts = Array.from({ length: tokens.count }, (_, i) => i).filter((i) => tokens.sentenceStarts[i] === 1);
  expect(starts.map((i) => tokenText(tokens, i))).toEqual(['Ông', 'Sau', 'Hết']);
});

test('a token knows what it looks like and what stands before it', () => {
  const tokens = tokenize('UBND tỉnh\n\n7 McDonald A');
  expect([...tokens.kinds.slice(0, tokens.count)]).toEqual([
    TokenKind.upper,
    TokenKind.lower,
    TokenKind.number,
    TokenKind.mixed,
    TokenKind.initial,
  ]);
  expect([...tokens.gaps.slice(0, tokens.count)]).toEqual([
    Gap.paragraph,
    Gap.space,
    Gap.paragraph,
    Gap.space,
    Gap.space,
  ]);
});

test.each([
  ['Đắk Lắk', 'dak lak'],
  ['Œuvre d’Élysée – “Ủy”', 'oeuvre d\'elysee - "uy"'],
  ['STRASSE straße', 'strasse strasse'],
])('%s folds to %s, composed or not', (text, folded) => {
  expect(fold(text)).toBe(folded);
  expect(fold(text.normalize('NFD'))).toBe(folded);
});
