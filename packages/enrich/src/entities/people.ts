/** The key of a person's name: one for all its spellings and orders. */
import { titleLength } from './heads.ts';
import { remember } from './memo.ts';
import { namesIn, readTable } from './tables.ts';
import { nameWords, type Word, wordsOf } from './words.ts';

/** Folded Vietnamese family names: the hundred most frequent cover all but some minorities. */
const VIETNAMESE_FAMILY_NAMES = new Set(
  (
    'nguyen tran le pham huynh hoang phan vu vo dang bui do ho ngo duong ly dinh truong mai trinh doan lam phung luu to luong cao ta ' +
    'chu ha thai dao kieu quach tang giang nghiem vuong tong khuong la mac lai ung ton bach trieu diep thach chau ninh luc quan au ' +
    'khuc lo van an cu dam hua kha la lieu lu nhan phi tieu tu uong vi y mong ong au thi banh can chau che cung danh do doi giap giao ' +
    'han hau hong hung khong khau kim le lenh loi ma ngan ngac nhu nong phu pho quang sam si son su suu tat thieu thoi tra trang vien vinh xa yen chung'
  ).split(' '),
);
/** Family names that alone make a two-word name Vietnamese; the rarer ones above need company. */
const COMMON_FAMILY_NAMES = new Set(
  'nguyen tran le pham huynh hoang phan vu vo dang bui do ho ngo duong ly dinh truong mai trinh doan lam phung luu to luong cao ta chu dao thai vuong ha'.split(
    ' ',
  ),
);
/** A folded Vietnamese syllable: onset, vowels, coda. */
const VIETNAMESE_SYLLABLE =
  /^(?:ngh?|nh|ch|th|tr|ph|kh|gh|gi|qu|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?$/;

/** Chinese and Korean family names in Latin letters: the two words after them are one given name. */
const EAST_ASIAN_FAMILY_NAMES = new Set(
  (
    'kim lee park choi jung jeong kang cho yoon jang lim han shin seo kwon hwang ahn song yoo hong moon bae baek nam noh roh ' +
    'li wang zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin guo luo liang xie tang xu feng deng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei su lu ding ren lu yao xi bo tsai lai ma teo tan goh lim ng chan cheung leung lam wong'
  ).split(' '),
);
const GENERATION_WORDS = new Set(['jr', 'sr', 'junior', 'senior']);
/** Particles of names: `bin`, `van der`, `de la` say nothing that other spellings keep. */
const PARTICLES = new Set([
  'al',
  'el',
  'de',
  'da',
  'do',
  'dos',
  'di',
  'del',
  'van',
  'von',
  'der',
  'den',
  'la',
  'le',
  'bin',
  'ben',
  'ibn',
  'y',
]);

const known = new Map<string, string>();
const knownAlone = new Map<string, string>();
const shownAs = new Map<string, string>();

function learnPeople(): void {
  const rows = readTable('people.tsv');
  for (const [key, names, alone] of rows) {
    if (!key) continue;
    const forms = namesIn(names);
    shownAs.set(key, forms[0] as string);
    for (const form of forms) known.set(spellingKey(nameWords(form)), key);
    for (const form of namesIn(alone)) knownAlone.set(nameWords(form).join(' '), key);
  }
}

/** Whether folded words are a Vietnamese name with its family name first. */
export function isVietnameseName(words: readonly string[]): boolean {
  const [family] = words;
  if (family === undefined || words.length < 2 || words.length > 6) return false;
  if (!VIETNAMESE_FAMILY_NAMES.has(family) || !words.every((word) => VIETNAMESE_SYLLABLE.test(word))) return false;
  return words.length > 2 || COMMON_FAMILY_NAMES.has(family);
}

/** Whether this folded word can be a Vietnamese family name. */
export function isVietnameseFamilyName(word: string): boolean {
  return COMMON_FAMILY_NAMES.has(word);
}

/** Whether this folded word is a Chinese or Korean family name in Latin letters. */
export function isEastAsianFamilyName(word: string): boolean {
  return EAST_ASIAN_FAMILY_NAMES.has(word);
}

/** A word of a name as romanisations of other scripts have in common: `Choïgou`, `Shoigu`; `Poutine`, `Putin`. */
export const sound: (word: string) => string = remember((word) =>
  word
    .replace(/tch|tsch|sch|sh|ch/g, 'c')
    .replace(/ph/g, 'f')
    .replace(/dzh|dj/g, 'j')
    .replace(/kh/g, 'k')
    .replace(/gu(?=[eiy])/g, 'g')
    .replace(/ou|oo/g, 'u')
    .replace(/w/g, 'v')
    .replace(/y/g, 'i')
    .replace(/(.)\1+/g, '$1')
    .replace(/ine$/, 'in')
    .replace(/(?<=..)h$/, ''),
);

function spellingKey(words: readonly string[]): string {
  const plain = words.filter((word) => !GENERATION_WORDS.has(word));
  if (isVietnameseName(plain)) return plain.join(' ');
  const last = plain.at(-1) as string;
  if (plain.length > 2 && COMMON_FAMILY_NAMES.has(last) && isVietnameseName([last, ...plain.slice(0, -1)]))
    return [last, ...plain.slice(0, -1)].join(' ');
  // One initial may be left out; two tell people apart (George W. Bush is George Bush, George H. W. Bush is not).
  let parts = plain.filter((word) => word.length > 1);
  if (parts.length < 2 || plain.length - parts.length > 1) parts = plain;
  if (parts.length === 3) {
    const [first, second, third] = parts as [string, string, string];
    if (EAST_ASIAN_FAMILY_NAMES.has(first)) parts = [first, second + third];
    else if (EAST_ASIAN_FAMILY_NAMES.has(third)) parts = [third, first + second];
  }
  const bare = parts.filter((word) => !PARTICLES.has(word));
  if (bare.length > 1) parts = bare;
  return parts.map(sound).sort().join(' ');
}

/** What a person's name is known by. */
export type PersonKey = {
  /** The same for every spelling and order of the name. */
  key: string;
  /** The shipped table knows the person: the key is the table's. */
  known: boolean;
  /** One word only, and not known to stand for one person: the name says nothing outside its document. */
  lone: boolean;
};

/**
 * The key of a person's name: titles and initials left out, the family name first in Vietnamese names, other names'
 * words in alphabetical order and by their sound, so that order and romanisation do not matter.
 */
export function personKey(name: string): PersonKey {
  const whole = nameWords(name);
  // With its title a name may be in the tables (`Pape François`), or begin with what looks like one.
  const titled = whole.length > 1 ? known.get(spellingKey(whole)) : undefined;
  if (titled !== undefined) return { key: titled, known: true, lone: false };
  const words = personWords(name).map((word) => word.folded);
  if (words.length === 0) return { key: whole.join(' '), known: false, lone: true };
  const alone = knownAlone.get(words.join(' '));
  if (alone !== undefined) return { key: alone, known: true, lone: false };
  if (words.filter((word) => word.length > 1).length < 2 && !known.has(spellingKey(words)))
    return { key: words.join(' '), known: false, lone: true };
  const key = spellingKey(words);
  const table = known.get(key);
  return table === undefined ? { key, known: false, lone: false } : { key: table, known: true, lone: false };
}

/** The words of a person's name without titles. */
export function personWords(name: string): Word[] {
  const words = wordsOf(name);
  return words.slice(titleLength(words));
}

/** The name the shipped table shows for a person's key, or null. */
export function shownPerson(key: string): string | null {
  return shownAs.get(key) ?? null;
}

learnPeople();
