/** One thing has one key under all its names; two things have two. */
import type { EntityType } from '@newsloom/model';
import { expect, test } from 'vitest';
import { entityId } from './id.ts';
import { entityKey } from './key.ts';
import { knownNames } from './known-names.ts';

type Named = readonly [type: EntityType, name: string, lang: string | null];

const keyOf = ([type, name, lang]: Named): string => {
  const { type: resolved, key } = entityKey(type, name, lang);
  return `${resolved}|${key}`;
};

const SAME: readonly (readonly [what: string, names: readonly Named[]])[] = [
  [
    'the Ministry of Public Security',
    [
      ['ORG', 'Bộ Công an Việt Nam', 'vi'],
      ['ORG', 'ministère vietnamien de la Sécurité publique', 'fr'],
      ['ORG', 'Ministère de la Police du Vietnam', 'fr'],
      ['ORG', 'Vietnamese Ministry of Public Security', 'en'],
      ['ORG', "Vietnam's Ministry of Public Security", 'en'],
    ],
  ],
  [
    'the foreign ministry of China',
    [
      ['ORG', 'Bộ Ngoại giao Trung Quốc', 'vi'],
      ['ORG', 'ministère chinois des Affaires étrangères', 'fr'],
      ['ORG', 'Chinese Foreign Ministry', 'en'],
    ],
  ],
  [
    'Interpol',
    [
      ['ORG', 'Interpol', 'vi'],
      ['ORG', 'INTERPOL', 'en'],
      ['ORG', 'Tổ chức Cảnh sát hình sự quốc tế', 'vi'],
      ['MISC', 'Interpol', 'fr'],
    ],
  ],
  [
    'the United Nations',
    [
      ['ORG', 'Liên hợp quốc', 'vi'],
      ['ORG', 'LHQ', 'vi'],
      ['ORG', "l'ONU", 'fr'],
      ['ORG', 'Nations unies', 'fr'],
      ['ORG', 'the United Nations', 'en'],
      ['ORG', 'U.N.', 'en'],
    ],
  ],
  [
    'the embassy of Viet Nam in France',
    [
      ['ORG', 'Đại sứ quán Việt Nam tại Pháp', 'vi'],
      ['ORG', 'ambassade du Vietnam en France', 'fr'],
      ['ORG', 'Vietnamese Embassy in France', 'en'],
    ],
  ],
  [
    'the committee of a province',
    [
      ['ORG', 'UBND tỉnh Hà Giang', 'vi'],
      ['ORG', 'Ủy ban nhân dân tỉnh Hà Giang', 'vi'],
      ['ORG', 'Comité populaire de la province de Hà Giang', 'fr'],
      ['ORG', "Ha Giang People's Committee", 'en'],
    ],
  ],
  [
    'a company with its kind',
    [
      ['ORG', 'Công ty Cổ phần Thép Bắc Hà', 'vi'],
      ['ORG', 'Thép Bắc Hà', 'vi'],
    ],
  ],
  [
    'a university',
    [
      ['ORG', 'Đại học Harvard', 'vi'],
      ['ORG', 'université Harvard', 'fr'],
      ['ORG', 'Harvard University', 'en'],
    ],
  ],
  [
    'Russia',
    [
      ['LOC', 'Nga', 'vi'],
      ['LOC', 'Liên bang Nga', 'vi'],
      ['LOC', 'Russie', 'fr'],
      ['LOC', 'Russia', 'en'],
      ['ORG', 'Russia', 'en'],
    ],
  ],
  [
    'the United States',
    [
      ['LOC', 'Mỹ', 'vi'],
      ['LOC', 'Hoa Kỳ', 'vi'],
      ['LOC', 'États-Unis', 'fr'],
      ['LOC', 'U.S.', 'en'],
      ['LOC', 'United States', 'en'],
    ],
  ],
  [
    'Ho Chi Minh City',
    [
      ['LOC', 'TP.HCM', 'vi'],
      ['LOC', 'thành phố Hồ Chí Minh', 'vi'],
      ['LOC', 'Sài Gòn', 'vi'],
      ['LOC', 'Hô Chi Minh-Ville', 'fr'],
      ['LOC', 'Ho Chi Minh City', 'en'],
    ],
  ],
  [
    'a province',
    [
      ['LOC', 'tỉnh Lạng Sơn', 'vi'],
      ['LOC', 'province de Lang Son', 'fr'],
      ['LOC', 'Lang Son province', 'en'],
    ],
  ],
  [
    'Moscow',
    [
      ['LOC', 'Mát-xcơ-va', 'vi'],
      ['LOC', 'Moscou', 'fr'],
      ['LOC', 'Moscow', 'en'],
    ],
  ],
  [
    'a Vietnamese person',
    [
      ['PER', 'Trần Đại Quang', 'vi'],
      ['PER', 'Trân Dai Quang', 'fr'],
      ['PER', 'TRẦN ĐẠI QUANG', 'vi'],
      ['PER', 'Bộ trưởng Trần Đại Quang', 'vi'],
      ['PER', 'Dai Quang Tran', 'en'],
    ],
  ],
  [
    'tones in two places',
    [
      ['PER', 'Nguyễn Thị Thúy', 'vi'],
      ['PER', 'Nguyễn Thị Thuý', 'vi'],
    ],
  ],
  [
    'a name in two orders',
    [
      ['PER', 'Haruka Tanabe', 'en'],
      ['PER', 'Tanabe Haruka', 'vi'],
    ],
  ],
  [
    'a Korean name',
    [
      ['PER', 'Kang Min-soo', 'en'],
      ['PER', 'Kang Min Soo', 'fr'],
      ['PER', 'Kang Minsoo', 'vi'],
    ],
  ],
  [
    'a Russian name',
    [
      ['PER', 'Sergueï Tchernychov', 'fr'],
      ['PER', 'Sergei Chernyshov', 'en'],
    ],
  ],
  [
    'a president',
    [
      ['PER', 'Vladimir Poutine', 'fr'],
      ['PER', 'Putin', 'vi'],
      ['PER', 'Vladimir Putin', 'en'],
    ],
  ],
  [
    'an umlaut',
    [
      ['PER', 'Jürgen Weber', 'vi'],
      ['PER', 'Jurgen Weber', 'fr'],
    ],
  ],
];

test.each(SAME)('%s has one key under every name', (_, names) => {
  const keys = new Set(names.map(keyOf));
  expect([...keys]).toHaveLength(1);
});

const DIFFERENT: readonly (readonly [what: string, a: Named, b: Named])[] = [
  ['the ministries of two countries', ['ORG', 'Bộ Quốc phòng Nga', 'vi'], ['ORG', 'Bộ Quốc phòng Mỹ', 'vi']],
  ['the police of two provinces', ['ORG', 'Công an tỉnh Sơn La', 'vi'], ['ORG', 'Công an tỉnh Lai Châu', 'vi']],
  [
    'the police of a commune and of the province it is named like',
    ['ORG', 'Công an xã Hòa Bình', 'vi'],
    ['ORG', 'Công an tỉnh Hòa Bình', 'vi'],
  ],
  ['a senate and Vienna in its last syllable', ['ORG', 'Thượng viện', 'vi'], ['LOC', 'Viên', 'vi']],
  ['the two Koreas', ['LOC', 'Hàn Quốc', 'vi'], ['LOC', 'Triều Tiên', 'vi']],
  ['a city and the state in its name', ['LOC', 'Texas City', 'en'], ['LOC', 'Texas', 'en']],
  ['Mexico in French and in English', ['LOC', 'Mexico', 'fr'], ['LOC', 'Mexico', 'en']],
  ['a region and the country in its name', ['LOC', 'Île-de-France', 'fr'], ['LOC', 'France', 'fr']],
  ['father and son', ['PER', 'George H. W. Bush', 'en'], ['PER', 'George W. Bush', 'en']],
  [
    'Vietnamese names with the words in another order',
    ['PER', 'Nguyễn Văn Thanh', 'vi'],
    ['PER', 'Nguyễn Thanh Văn', 'vi'],
  ],
  ['social insurance and a newspaper', ['ORG', 'Bảo hiểm Xã hội', 'vi'], ['ORG', 'báo Xã hội', 'vi']],
];

test.each(DIFFERENT)('%s have two keys', (_, a, b) => {
  expect(keyOf(a)).not.toBe(keyOf(b));
});

test('a lone given name tells nothing outside its document, a known one does', () => {
  expect(entityKey('PER', 'Quang', 'vi').lone).toBe(true);
  expect(entityKey('PER', 'Macron', 'fr').lone).toBe(false);
});

test('every name of the tables is known to name something of its type', () => {
  const unknown = knownNames().filter(({ name, type, lang }) => {
    const key = entityKey(type, name, lang);
    return !key.known || (key.type !== type && type === 'PER');
  });
  expect(unknown).toEqual([]);
});

test('an id is the letter e and 24 hexadecimal digits of the type and key alone', () => {
  expect(entityId('LOC', 'country/vn')).toMatch(/^e[0-9a-f]{24}$/);
  expect(entityId('LOC', 'country/vn')).toBe(entityId('LOC', 'country/vn'));
  expect(entityId('ORG', 'country/vn')).not.toBe(entityId('LOC', 'country/vn'));
});
