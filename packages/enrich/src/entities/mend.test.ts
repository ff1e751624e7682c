/** Known names mend what the tagger found. */
import type { Mention, MentionType } from '@newsloom/model';
import { expect, test } from 'vitest';
import { tokenize } from '../text/index.ts';
import { mendMentions } from './mend.ts';
import { namesToAsk } from './names-to-ask.ts';

/** Mentions as `name|TYPE`, found by their first place in the text. */
function mentionsOf(text: string, found: readonly string[]): Mention[] {
  return found.map((it) => {
    const [name, type] = it.split('|') as [string, MentionType];
    const start = text.indexOf(name);
    return { start, end: start + name.length, text: name, type };
  });
}
const shown = (mentions: readonly Mention[]): string[] => mentions.map(({ text, type }) => `${text}|${type}`);

test.each<[claim: string, lang: string, text: string, found: string[], mended: string[]]>([
  ['a known body that was missed is added', 'vi', 'Ông đến Nhà Trắng sáng nay.', [], ['Nhà Trắng|ORG']],
  ['a known place that was cut is whole', 'vi', 'Ông ở Mát-xcơ-va.', ['Mát-xcơ|LOC'], ['Mát-xcơ-va|LOC']],
  [
    'two known names run together are two',
    'vi',
    'Chủ tịch Trung Quốc Tập Cận Bình đến.',
    ['Trung Quốc Tập Cận Bình|ORG'],
    ['Trung Quốc|LOC', 'Tập Cận Bình|PER'],
  ],
  [
    'a body with an adjective of a country in it is one',
    'fr',
    'Le ministère russe de la Défense annonce.',
    ['Défense|ORG'],
    ['ministère russe de la Défense|ORG'],
  ],
  [
    'words behind a known body are no part of it',
    'fr',
    'Le ministère vietnamien de la Défense enverra des hélicoptères.',
    ['ministère vietnamien de la Défense enverra des hélicoptères|ORG'],
    ['ministère vietnamien de la Défense|ORG'],
  ],
  [
    'bodies joined by a word are several',
    'fr',
    "La Banque mondiale et la Banque d'État du Vietnam ont parlé.",
    ["Banque mondiale et la Banque d'État du Vietnam|ORG"],
    ['Banque mondiale|ORG', "Banque d'État du Vietnam|ORG"],
  ],
  ['a known body is no person', 'vi', 'Họ gặp Hamas.', ['Hamas|PER'], ['Hamas|ORG']],
  [
    'a person with a title keeps the name of a place',
    'fr',
    'M. Hai Duong est venu.',
    ['Hai Duong|PER'],
    ['Hai Duong|PER'],
  ],
  ['a word for any army is not added', 'en', 'She joined the Army last year.', [], []],
  ['a part of a longer name is not added', 'vi', 'Khách sạn Hà Nội Xanh mở cửa.', [], []],
  [
    'what a title adds is no part of a name',
    'fr',
    'Il a vu le Pape François hier.',
    ['François|PER'],
    ['François|PER'],
  ],
  [
    'a given name is found again after the full one',
    'en',
    'They met Le Van Tuong. Yesterday Tuong left, and Ms Ha, too.',
    ['Le Van Tuong|PER'],
    ['Le Van Tuong|PER', 'Tuong|PER'],
  ],
  ['dates stay as they were', 'vi', 'Ngày 12/3, Nhà Trắng nói.', ['12/3|DATE'], ['12/3|DATE', 'Nhà Trắng|ORG']],
  ['nothing comes of nothing', 'vi', '', [], []],
])('%s', (_, lang, text, found, mended) => {
  expect(shown(mendMentions(tokenize(text), mentionsOf(text, found), lang))).toEqual(mended);
});

test('a name that others know is found where the tagger saw none, and wins over a part of it', () => {
  const text = 'Hôm qua Sông Hàn Xanh trả nợ cho Vừ A Lềnh.';
  const learned = ['Sông Hàn Xanh|ORG', 'Vừ A Lềnh|PER'].map((it) => {
    const [name, type] = it.split('|') as [string, 'ORG' | 'PER'];
    return { name, type, lang: null, generic: false, national: false };
  });
  const tokens = tokenize(text);
  expect(shown(mendMentions(tokens, mentionsOf(text, ['A Lềnh|PER']), 'vi', learned))).toEqual([
    'Sông Hàn Xanh|ORG',
    'Vừ A Lềnh|PER',
  ]);
});

test('runs of words with capitals are asked for, and their beginnings and ends', () => {
  const text = 'Hôm nay Sông Hàn Xanh vắng. Bà Lê Thị Mai cười.';
  expect(namesToAsk(tokenize(text), mentionsOf(text, ['Lê Thị Mai|PER']))).toEqual(
    expect.arrayContaining(['song han xanh', 'song han', 'han xanh']),
  );
  expect(namesToAsk(tokenize(text), mentionsOf(text, ['Lê Thị Mai|PER']))).not.toContain('le thi mai');
  expect(namesToAsk(tokenize('A '.repeat(50_000)), []).length).toBeLessThanOrEqual(300);
});
