/** What changed between two versions of a text. */
import { describe, expect, test } from 'vitest';
import { type DiffPart, diffText, diffWords } from './diff.ts';

/** `[-a-]{+b+}` as patches of words are written. */
const written = (parts: readonly DiffPart[]) =>
  parts.map(({ kind, text }) => (kind === 'same' ? text : kind === 'added' ? `{+${text}+}` : `[-${text}-]`)).join('');
const without = (parts: readonly DiffPart[], kind: DiffPart['kind']) =>
  parts
    .filter((part) => part.kind !== kind)
    .map(({ text }) => text)
    .join('');

describe('words', () => {
  test.each([
    ['a b c', 'a b c', 'a b c'],
    ['giá vé 7.000 đồng', 'giá vé 8.000 đồng', 'giá vé [-7-]{+8+}.000 đồng'],
    ['ba người chết', 'ba người chết, hai người bị thương', 'ba người chết{+, hai người bị thương+}'],
    ['le ministre a dit hier', 'le ministre a démenti mardi', 'le ministre a [-dit hier-]{+démenti mardi+}'],
    ['', 'new', '{+new+}'],
    ['old', '', '[-old-]'],
    ['', '', ''],
  ])('%j becomes %j', (before, after, patch) => {
    expect(written(diffWords(before, after))).toBe(patch);
  });

  test('whatever changed, both texts can be read out of the difference', () => {
    const words = 'xe buýt điện chạy qua cầu cũ mỗi ngày bốn mươi chuyến'.split(' ');
    // A small generator with a fixed seed: a hundred pairs, the same in every run.
    let state = 7;
    const random = (n: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return state % n;
    };
    const text = () => Array.from({ length: random(30) }, () => words[random(words.length)]).join(' ');
    for (let n = 0; n < 100; n++) {
      const [before, after] = [text(), text()];
      const parts = diffWords(before, after);
      expect(without(parts, 'added')).toBe(before);
      expect(without(parts, 'removed')).toBe(after);
    }
  });

  test('a text that was rewritten is told as such, however long it is', () => {
    const before = Array.from({ length: 5_000 }, (_, n) => `a${n}`).join(' ');
    const after = Array.from({ length: 5_000 }, (_, n) => `b${n}`).join(' ');
    expect(diffWords(before, after).map(({ kind }) => kind)).toEqual(['removed', 'added']);
  });
});

describe('paragraphs', () => {
  const before = 'Một.\n\nXe chạy bốn mươi chuyến mỗi ngày.\n\nBa.';

  test('that were edited are compared word by word, the others stand whole', () => {
    const after = 'Một.\n\nXe chạy năm mươi chuyến mỗi ngày.\n\nMới thêm.\n\nBa.';
    const { paragraphs, added, removed } = diffText(before, after);
    expect(paragraphs.map(written)).toEqual([
      'Một.',
      'Xe chạy [-bốn-]{+năm+} mươi chuyến mỗi ngày.',
      '{+Mới thêm.+}',
      'Ba.',
    ]);
    expect({ added, removed }).toEqual({ added: 3, removed: 1 });
  });

  test('that have little in common are not mixed', () => {
    const { paragraphs } = diffText(before, 'Một.\n\nHoàn toàn khác hẳn.\n\nBa.');
    expect(paragraphs.map(written)).toEqual([
      'Một.',
      '[-Xe chạy bốn mươi chuyến mỗi ngày.-]',
      '{+Hoàn toàn khác hẳn.+}',
      'Ba.',
    ]);
  });

  test('that are the same leave nothing to tell', () => {
    expect(diffText(before, before)).toMatchObject({ added: 0, removed: 0 });
  });
});
