/** Mentions of one document, and of documents one after another, name the right entities. */
import type { EntityId, Mention, MentionType } from '@newsloom/model';
import { expect, test } from 'vitest';
import { entityId } from './id.ts';
import { type Alias, linkMentions, openLinking } from './link.ts';
import { openLinker } from './linker.ts';

/** A document out of a text with `[name|TYPE]` marks. */
function marked(lang: string, text: string, id = 'd1') {
  const mentions: Mention[] = [];
  let plain = '';
  let at = 0;
  for (const mark of text.matchAll(/\[([^|\]]+)\|(\w+)\]/g)) {
    plain += text.slice(at, mark.index);
    const name = mark[1] as string;
    mentions.push({ start: plain.length, end: plain.length + name.length, text: name, type: mark[2] as MentionType });
    plain += name;
    at = mark.index + mark[0].length;
  }
  return { id, lang, text: plain + text.slice(at), mentions };
}

/** The keys of a document's mentions in order; null for those without an entity. */
function keys(lang: string, text: string): (string | null)[] {
  const { mentions, entities } = linkMentions(marked(lang, text));
  return mentions.map(({ entityId }) => entities.find((entity) => entity.id === entityId)?.key ?? null);
}

const CASES: readonly (readonly [claim: string, lang: string, text: string, groups: string])[] = [
  ['a given name joins the full name before it', 'vi', '[Lê Văn Tường|PER] đến. Ông [Tường|PER] nói.', 'aa'],
  ['a family name joins the full name after it', 'fr', 'M. [Weber|PER] attend [Jürgen Weber|PER].', 'aa'],
  [
    'of two full names the nearer one before is meant',
    'vi',
    '[Lò Văn Pán|PER] đến. [Vừ A Pán|PER] đi. [Pán|PER] cười.',
    'abb',
  ],
  [
    'a tone keeps two people apart',
    'vi',
    '[Nguyễn Văn Thành|PER] khen chị [Nguyễn Thị Thanh|PER]. Chị [Thanh|PER] cười.',
    'abb',
  ],
  [
    'names that fold alike in one Vietnamese text are two people',
    'vi',
    '[Trần Thị Hương|PER] gặp [Trần Thị Hường|PER].',
    'ab',
  ],
  ['an initial stands for a first name', 'en', '[Howard Sattler|PER] spoke. [H. Sattler|PER] left.', 'aa'],
  [
    'spouses share a family name',
    'fr',
    '[Anne Hidault|PER] et [Pierre Hidault|PER] sont venus. [Anne Hidault|PER] parle.',
    'aba',
  ],
  [
    'an acronym in brackets is the name before it',
    'vi',
    '[Công ty Thép Bắc Hà|ORG] ([BHS|ORG]) lãi. [BHS|ORG] mở nhà máy.',
    'aaa',
  ],
  [
    'an acronym of the tables may mean something else here',
    'en',
    'The [World Wrestling Federation|ORG] ([WWF|ORG]) closed. [WWF|ORG] fans wept.',
    'aaa',
  ],
  ['a place in brackets is where the thing is', 'vi', 'Tại [Ninh Kiều|LOC] ([Cần Thơ|LOC]).', 'ab'],
  [
    'a ministry without its country is that of the same ministry nearby',
    'vi',
    '[Bộ Quốc phòng Nga|ORG] thông báo. [Bộ Quốc phòng|ORG] cho biết.',
    'aa',
  ],
  [
    'a Vietnamese text that speaks of one other country only means its ministries',
    'vi',
    '[Thái Lan|LOC] lo ngại, theo [Bộ Y tế Thái Lan|ORG]. [Bộ Nội vụ|ORG] cảnh báo. [Bộ Nội vụ Thái Lan|ORG] họp.',
    'abcc',
  ],
  [
    'a ministry in a Vietnamese text is its own where no country is named',
    'vi',
    '[Bộ Nội vụ|ORG] họp. [Bộ Nội vụ Việt Nam|ORG] thông báo.',
    'aa',
  ],
  [
    'a name that is likely one country’s is the other’s beside it',
    'en',
    'The [House of Commons of Canada|ORG] voted. The [House of Commons|ORG] rose.',
    'aa',
  ],
  [
    'the kind of a ministry stands for the ministry before it',
    'vi',
    '[Bộ Tư pháp|ORG] lấy ý kiến. [Bộ|ORG] sẽ trình dự thảo.',
    'aa',
  ],
  ['an office is no part of the body it is held in', 'vi', '[Bộ trưởng Bộ Công an|ORG] và [Bộ Công an|ORG].', 'aa'],
  [
    'a police without its province is that of the same police nearby',
    'vi',
    '[Công an tỉnh Hà Giang|ORG] bắt hai người. [Công an tỉnh|ORG] điều tra.',
    'aa',
  ],
  ['a commune is not the province it is named like', 'vi', 'Ở xã [Hòa Bình|LOC]; tỉnh [Hòa Bình|LOC].', 'ab'],
  ['a street is not the city it is named like', 'vi', 'Trên phố [Huế|LOC] và ở [Huế|LOC].', 'ab'],
  [
    'a commune is known by its district',
    'vi',
    'Xã [Tân Lập|LOC], huyện [Mộc Châu|LOC]. Xã [Tân Lập|LOC] có lũ.',
    'aba',
  ],
  [
    'a shorter name joins the longer one it follows',
    'fr',
    "La [Cour d'appel de Reims|ORG] siège. La [Cour d'appel|ORG] décide.",
    'aa',
  ],
  [
    'a company named before its daughter is its own thing',
    'en',
    '[Norlines|ORG] owns [Norlines Cargo Services|ORG]. [Norlines|ORG] grew.',
    'aba',
  ],
  [
    'the capitals of a headline change nothing',
    'vi',
    '[TRẦN ĐÌNH HỢP|PER] thăm [ĐÀ NẴNG|LOC]. Ông [Hợp|PER] rời [Đà Nẵng|LOC].',
    'abab',
  ],
  ['one name under two types is one thing', 'fr', '[Toniq|ORG] vend [Toniq|MISC]. [Toniq|ORG] grandit.', 'aaa'],
  ['a woman named Nga is not Russia', 'vi', 'Chị [Nga|PER] đến [Nga|LOC].', 'ab'],
];

test.each(CASES)('%s', (_, lang, text, groups) => {
  const found = keys(lang, text);
  const names = [...new Set(found)];
  expect(found.map((key) => 'abcdef'[names.indexOf(key)]).join('')).toBe(groups);
});

test('dates and amounts have no entity', () => {
  expect(keys('vi', 'Ngày [13/4|DATE] tại [Hà Nội|LOC], [5 triệu đồng|MONEY].')).toEqual([null, 'vn/hanoi', null]);
});

test('a lone name is local to its document', () => {
  const first = linkMentions(marked('vi', 'Anh [Quang|PER] hát.', 'd1'));
  const second = linkMentions(marked('vi', 'Chú [Quang|PER] bán vé số.', 'd2'));
  expect(first.mentions[0]?.entityId).not.toBe(second.mentions[0]?.entityId);
  expect(first.aliases).toEqual([]);
});

test('separate processes give a name in three languages one id', () => {
  const ids = [
    linkMentions(marked('vi', '[Bộ Công an|ORG] bắt [Trịnh Quốc Vỹ|PER].', 'd1')),
    linkMentions(
      marked('fr', 'Le [ministère vietnamien de la Sécurité publique|ORG] recherche [Trinh Quôc Vy|PER].', 'd2'),
    ),
    linkMentions(marked('en', '[Vietnamese Ministry of Public Security|ORG], [Trinh Quoc Vy|PER].', 'd3')),
  ].map(({ mentions }) => mentions.map((mention) => mention.entityId).join(' '));
  expect(new Set(ids).size).toBe(1);
});

test('the entity shows its fullest name', () => {
  const { entities } = linkMentions(marked('vi', 'Ông [Tường|PER] và [Lê Văn Tường|PER] là một.'));
  expect(entities.map((entity) => entity.name)).toEqual(['Lê Văn Tường']);
});

test('in a batch, names that fold alike but are spelled otherwise are two people', () => {
  const linker = openLinker();
  const [hung] = linker.link(marked('vi', '[Nguyễn Văn Hùng|PER] đến.', 'd1'));
  const [plain] = linker.link(marked('en', '[Nguyen Van Hung|PER] came.', 'd2'));
  const [hungToo] = linker.link(marked('vi', '[Nguyễn Văn Hưng|PER] đi.', 'd3'));
  expect(plain?.entityId).toBe(hung?.entityId);
  expect(hungToo?.entityId).not.toBe(hung?.entityId);
});

test('in a batch, two people of one name are kept apart by their ages', () => {
  const linker = openLinker();
  const [first] = linker.link({ ...marked('vi', '[Lò Văn Pán|PER] (SN 1990) bị bắt.', 'd1'), date: '2024-05-01' });
  const [same] = linker.link({ ...marked('fr', '[Lo Van Pan|PER], 34 ans, a avoué.', 'd2'), date: '2024-05-02' });
  const [unsaid] = linker.link(marked('vi', '[Lò Văn Pán|PER] khai nhận.', 'd3'));
  const [older] = linker.link(marked('vi', '[Lò Văn Pán|PER] (sinh năm 1957) được khen.', 'd4'));
  expect(same?.entityId).toBe(first?.entityId);
  expect(unsaid?.entityId).toBe(first?.entityId);
  expect(older?.entityId).not.toBe(first?.entityId);
});

test('in a batch, an acronym explained once is understood later', () => {
  const linker = openLinker();
  const [, acronym] = linker.link(marked('fr', 'Le [Service national de veille|ORG] ([SNVX|ORG]) alerte.', 'd1'));
  const [later] = linker.link(marked('fr', 'Le [SNVX|ORG] dément.', 'd2'));
  expect(later?.entityId).toBe(acronym?.entityId);
});

test('aliases handed in decide, as after a merge by a person', () => {
  const document = marked('fr', '[Toniq Labs|ORG] grandit.');
  const { entities } = linkMentions(document);
  const other = linkMentions(marked('fr', '[Tonik|ORG]')).entities[0];
  if (!other) throw new Error('no entity');
  const merged = linkMentions(document, (type, key) =>
    type === 'ORG' && key === entities[0]?.key
      ? [{ name: 'Toniq Labs', entityId: other.id, key: other.key, lang: 'fr' }]
      : [],
  );
  expect(merged.mentions[0]?.entityId).toBe(other.id);
});

test.each<[claim: string, aliases: Partial<Alias>[], key: string]>([
  [
    'what an import is sure of wins over what a document taught',
    [{ key: 'a' }, { key: 'b', source: 'import', confidence: 0.9 }],
    'b',
  ],
  ['what is as sure and means two things decides nothing', [{ key: 'a' }, { key: 'b' }], 'sao mai xanh'],
  ['what all agree on is meant', [{ key: 'a' }, { key: 'a' }], 'a'],
])('%s', (_, aliases, key) => {
  const document = marked('vi', '[Sao Mai Xanh|ORG] lãi lớn.');
  const { asks, link } = openLinking(document);
  expect(asks).toEqual([{ type: 'ORG', key: 'sao mai xanh' }]);
  const known = aliases.map((alias) => ({
    name: 'Sao Mai Xanh',
    lang: 'vi',
    key: 'x',
    ...alias,
    entityId: entityId('ORG', alias.key ?? ''),
  }));
  expect(link(() => known).entities[0]?.key).toBe(key);
});

test('of two persons of one name the one met in the same surroundings is meant', () => {
  const document = marked('vi', '[Lê Thị Mai Anh|PER] và [Trần Văn Bền|PER] ở [Huế|LOC].');
  const friend = entityId('PER', 'tran van ben');
  const alias = { name: 'Lê Thị Mai Anh', lang: 'vi' };
  const known = (context: EntityId[], key: string) => ({ ...alias, key, entityId: entityId('PER', key), context });
  const { entities } = openLinking(document).link((_, key) =>
    key === 'le thi mai anh' ? [known([], 'first'), known([friend], 'second')] : [],
  );
  expect(entities[0]?.key).toBe('second');
});

test.each([
  [0.9, 'messi-q615'],
  [0.5, 'leonel@d1'],
])('a lone name that an import is %d sure of means %s', (confidence, key) => {
  const document = marked('en', 'Fans cheered [Leonel|PER].');
  const alias = {
    name: 'Leonel',
    lang: null,
    key: 'messi-q615',
    entityId: entityId('PER', 'messi-q615'),
    source: 'import' as const,
  };
  const { asks, link } = openLinking(document);
  expect(asks).toEqual([{ type: 'PER', key: 'leonel' }]);
  expect(link(() => [{ ...alias, confidence }]).entities[0]?.key).toBe(key);
});
