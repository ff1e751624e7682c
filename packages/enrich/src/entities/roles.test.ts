/** Roles that texts give to persons, with the body or country they are held in. */
import type { Mention, MentionType } from '@newsloom/model';
import { expect, test } from 'vitest';
import { linkMentions } from './link.ts';

/** `office: role > body` of every role, in order, out of a text with `[name|TYPE]` marks. */
function roles(lang: string, marked: string): string[] {
  const mentions: Mention[] = [];
  let text = '';
  let at = 0;
  for (const mark of marked.matchAll(/\[([^|\]]+)\|(\w+)\]/g)) {
    text += marked.slice(at, mark.index);
    const name = mark[1] as string;
    mentions.push({ start: text.length, end: text.length + name.length, text: name, type: mark[2] as MentionType });
    text += name;
    at = mark.index + mark[0].length;
  }
  text += marked.slice(at);
  const linked = linkMentions({ id: 'd1', lang, text, mentions });
  const keys = new Map([...linked.entities, ...linked.bodies].map(({ id, key }) => [id, key]));
  for (const it of linked.roles) expect(text.slice(it.start, it.start + it.role.length)).toBe(it.role);
  return linked.roles.map(({ office, role, bodyId }) => `${office}: ${role} > ${bodyId && keys.get(bodyId)}`);
}

const POLICE = 'ministry-public-security:vn';

test.each<[claim: string, lang: string, text: string, roles: string[]]>([
  [
    'a minister of a field is one of its ministry',
    'vi',
    'Bộ trưởng Công an [Trần Đại Quang|PER] đến.',
    [`minister: Bộ trưởng Công an > ${POLICE}`],
  ],
  [
    'offices follow a name one after another',
    'vi',
    'Đại tướng [Tô Lâm|PER], Ủy viên Bộ Chính trị, Bộ trưởng [Bộ Công an|ORG] dẫn đầu.',
    ['politburo-member: Ủy viên Bộ Chính trị > null', `minister: Bộ trưởng Bộ Công an > ${POLICE}`],
  ],
  [
    'a rank between office and name is neither',
    'vi',
    'Chánh Văn phòng [Bộ Công an|ORG] Trung tướng [Tô Ân Xô|PER] nói.',
    [`department-head: Chánh Văn phòng Bộ Công an > ${POLICE}`],
  ],
  [
    'an office of a body',
    'vi',
    'Tổng Thư ký [Interpol|ORG] [Jürgen Stock|PER] nói.',
    ['secretary-general: Tổng Thư ký Interpol > interpol'],
  ],
  [
    'a head of state belongs to the country',
    'vi',
    'Tổng thống [Mỹ|LOC] [Joe Biden|PER] đến.',
    ['president: Tổng thống Mỹ > country/us'],
  ],
  [
    'an adjective says whose minister it is',
    'fr',
    'Le ministre vietnamien de la Sécurité publique, le général [Trân Dai Quang|PER], est venu.',
    [`minister: ministre vietnamien de la Sécurité publique > ${POLICE}`],
  ],
  [
    'an office behind the name',
    'fr',
    "[Dang Quoc Tuan|PER], directeur général d'[EVN|ORG], a signé.",
    ["general-director: directeur général d'EVN > evn"],
  ],
  [
    'a president with an adjective is one of a country',
    'fr',
    'Le président français [Emmanuel Macron|PER] arrive.',
    ['president: président français > country/fr'],
  ],
  [
    'a president of a body chairs it',
    'fr',
    'Le président de la [Banque mondiale|ORG], [Ajay Banga|PER], arrive.',
    ['chairman: président de la Banque mondiale > world-bank'],
  ],
  [
    'an English field stands before its office',
    'en',
    "Vietnam's public security minister, General [Tran Dai Quang|PER], left.",
    [`minister: Vietnam's public security minister > ${POLICE}`],
  ],
  [
    'an English office follows its body',
    'en',
    '[Interpol|ORG] Secretary General [Jürgen Stock|PER] said.',
    ['secretary-general: Interpol Secretary General > interpol'],
  ],
  [
    'the office of another person is not taken, and a ministry of no country is none',
    'fr',
    '[Pham Thi Nhan|PER], et le ministre de la Défense, [Phan Van Giang|PER], sont venus.',
    ['minister: ministre de la Défense > null'],
  ],
  ['an office of another sentence is not taken', 'vi', 'Ông gặp Bộ trưởng. [Lê Văn Nam|PER] vắng mặt.', []],
  ['an office with a verb behind it is not taken', 'vi', 'Bộ trưởng đã gọi cho [Lê Văn Nam|PER].', []],
  ['a lone given name has no role outside its document', 'vi', 'Giám đốc [Nam|PER] vắng.', []],
  [
    'the end of an office is where its ministry ends',
    'vi',
    'Đại tướng [Tô Lâm|PER], Bộ trưởng Công an phát biểu tại phiên họp.',
    [`minister: Bộ trưởng Công an > ${POLICE}`],
  ],
  [
    "a guest's ministry is not the host's",
    'fr',
    "Au [Vietnam|LOC], [Teo Chee Hean|PER], ministre de l'Intérieur, a parlé au [Vietnam|LOC].",
    ["minister: ministre de l'Intérieur > null"],
  ],
  [
    'the head of a company abroad is no head of state',
    'fr',
    '[Nobuhiro Endo|PER], président du groupe [NEC|ORG] à [Singapour|LOC], a parlé.',
    ['chairman: président du groupe NEC à Singapour > nec'],
  ],
  ['languages without a list of offices have no roles', 'de', 'Innenminister [Hans Weber|PER] kam.', []],
])('%s', (_, lang, text, expected) => {
  expect(roles(lang, text)).toEqual(expected);
});
