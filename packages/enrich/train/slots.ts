/** What the slots of the templates are filled with: lists of this project, and foreign names the annotated corpora hold. */
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
    givenEn: list('given'),
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

function countriesIn(language: string): string[] {
  const display = new Intl.DisplayNames([language], { type: 'region' });
  return COUNTRY_CODES.map((code) => display.of(code) ?? code);
}
/** Countries that news names often. */
const COUNTRY_CODES =
  'FR DE IT ES PT GB IE BE NL CH AT PL CZ HU RO BG GR TR RU UA BY SE NO DK FI IS US CA MX BR AR CL PE CO VE CU HT CN JP KR KP VN LA KH TH MM MY SG ID PH IN PK AF BD NP LK IR IQ SY LB JO IL EG LY TN DZ MA SN ML NE NG CI CM TD CD CG RW BI KE ET SO SD SS ZA ZW AU NZ MG SA YE QA AE KW OM KZ UZ GE AM AZ RS HR BA AL MK'.split(
    ' ',
  );

const number = (low: number, high: number, random: () => number): number =>
  low + Math.floor(random() * (high - low + 1));

function vietnamesePerson(pools: Pools, random: () => number): string {
  // The commonest dozen surnames carry nine people in ten (Nguyễn alone about 38 %).
  const surname =
    random() < 0.3
      ? 'Nguyễn'
      : random() < 0.75
        ? pick((pools.surnames ?? []).slice(0, 24), random)
        : pick(pools.surnames ?? [], random);
  const given = pools.given ?? [];
  const middle =
    random() < 0.35
      ? pick(
          ['Văn', 'Thị', 'Đức', 'Minh', 'Hữu', 'Thanh', 'Quang', 'Ngọc', 'Xuân', 'Thị Thu', 'Thị Thanh', 'Thị Kim'],
          random,
        )
      : pick(given, random);
  const length = random();
  if (length < 0.14) return `${surname} ${pick(given, random)}`;
  if (length < 0.84) return `${surname} ${middle} ${pick(given, random)}`;
  return `${surname} ${middle} ${pick(given, random)} ${pick(given, random)}`;
}

function coin(pools: Pools, random: () => number): string {
  const first = pick(pools.placeFirst ?? [], random);
  const second = pick(pools.placeSecond ?? [], random);
  const tail =
    random() < 0.08 ? ` ${pick(['A', 'B', 'Đông', 'Tây', 'Nam', 'Bắc', 'Thượng', 'Hạ', '1', '2'], random)}` : '';
  return random() < 0.06 ? `${first}${tail}` : `${first} ${second}${tail}`;
}

function foreignPerson(pools: Pools, random: () => number): string {
  if (random() < 0.8 && (pools.foreignPersons ?? []).length > 0) return pick(pools.foreignPersons ?? [], random);
  return `${pick(pools.foreignFirst ?? [], random)} ${pick(pools.foreignLast ?? [], random)}`;
}

const last = (name: string): string => name.split(' ').at(-1) ?? name;

/** Bodies of a province, district, commune: how they are written. */
function localBody(
  heads: readonly string[],
  level: 'province' | 'district' | 'commune',
  pools: Pools,
  random: () => number,
): string {
  const head = pick(heads, random);
  const city = random() < 0.3;
  if (level === 'province') {
    const name = city ? pick(pools.bigCities ?? [], random) : pick(pools.provinces ?? [], random);
    const unit = city ? pick(['TP', 'TP.', 'thành phố', ''], random) : pick(['tỉnh', 'tỉnh', ''], random);
    if (city && random() < 0.25)
      return `${head} ${pick(['TP.HCM', 'TPHCM', 'TP HCM', 'TP Hồ Chí Minh', 'Hà Nội', 'TP Hà Nội'], random)}`;
    return [head, unit, name].filter((part) => part !== '').join(unit === 'TP.' ? ' ' : ' ');
  }
  const unit =
    level === 'district'
      ? pick(['huyện', 'quận', 'thị xã', 'TP', 'thành phố', 'huyện'], random)
      : pick(['xã', 'phường', 'thị trấn', 'xã'], random);
  const name =
    level === 'district'
      ? random() < 0.6
        ? pick(pools.districts ?? [], random)
        : coin(pools, random)
      : coin(pools, random);
  return `${head} ${unit} ${unit === 'quận' && random() < 0.3 ? number(1, 12, random) : name}`;
}

function company(pools: Pools, random: () => number): string {
  return random() < 0.5
    ? `${pick(pools.companyFirst ?? [], random)} ${pick(pools.companySecond ?? [], random)}`
    : pick(pools.companies ?? [], random);
}

function money(random: () => number): string {
  const amount = number(1, 900, random);
  return pick(
    [
      `${amount} triệu đồng`,
      `${amount} tỷ đồng`,
      `${amount},${number(1, 9, random)} tỉ đồng`,
      `${amount} triệu USD`,
      `${amount}.000 đồng`,
      `hơn ${amount} tỷ đồng`,
    ],
    random,
  );
}

type Maker = (pools: Pools, random: () => number) => string | Part[];
const entity =
  (type: string, make: (pools: Pools, random: () => number) => string): Maker =>
  (pools, random) => [{ text: make(pools, random), type }];
const from = (pool: string) => (pools: Pools, random: () => number) => pick(pools[pool] ?? [], random);

const plain =
  (pool: string): Maker =>
  (pools, random) =>
    pick(pools[pool] ?? [], random);
const bare = (name: string): string =>
  name.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D');
/** Half of the diacritics French papers keep: circumflexes stay, tones go. */
const halfBare = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/[\u0300\u0301\u0303\u0309\u0323\u031b]/gu, '')
    .normalize('NFC')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
    .replaceAll('ă', 'a');
const westernSpelling = (name: string, random: () => number): string =>
  random() < 0.5 ? bare(name) : random() < 0.6 ? halfBare(name) : name;

/** Slots of the French and English templates. A slot that ends in N is plain text, for use within brackets. */
const WESTERN_MAKERS: Record<string, Maker> = {
  VPER: entity('PER', (pools, random) => westernSpelling(vietnamesePerson(pools, random), random)),
  VPLACE: entity('LOC', (pools, random) =>
    westernSpelling(pick((random() < 0.5 ? pools.provinces : pools.bigCities) ?? [], random), random),
  ),
  VPLACEN: (pools, random) => westernSpelling(pick(pools.provinces ?? [], random), random),
  COUNTRYFR: entity('LOC', from('countriesFr')),
  COUNTRYFRN: plain('countriesFr'),
  COUNTRYEN: plain('countriesEn'),
  NATFR: plain('demonymsFr'),
  NATFRF: plain('demonymsFrF'),
  NATENM: (pools, random) => [{ text: pick(pools.demonymsEn ?? [], random), type: 'MISC' }],
  NATENP: (pools, random) => [{ text: pick(pools.demonymsEn ?? [], random), type: 'MISC' }],
  DAYFR: plain('daysFr'),
  FRBODY: entity('ORG', from('bodiesFr')),
  FRTOWN: entity('LOC', from('townsFr')),
  FRTOWNN: plain('townsFr'),
  FRDEP: entity('LOC', from('departmentsFr')),
  FRPARTY: plain('partiesFr'),
  FPERN: (pools, random) => last(foreignPerson(pools, random)),
  FPLACEN: plain('foreignPlaces'),
  FPLACEU: (pools, random) => [{ text: pick(pools.foreignPlaces ?? [], random).toUpperCase(), type: 'LOC' }],
  FPERU: (pools, random) => [{ text: foreignPerson(pools, random).toUpperCase(), type: 'PER' }],
  FORGN: plain('foreignOrgs'),
  FTEAMN: plain('foreignTeams'),
  FIRST: entity('PER', from('givenEn')),
  ENSTATE: entity('LOC', from('statesEn')),
  ENSTATEN: plain('statesEn'),
  ENABBR: entity('LOC', from('stateCodes')),
  ENCOUNTY: entity('LOC', from('countiesEn')),
  ENORG: plain('orgTailsEn'),
  ENDEP: plain('departmentsEn'),
  ENPARTY: plain('partiesEn'),
  BANDEN: (pools, random) =>
    (random() < 0.5 ? 'The ' : '') +
    pick(pools.bandWords ?? [], random) +
    (random() < 0.6 ? ` ${pick(pools.bandWords ?? [], random)}` : ''),
  ACRO: (_, random) =>
    String.fromCharCode(...Array.from({ length: number(3, 4, random) }, () => number(65, 90, random))),
};

const MAKERS: Record<string, Maker> = {
  PER: entity('PER', vietnamesePerson),
  GIVENX: entity('PER', from('given')),
  NICK: (pools, random) => [
    {
      text: pick(
        [
          `${pick(pools.given ?? [], random)} "${pick(['đen', 'lùn', 'cọp', 'trố', 'sẹo'], random)}"`,
          `${pick(pools.given ?? [], random)} ${pick(['Đen', 'Cọp', 'Sẹo', 'Lùn'], random)}`,
        ],
        random,
      ),
      type: 'PER',
    },
  ],
  PERU: (pools, random) => [{ text: vietnamesePerson(pools, random).toUpperCase(), type: 'PER' }],
  COUNTRYU: (pools, random) => [{ text: pick(pools.countries ?? [], random).toUpperCase(), type: 'LOC' }],
  PROVU: (pools, random) => [{ text: pick(pools.provinces ?? [], random).toUpperCase(), type: 'LOC' }],
  FPER: entity('PER', foreignPerson),
  FPERG: entity(
    'PER',
    (pools, random) =>
      `${pick(pools.foreignFirst ?? [], random)}${random() < 0.5 ? ` ${pick(['I', 'II', 'VI', 'XVI'], random)}` : ''}`,
  ),
  FPERL: entity('PER', (pools, random) => last(foreignPerson(pools, random))),
  PROV: entity('LOC', from('provinces')),
  DIST: entity('LOC', (pools, random) => (random() < 0.65 ? pick(pools.districts ?? [], random) : coin(pools, random))),
  COMMUNE: entity('LOC', coin),
  CITY: entity('LOC', (pools, random) =>
    random() < 0.5 ? pick(pools.bigCities ?? [], random) : pick(pools.districts ?? [], random),
  ),
  HCITY: (pools, random) =>
    random() < 0.3
      ? [{ text: 'TP.HCM', type: 'LOC' }]
      : [{ text: pick(['thành phố ', 'TP ', ''], random) }, { text: pick(pools.bigCities ?? [], random), type: 'LOC' }],
  LOCP: (pools, random) => [
    { text: pick(['xã ', 'phường ', 'thôn ', 'huyện ', 'quận ', 'ấp '], random) },
    { text: coin(pools, random), type: 'LOC' },
  ],
  RIVER: entity('LOC', from('rivers')),
  STREET: entity('LOC', (pools, random) =>
    random() < 0.6 ? pick(pools.streets ?? [], random) : vietnamesePerson(pools, random),
  ),
  HIGHWAY: entity(
    'LOC',
    (pools, random) => `${pick(pools.provinces ?? [], random)} - ${pick(pools.provinces ?? [], random)}`,
  ),
  STADIUM: (pools, random) => pick(pools.stadiums ?? [], random),
  COUNTRY: entity('LOC', from('countries')),
  COUNTRYN: (pools, random) => pick(pools.countries ?? [], random),
  FCITY: entity('LOC', from('foreignCities')),
  FPLACE: entity('LOC', (pools, random) =>
    pick((random() < 0.3 ? pools.foreignCities : pools.foreignPlaces) ?? [], random),
  ),
  STATE: entity('LOC', from('states')),
  QNUM: (_, random) => String(number(1, 12, random)),
  POLICE: entity('ORG', (pools, random) => localBody(['Công an'], 'province', pools, random)),
  COMMUNEN: coin,
  PROVN: plain('provinces'),
  DISTN: plain('districts'),
  TICKERN: (_, random) => String.fromCharCode(...Array.from({ length: 3 }, () => number(65, 90, random))),
  POLICEDN: (pools, random) => localBody(['Công an'], 'district', pools, random),
  POLICEX: (pools, random) => localBody(['Công an'], 'province', pools, random),
  POLICED: entity('ORG', (pools, random) => localBody(['Công an'], 'district', pools, random)),
  POLICEC: entity('ORG', (pools, random) => localBody(['Công an'], 'commune', pools, random)),
  CSGT: entity('ORG', (pools, random) =>
    pick(
      [
        'Phòng CSGT',
        'Đội CSGT',
        'Cục CSGT',
        `Phòng Cảnh sát giao thông ${localBody(['Công an'], 'province', pools, random)}`,
        `Phòng CSGT ${localBody(['Công an'], 'province', pools, random)}`,
        'Trạm CSGT số 3',
        'Đội CSGT số 6',
      ],
      random,
    ),
  ),
  COURT: entity('ORG', (pools, random) =>
    localBody(
      ['Tòa án nhân dân', 'TAND', 'Toà án nhân dân', 'Tòa án'],
      random() < 0.7 ? 'province' : 'district',
      pools,
      random,
    ),
  ),
  VKS: entity('ORG', (pools, random) =>
    random() < 0.3
      ? pick(['Viện Kiểm sát nhân dân tối cao', 'VKSND Tối cao', 'VKSND tối cao', 'Viện KSND tối cao'], random)
      : localBody(['Viện Kiểm sát nhân dân', 'VKSND', 'Viện KSND', 'VKS'], 'province', pools, random),
  ),
  UBND: entity('ORG', (pools, random) =>
    localBody(['UBND', 'UBND', 'Ủy ban nhân dân', 'Uỷ ban Nhân dân', 'Ủy ban Nhân dân'], 'province', pools, random),
  ),
  UBNDH: entity('ORG', (_, random) =>
    pick(
      [
        'UBND TP Hà Nội',
        'UBND TP.HCM',
        'UBND thành phố Đà Nẵng',
        'UBND TP Cần Thơ',
        'UBND TP Hải Phòng',
        'UBND TP Huế',
      ],
      random,
    ),
  ),
  UBNDD: entity('ORG', (pools, random) => localBody(['UBND', 'Ủy ban nhân dân'], 'district', pools, random)),
  UBNDC: entity('ORG', (pools, random) => localBody(['UBND', 'Ủy ban nhân dân'], 'commune', pools, random)),
  HDND: entity('ORG', (pools, random) => localBody(['HĐND', 'Hội đồng nhân dân'], 'province', pools, random)),
  TINHUY: entity('ORG', (pools, random) =>
    random() < 0.25
      ? pick(
          ['Thành ủy Hà Nội', 'Thành ủy TP.HCM', 'Thành ủy Đà Nẵng', 'Thành ủy Hải Phòng', 'Thành ủy Cần Thơ'],
          random,
        )
      : random() < 0.2
        ? `Huyện ủy ${pick(pools.districts ?? [], random)}`
        : `${pick(['Tỉnh ủy', 'Tỉnh uỷ'], random)} ${pick(pools.provinces ?? [], random)}`,
  ),
  SODEP: entity('ORG', (pools, random) => localBody(pools.departments ?? [], 'province', pools, random)),
  MIN: entity('ORG', from('ministries')),
  HOSP: entity('ORG', (pools, random) =>
    random() < 0.4
      ? pick(pools.hospitals ?? [], random)
      : localBody(
          ['Bệnh viện Đa khoa', 'Bệnh viện đa khoa', 'BV Đa khoa', 'Bệnh viện', 'Trung tâm Y tế'],
          random() < 0.6 ? 'province' : 'district',
          pools,
          random,
        ),
  ),
  SCHOOL: entity(
    'ORG',
    (pools, random) =>
      `${pick(['Trường THPT', 'Trường THCS', 'Trường Tiểu học', 'trường THPT', 'Trường mầm non', 'THPT chuyên', 'Trường THPT chuyên'], random)} ${pick((random() < 0.5 ? pools.streets : pools.districts) ?? [], random)}`,
  ),
  UNI: entity('ORG', (pools, random) => pick(pools.universities ?? [], random)),
  BANK: entity('ORG', from('banks')),
  BANKF: entity(
    'ORG',
    (pools, random) =>
      `${pick(['Ngân hàng', 'Ngân hàng TMCP', 'ngân hàng'], random)} ${pick(pools.banks ?? [], random)}`,
  ),
  COMP: (pools, random) => [{ text: company(pools, random), type: 'ORG' }],
  COMPF: entity('ORG', (pools, random) => `${pick(pools.companyHeads ?? [], random)} ${company(pools, random)}`),
  NAMECO: (pools, random) => `${pick(pools.companyFirst ?? [], random)} ${pick(pools.companySecond ?? [], random)}`,
  FCO: (pools, random) => pick((random() < 0.5 ? pools.companies : pools.foreignOrgs) ?? [], random),
  FORG: entity('ORG', (pools, random) => pick(pools.foreignOrgs ?? [], random)),
  FPARTY: (_, random) =>
    pick(
      [
        'Dân chủ',
        'Cộng hòa',
        'Lao động',
        'Bảo thủ',
        'Xanh',
        'Tự do',
        'Xã hội',
        'Quốc đại',
        'Nhân dân',
        'Likud',
        'Cấp tiến',
        'Dân chủ Tự do',
        'Cộng sản',
      ],
      random,
    ),
  FMEDIA: entity('ORG', from('foreignMedia')),
  FTEAM: entity('ORG', from('foreignTeams')),
  FCLUB: entity('ORG', from('foreignTeams')),
  CLUB: entity('ORG', from('clubs')),
  FWORK: (pools, random) => pick(pools.foreignWorks ?? [], random),
  MEDIA: entity('ORG', from('media')),
  SHOW: (pools, random) => pick(pools.shows ?? [], random),
  SHOP: entity(
    'ORG',
    (pools, random) => `${pick(pools.companyFirst ?? [], random)} ${pick(pools.given ?? [], random)}`,
  ),
  BRANDGOLD: entity('ORG', (_, random) => pick(['SJC', 'DOJI', 'PNJ', 'Bảo Tín Minh Châu', 'Phú Quý'], random)),
  TICKER: entity('ORG', (_, random) => String.fromCharCode(...Array.from({ length: 3 }, () => number(65, 90, random)))),
  STORM: (_, random) =>
    pick(
      ['Yagi', 'Damrey', 'Molave', 'Noru', 'Haiyan', 'Katrina', 'Rita', 'Gustav', 'Ketsana', 'Mirinae', 'Sandy'],
      random,
    ),
  DM: (_, random) => `${number(1, 30, random)}${pick(['/', '/', '-'], random)}${number(1, 12, random)}`,
  M: (_, random) => String(number(1, 12, random)),
  YEAR: (_, random) => String(number(1950, 2025, random)),
  AGE: (_, random) => String(number(6, 95, random)),
  NUM: (_, random) => String(number(2, 400, random)),
  NUM1: (_, random) => String(number(1, 9, random)),
  HOUR: (_, random) => String(number(1, 23, random)),
  MINUTE: (_, random) => String(number(10, 59, random)),
  SCORE: (_, random) => `${number(1, 6, random)}-${number(0, 3, random)}`,
  ROMAN: (_, random) => pick(['I', 'II', 'III', 'IV', 'V', 'X', 'XI', 'XIV', 'XVI'], random),
  MONEY: (_, random) => money(random),
  ...WESTERN_MAKERS,
};

/** Slots whose value derives from another slot's of the same name. */
const DERIVED: Record<string, [string, (value: string) => string, string]> = {
  GIVEN: ['PER', last, 'PER'],
  FPERL: ['FPER', last, 'PER'],
  VLAST: ['VPER', last, 'PER'],
};

/** What stands in the text for a slot; a named slot has the same value throughout a document. */
export function slotValue(
  slot: string,
  name: string | undefined,
  values: Map<string, string>,
  pools: Pools,
  random: () => number,
): Part[] {
  const derived = DERIVED[slot];
  if (derived && name !== undefined) {
    const [source, derive, type] = derived;
    const value = values.get(`${source}:${name}`);
    if (value !== undefined) return [{ text: derive(value), type }];
  }
  const key = `${slot}:${name}`;
  const maker = MAKERS[slot];
  if (!maker) throw new Error(`a template has an unknown slot ${slot}`);
  const made = maker(pools, random);
  const parts: Part[] = typeof made === 'string' ? [{ text: made }] : made;
  const only = parts.length === 1 ? (parts[0] as Part) : null;
  if (name === undefined || only === null) return parts;
  const known = values.get(key);
  if (known !== undefined) return [{ ...only, text: known }];
  values.set(key, only.text);
  return [only];
}
