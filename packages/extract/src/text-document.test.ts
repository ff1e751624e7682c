/** Plain-text documents, written for these tests in the forms people keep them in. */
import { expect, test } from 'vitest';
import { readText } from './text-document.ts';

const context = { url: 'file:///note.txt', fetchedAt: '2026-01-01T00:00:00Z' };
const read = (text: string) => readText(new TextEncoder().encode(text), context);
const FIRST =
  'Chiều nay, tại bến cảng, đoàn công tác của thành phố đã kiểm tra việc dỡ hàng và làm việc với ban quản lý về an toàn lao động trong mùa mưa bão.';
const SECOND =
  'Theo ban quản lý, từ đầu năm đến nay đã có hơn ba trăm lượt tàu cập bến, tăng một phần năm so với cùng kỳ, và không xảy ra sự cố nghiêm trọng nào.';

test('the ruled form gives address, title and body', () => {
  const page = read(
    `https://bao.example/kinh-te/cang-1234.html\n----------\nThành phố kiểm tra bến cảng\n----------\n${FIRST}\n${SECOND}\n----------\n`,
  );
  expect(page.url).toBe('https://bao.example/kinh-te/cang-1234.html');
  expect(page.article).toMatchObject({
    title: 'Thành phố kiểm tra bến cảng',
    date: null,
    lang: 'vi',
    body: `${FIRST}\n\n${SECOND}`,
  });
});

test('a caption glued before the first sentence is taken off', () => {
  const page = read(
    `https://bao.example/a.html\n---\nBến cảng\n---\nĐoàn công tác tại bến cảng. (Ảnh: Minh Hà) ${FIRST}\n---`,
  );
  expect(page.article?.body).toBe(FIRST);
});

test('a short first line without a full stop is the title', () => {
  expect(read(`Thành phố kiểm tra bến cảng\n${FIRST}\n${SECOND}`).article).toMatchObject({
    title: 'Thành phố kiểm tra bến cảng',
    body: `${FIRST}\n\n${SECOND}`,
  });
});

test('a first line that ends a sentence is no title', () => {
  expect(read(`${FIRST}\n${SECOND}`).article).toMatchObject({ title: null, body: `${FIRST}\n\n${SECOND}` });
});

test('a leading date known to the month is given to the month', () => {
  const page = read(` date 2023-07 ${FIRST}\n\n${SECOND}`);
  expect(page.article?.date).toEqual({ value: '2023-07', precision: 'month' });
  expect(page.article?.title).toBeNull();
  expect(page.article?.body).toBe(`${FIRST}\n\n${SECOND}`);
});

test('captions in table cells and lines of credit are left out', () => {
  const page = read(
    `${FIRST}\n|\nĐoàn công tác chụp ảnh lưu niệm tại bến |\n${SECOND}\nPhoto : Minh Hà |\nToàn cảnh bến cảng nhìn từ trên cao. (Ảnh: Minh Hà)`,
  );
  expect(page.article?.body).toBe(`${FIRST}\n\n${SECOND}`);
});

test('a related link above the body is no title and no text', () => {
  const page = read(`>>Hội thảo về an toàn cảng biển\n${FIRST}\n${SECOND}`);
  expect(page.article).toMatchObject({ title: null, body: `${FIRST}\n\n${SECOND}` });
});

test('related headlines below the body are cut, and their dates do not count', () => {
  const page = read(
    `Thành phố kiểm tra bến cảng\n${FIRST}\n${SECOND}./.\nKhai mạc hội chợ mùa xuân  (18/12/2016)\nLễ hội đua thuyền trên sông  (17/12/2016)\n- Những bước tiến của ngành cảng\n-\nKinh tế\nTriển vọng năm mới -`,
  );
  expect(page.article?.body).toBe(`${FIRST}\n\n${SECOND}./.`);
  expect(page.article?.date).toBeNull();
});

test('a day and month in the text without a year give no date', () => {
  expect(read(`Bến cảng mới\nNgày 13/4, ${FIRST}\n${SECOND}`).article?.date).toBeNull();
});

test('a line with nothing but a date gives the date', () => {
  const page = read(
    `Le port de commerce inspecté\nPublié le 14 avril 2015 à 8h30\nLe maire a visité le port de commerce mardi, avec les services de la ville, pour parler de la sécurité des quais.`,
  );
  expect(page.article?.date).toEqual({ value: '2015-04-14T08:30:00', precision: 'minute' });
  expect(page.article).toMatchObject({ title: 'Le port de commerce inspecté', lang: 'fr' });
});

test('lines wrapped at a fixed width are joined to paragraphs', () => {
  const wrapped =
    'The harbour office said on Monday that the new quay would\nopen in spring, after the last of the cranes had been set up\nand tested by the crew that is to work there.\n\nThe old quay is to stay open until the summer, when repairs\nwill begin that are to last for two years or perhaps a little\nmore, as the office put it.';
  expect(read(wrapped).article?.body.split('\n\n')).toHaveLength(2);
});

test('an empty document is no article', () => {
  expect(read('')).toMatchObject({ kind: 'other', note: 'no-article', article: null });
});
