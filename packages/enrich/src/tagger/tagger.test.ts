import { expect, test } from 'vitest';
import { fold } from '../text/index.ts';
import { openTagger } from './index.ts';

const tagger = openTagger();
/** Names in a text as `text|TYPE`. */
const names = (lang: string | null, text: string): string[] =>
  tagger
    .tag(text, { lang })
    .filter(({ type }) => ['PER', 'ORG', 'LOC', 'MISC'].includes(type))
    .map(({ text: name, type }) => `${name}|${type}`);

test.each([
  ['vi', 'Bộ trưởng Công an Trần Đại Quang thăm và làm việc tại Singapore.', ['Trần Đại Quang|PER', 'Singapore|LOC']],
  [
    'vi',
    'Thư ký Hội đồng An ninh Liên bang Nga Nikolai Patrushev gặp Đại tướng Tô Lâm, Ủy viên Bộ Chính trị.',
    ['Hội đồng An ninh Liên bang Nga|ORG', 'Nikolai Patrushev|PER', 'Tô Lâm|PER', 'Bộ Chính trị|ORG'],
  ],
  [
    'vi',
    'Đại tướng, Bộ trưởng Bộ Công an Tô Lâm đã có cuộc gặp với đại diện UBND tỉnh Hà Giang.',
    ['Bộ Công an|ORG', 'Tô Lâm|PER', 'UBND tỉnh Hà Giang|ORG'],
  ],
  [
    'vi',
    'Tổng Thư ký Interpol Jürgen Stock và bà Mireille Ballestrazzi dự lễ.',
    ['Interpol|ORG', 'Jürgen Stock|PER', 'Mireille Ballestrazzi|PER'],
  ],
  ['vi', 'Hợp tác tại khu vực châu Á-Thái Bình Dương được đẩy mạnh.', ['châu Á-Thái Bình Dương|LOC']],
  [
    'vi',
    'Tổ chức Y tế Thế giới (WHO) và Tập đoàn Điện lực Việt Nam (EVN) ký thỏa thuận.',
    ['Tổ chức Y tế Thế giới|ORG', 'WHO|ORG', 'Tập đoàn Điện lực Việt Nam|ORG', 'EVN|ORG'],
  ],
  [
    'vi',
    'Công an huyện Bình Chánh bắt Nguyễn Văn Tèo, trú tại xã Vĩnh Lộc A.',
    ['Công an huyện Bình Chánh|ORG', 'Nguyễn Văn Tèo|PER', 'Vĩnh Lộc A|LOC'],
  ],
  [
    'fr',
    'Le ministre Trân Dai Quang a rencontré Nobuhiro Endo, président du groupe NEC à Singapour.',
    ['Trân Dai Quang|PER', 'Nobuhiro Endo|PER', 'NEC|ORG', 'Singapour|LOC'],
  ],
  [
    'fr',
    'Le ministère vietnamien de la Sécurité publique a salué le rôle d’Interpol.',
    ['ministère vietnamien de la Sécurité publique|ORG', 'Interpol|ORG'],
  ],
  [
    'vi',
    'Thư ký Hội đồng An ninh Liên bang Nga Patrushev tới Hà Nội.',
    ['Hội đồng An ninh Liên bang Nga|ORG', 'Patrushev|PER', 'Hà Nội|LOC'],
  ],
  [
    'vi',
    'Thư ký Tòa soạn Nguyễn Văn Hùng và Ủy viên Trung ương Đảng Lê Minh Hưng phát biểu.',
    ['Nguyễn Văn Hùng|PER', 'Lê Minh Hưng|PER'],
  ],
  [
    'vi',
    'Chủ tịch UBND TP Hà Nội Trần Sỹ Thanh gặp Bộ trưởng Quốc phòng Mỹ Lloyd Austin.',
    ['UBND TP Hà Nội|ORG', 'Trần Sỹ Thanh|PER', 'Mỹ|LOC', 'Lloyd Austin|PER'],
  ],
  ['vi', 'CÔNG AN TỈNH NGHỆ AN BẮT NGUYỄN VĂN HÙNG', ['CÔNG AN TỈNH NGHỆ AN|ORG', 'NGUYỄN VĂN HÙNG|PER']],
  [
    'vi',
    'Bà Mireille Ballestrazzi, Chủ tịch Interpol (giữa). (Ảnh: Doãn Tấn/TTXVN)',
    ['Mireille Ballestrazzi|PER', 'Interpol|ORG', 'Doãn Tấn|PER', 'TTXVN|ORG'],
  ],
  [
    'fr',
    'Les pays d’Afrique de l’Ouest et l’Asie du Sud-Est sont touchés.',
    ['Afrique de l’Ouest|LOC', 'Asie du Sud-Est|LOC'],
  ],
  [
    'fr',
    'Le ministère vietnamien de la Sécurité publique et le ministère français de l’Intérieur ont signé.',
    ['ministère vietnamien de la Sécurité publique|ORG', 'ministère français de l’Intérieur|ORG'],
  ],
  ['fr', 'EMMANUEL MACRON EN VISITE À BERLIN', ['EMMANUEL MACRON|PER', 'BERLIN|LOC']],
  ['en', 'PRESIDENT OBAMA VISITS HANOI', ['OBAMA|PER', 'HANOI|LOC']],
  [
    'en',
    'The Organisation for the Prohibition of Chemical Weapons (OPCW) met in The Hague.',
    ['Organisation for the Prohibition of Chemical Weapons|ORG', 'OPCW|ORG', 'The Hague|LOC'],
  ],
  [
    'en',
    'President Barack Obama met Angela Merkel in Berlin, Germany.',
    ['Barack Obama|PER', 'Angela Merkel|PER', 'Berlin|LOC', 'Germany|LOC'],
  ],
])('names in %s: %s', (lang, text, expected) => {
  expect(names(lang, text)).toEqual(expected);
});

test('a text in NFD has the same mentions, with offsets of its own', () => {
  const text = 'Bộ trưởng Trần Đại Quang thăm Đắk Lắk ngày 13/4.'.normalize('NFD');
  const mentions = tagger.tag(text, { lang: 'vi', date: '2015-04-14' });
  expect(mentions.map(({ text: name, type }) => `${name.normalize('NFC')}|${type}`)).toEqual([
    'Trần Đại Quang|PER',
    'Đắk Lắk|LOC',
    '13/4|DATE',
  ]);
  for (const { start, end, text: name } of mentions) expect(text.slice(start, end)).toBe(name);
});

test('a text that lost its diacritics still names persons, bodies and places', () => {
  const text = 'Bộ trưởng Bộ Công an Trần Đại Quang thăm tỉnh Quảng Ninh và gặp ông Nguyễn Văn Thành.';
  const bare = [...text].map((c) => (c === c.toLowerCase() ? fold(c) : fold(c).toUpperCase())).join('');
  expect(names('vi', bare)).toEqual(['Bo Cong an|ORG', 'Tran Dai Quang|PER', 'Quang Ninh|LOC', 'Nguyen Van Thanh|PER']);
});

test('a paragraph in another language is read in its own', () => {
  const text = [
    'Bộ trưởng Tô Lâm cho biết các nước đã có những bước tiến, và hợp tác với Việt Nam là ưu tiên của họ.',
    'The minister said on Monday, Apr. 13, that the countries of the region have made progress for $20 million.',
  ].join('\n\n');
  const mentions = tagger.tag(text, { lang: 'vi', date: '2015-04-14' });
  expect(mentions.map(({ text: name, type, value }) => [name, type, value])).toEqual([
    ['Tô Lâm', 'PER', undefined],
    ['Việt Nam', 'LOC', undefined],
    ['Monday, Apr. 13', 'DATE', '2015-04-13'],
    ['$20 million', 'MONEY', 'USD 20000000'],
  ]);
  for (const { start, end, text: name } of mentions) expect(text.slice(start, end)).toBe(name);
});

test('mentions are in order and do not overlap', () => {
  const mentions = tagger.tag(
    'Ngày 2/9/2015, Việt Nam và Olympic Tokyo 2020: 5 triệu đồng cho ông Nguyễn Văn A ở Hà Nội.',
    { lang: 'vi' },
  );
  for (let i = 1; i < mentions.length; i++)
    expect(mentions[i]?.start).toBeGreaterThanOrEqual(mentions[i - 1]?.end ?? 0);
});

test('a later mention by the last name alone is the same kind of thing', () => {
  const text = 'Ông Jürgen Stock phát biểu tại Lyon. Theo Stock, tội phạm mạng gia tăng.';
  expect(names('vi', text)).toEqual(['Jürgen Stock|PER', 'Lyon|LOC', 'Stock|PER']);
});

test.each(['', ' \n ', '😀', '\ud83d', 'a'.repeat(10_000), '(((((', '\u0300\u0300'])(
  'odd text %# is tagged without trouble',
  (text) => {
    expect(Array.isArray(tagger.tag(text))).toBe(true);
  },
);

test.each([
  ['de', 'Bundeskanzlerin Angela Merkel traf Barack Obama in Berlin.', 'Angela Merkel|PER'],
  ['es', 'El presidente Barack Obama visitó Madrid con Angela Merkel.', 'Barack Obama|PER'],
  [null, 'Barack Obama visited Paris.', 'Paris|LOC'],
])('other languages are read with what all languages share (%s)', (lang, text, expected) => {
  expect(names(lang, text)).toContain(expected);
});
