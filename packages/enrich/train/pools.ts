/** The lists the slots of the templates draw from: this project's own, and foreign names the annotated corpora hold. */
import { readFileSync } from 'node:fs';
import type { GoldDocument } from './corpus.ts';

/** Lists to draw from, by name. */
export type Pools = Record<string, readonly string[]>;
/** A piece of a filled slot; without a type it is plain text. */
export type Part = { text: string; type?: string };

/** One item at random. */
export function pick<T>(items: readonly T[], random: () => number): T {
  return items[Math.floor(random() * items.length)] as T;
}

/** The names in a gazetteer list. */
export function readList(file: URL): string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .flatMap((line) => line.split('|'))
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** Pools from the gazetteer, the slot lists and the names annotated in other languages' corpora. */
export function buildPools(gazetteer: URL, lists: URL, foreign: readonly GoldDocument[]): Pools {
  const list = (name: string) => readList(new URL(`${name}.txt`, gazetteer));
  const own = JSON.parse(readFileSync(lists, 'utf8')) as Record<string, string[]>;
  const provinces = (own.provinces ?? []) as string[];
  const names = (type: string, test: RegExp) => [
    ...new Set(
      foreign
        .flatMap(({ text, entities }) => entities.filter((e) => e.type === type).map((e) => text.slice(e.start, e.end)))
        .filter((name) => test.test(name)),
    ),
  ];
  const latin = String.raw`\p{Lu}[\p{L}'’-]+`;
  return {
    ...own,
    provinces,
    districts: list('district-vn'),
    givenEn: list('given').filter(isLatinWord),
    surnamesEn: list('surname').filter(isLatinWord),
    townsEn: list('place').filter((name) => /^[A-Z][a-z]+(?: [A-Z][a-z]+)?$/.test(name)),
    bands: list('band'),
    parties: list('party').filter((name) => name.includes(' ')),
    partiesFrFull: list('party').filter((name) =>
      /^(?:Parti|Front|Rassemblement|Union|Europe|La |Les |Nouveau|Mouvement|Debout|Lutte)/.test(name),
    ),
    mediaEn: list('media')
      .filter((name) => /^[\x20-\x7e]+$/.test(name))
      .slice(60),
    mediaFr: list('media').filter((name) =>
      /^(?:Le |La |L'|Les |France|Libération|AFP|Mediapart|Ouest|Europe 1|RTL|BFM|TF1)/.test(name),
    ),
    brands: list('company').filter((name) => /^[\x20-\x7e]+$/.test(name)),
    countriesFr: countriesIn('fr'),
    countriesEn: countriesIn('en'),
    surnames: list('surname-vn').slice(0, 90),
    given: list('given-vn'),
    companies: list('company'),
    media: list('media').slice(0, 60),
    foreignMedia: list('media').slice(60),
    foreignTeams: list('team').filter((name) => /^[\x20-\x7eÀ-ÿ]+$/.test(name)),
    foreignPersons: names('PER', new RegExp(`^${latin}(?: ${latin}){1,2}$`, 'u')),
    foreignPlaces: names('LOC', new RegExp(`^${latin}(?: ${latin})?$`, 'u')),
    foreignOrgs: names('ORG', new RegExp(`^${latin}(?: ${latin}){0,3}$`, 'u')),
    foreignWorks: names('MISC', new RegExp(`^${latin}(?: ${latin}){0,3}$`, 'u')),
  };
}

/** One word in Latin letters that begins with a capital. */
function isLatinWord(name: string): boolean {
  return /^\p{Lu}[\p{L}'-]+$/u.test(name);
}

function countriesIn(language: string): string[] {
  const display = new Intl.DisplayNames([language], { type: 'region' });
  return COUNTRY_CODES.map((code) => display.of(code) ?? code);
}
/** Countries that news names often. */
const COUNTRY_CODES =
  'FR DE IT ES PT GB IE BE NL CH AT PL CZ HU RO BG GR TR RU UA BY SE NO DK FI IS US CA MX BR AR CL PE CO VE CU HT CN JP KR KP VN LA KH TH MM MY SG ID PH IN PK AF BD NP LK IR IQ SY LB JO IL EG LY TN DZ MA SN ML NE NG CI CM TD CD CG RW BI KE ET SO SD SS ZA ZW AU NZ MG SA YE QA AE KW OM KZ UZ GE AM AZ RS HR BA AL MK'.split(
    ' ',
  );
