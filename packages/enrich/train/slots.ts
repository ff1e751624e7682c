/** What the slots of the templates are filled with. */
import {
  coin,
  company,
  entity,
  foreignPerson,
  from,
  last,
  localBody,
  type Maker,
  money,
  number,
  plain,
  vietnamesePerson,
} from './makers.ts';
import { type Part, type Pools, pick } from './pools.ts';
import { WESTERN_MAKERS } from './western-slots.ts';

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
  RIVERN: plain('rivers'),
  CITYN: plain('bigCities'),
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
  ESUR: ['EPER', last, 'PER'],
  FRSUR: ['FRPER', last, 'PER'],
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
