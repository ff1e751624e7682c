import { expect, test } from 'vitest';
import { digestOf, passagesOf } from './digest.ts';

const VI =
  'Chính quyền thành phố khai trương tuyến xe buýt điện nối bến xe trung tâm với cảng cá và khu đại học ở phía nam.';
const EN =
  'The city opened an electric bus line between the central station, the fishing port and the university in the south.';

test('a text in two languages has its passages, paragraphs of one language together', () => {
  const body = `${VI}\n\n${VI}\n\n${EN}`;
  expect(passagesOf(body, 'vi')).toEqual([
    { start: 0, end: 2 * VI.length + 2, lang: 'vi' },
    { start: 2 * VI.length + 4, end: body.length, lang: 'en' },
  ]);
});

test.each([
  ['one language', `${VI}\n\n${VI}`],
  ['a short quote in another', `${VI}\n\n“I love Huế!”`],
  ['nothing', ''],
])('a text of %s has none', (_what, body) => {
  expect(passagesOf(body, 'vi')).toBeNull();
});

test('a digest points into the body', () => {
  const body = `${VI} ${VI.replace('phía nam', 'phía bắc')}`;
  const { summary, keywords } = digestOf({ title: 'Xe buýt điện', body, lang: 'vi' }, []);
  expect(summary.length).toBeGreaterThan(0);
  for (const { start, end } of summary) expect(body.slice(start, end)).toMatch(/\.$/);
  expect(keywords.join(' ')).toContain('xe buýt');
});
