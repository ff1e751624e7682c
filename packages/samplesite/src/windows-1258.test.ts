import { expect, test } from 'vitest';
import { encodeWindows1258 } from './windows-1258.ts';

test.each([
  'Nguyễn Hữu Lành – “Gùi Chữ”',
  'ếệểễề ốộổỗồ ứựửữừ ắặẳẵằ ấậẩẫầ ớợởỡờ',
  'ỳýỷỹỵ ìíỉĩị ÀÁẢÃẠ Đđ Ơơ Ưư',
  'plain ASCII, 123',
])('windows-1258 keeps %s', (text) => {
  expect(new TextDecoder('windows-1258').decode(encodeWindows1258(text)).normalize('NFC')).toBe(text);
});

test('a character the code page does not have is an error that names it', () => {
  expect(() => encodeWindows1258('漢')).toThrow('U+6f22');
});
