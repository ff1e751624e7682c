/** The same wire text is found again with small edits, and other texts are not. */
import { expect, test } from 'vitest';
import { distance, fingerprint, isNearDuplicate } from './fingerprint.ts';

const WIRE =
  'Chiều 19/7, tàu du lịch Sao Biển 28 chở 47 người bị lật do dông lốc trên vịnh Hạ Long, làm 9 người thiệt mạng và 4 người mất tích. ' +
  'Phó Chủ tịch tỉnh Bùi Thế Phong trực tiếp chỉ huy công tác cứu nạn. Cảnh sát biển và Bộ đội Biên phòng đã cứu được 34 người. ' +
  'Trong số nạn nhân có hai du khách Hàn Quốc. Ông Phong cho biết mọi tàu thuyền bị cấm ra khơi đến hết ngày 21/7.';
const OTHER =
  'Sáng 7/8, tỉnh Quảng Ninh khánh thành cảng tàu khách quốc tế thứ hai bên vịnh Hạ Long với tổng vốn 1.150 tỷ đồng. ' +
  'Phó Chủ tịch tỉnh Bùi Thế Phong cho biết cảng có thể đón tàu du lịch dài 290 m và 6.000 khách mỗi lượt.';

const EDITS: readonly (readonly [edit: string, text: string])[] = [
  ['nothing', WIRE],
  ['a caption before it', `(Ảnh: Minh Hà) Hiện trường vụ lật tàu. ${WIRE}`],
  ['a number corrected', WIRE.replace('9 người thiệt mạng', '11 người thiệt mạng')],
  ['its diacritics lost', WIRE.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D')],
  ['its last sentence cut', WIRE.slice(0, WIRE.lastIndexOf('Ông Phong'))],
  ['its case changed', WIRE.toUpperCase()],
];

test.each(EDITS)('a text with %s is a near-duplicate', (_, text) => {
  expect(isNearDuplicate(fingerprint(WIRE), fingerprint(text))).toBe(true);
});

test('another text about the same place and person is none', () => {
  expect(isNearDuplicate(fingerprint(WIRE), fingerprint(OTHER))).toBe(false);
});

test('texts of a few words are nobody’s copy', () => {
  const short = fingerprint('Photo: AFP');
  expect(short.bands).toEqual([]);
  expect(isNearDuplicate(short, short)).toBe(false);
});

test('a simhash has 64 bits, and its distance to itself is 0', () => {
  const { simhash } = fingerprint(WIRE);
  expect(simhash).toMatch(/^[0-9a-f]{16}$/);
  expect(distance(simhash, simhash)).toBe(0);
  expect(distance('0000000000000000', 'ffffffffffffffff')).toBe(64);
});
