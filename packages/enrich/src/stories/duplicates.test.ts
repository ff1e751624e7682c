import { describe, expect, test } from 'vitest';
import { bandNumbers, bandsOf, type DuplicateCandidate, leavingCopies, originalOf } from './duplicates.ts';
import { fingerprint } from './fingerprint.ts';

const WIRE =
  'Hải quan Hải Phòng vừa phát hiện ba tấn vảy tê tê giấu trong một lô hạt điều nhập từ châu Phi, theo nguồn tin của cảng sáng nay.';
const EDITED = WIRE.replace('sáng nay', 'chiều nay').concat(' Vụ việc đang được điều tra.');
const OTHER =
  'Đội tuyển bóng đá nữ Việt Nam sẽ gặp Thái Lan trong trận chung kết diễn ra tối chủ nhật trên sân Thống Nhất tại thành phố.';

const candidate = (
  documentId: string,
  seenMs: number,
  text: string,
  copyOf: string | null = null,
): DuplicateCandidate => ({
  documentId,
  seenMs,
  fingerprint: fingerprint(text),
  copyOf,
});
const document = (seenMs: number, text = WIRE) => candidate('dx', seenMs, text);

describe('of the same text on many sites', () => {
  test.each([
    ['the first seen is the original', document(5), [candidate('d1', 1, EDITED), candidate('d2', 2, WIRE)], 'd1'],
    ['a copy leads to its own original', document(5), [candidate('d2', 2, WIRE, 'd0')], 'd0'],
    ['another text is none', document(5), [candidate('d1', 1, OTHER)], null],
    ['one that was there before the others stays the original', document(1), [candidate('d2', 2, WIRE)], null],
    ['its own copies are not its original', document(5), [candidate('d2', 2, WIRE, 'dx')], null],
    ['of two seen at once the smaller id is', document(1), [candidate('da', 1, WIRE)], 'da'],
    ['alone it is the original', document(5), [], null],
  ])('%s', (_what, it, candidates, original) => {
    expect(originalOf(it, candidates)).toBe(original);
  });

  test('copies that no longer resemble it leave together, the first of them as their original', () => {
    const copies = [candidate('d3', 3, WIRE, 'dx'), candidate('d2', 2, EDITED, 'dx'), candidate('d1', 1, OTHER, 'dx')];
    expect(leavingCopies(document(0, OTHER), copies)).toEqual([
      { documentId: 'd2', copyOf: null },
      { documentId: 'd3', copyOf: 'd2' },
    ]);
  });
});

test('bands become numbers and come back', () => {
  const { bands } = fingerprint(WIRE);
  const numbers = bandNumbers({ bands, simhash: '0' });
  expect(bandsOf(numbers)).toEqual(bands);
  for (const number of numbers) expect(Number.isSafeInteger(number)).toBe(true);
});
