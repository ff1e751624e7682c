/** The slots of the French and English templates. */
import { entity, foreignPerson, from, last, type Maker, number, plain, vietnamesePerson } from './makers.ts';
import { pick } from './pools.ts';
import {
  ARAB_FIRST,
  ARAB_LAST,
  coinedSurname,
  FRENCH_TITLES,
  fullName,
  REGION_BODIES,
  REGION_TOWNS,
  surname,
  title,
  town,
} from './western-names.ts';

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
export const WESTERN_MAKERS: Record<string, Maker> = {
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
  EPER: entity('PER', fullName),
  ESURX: entity('PER', surname),
  ESURU: entity('PER', (pools, random) => surname(pools, random).toUpperCase()),
  EPERLN: surname,
  EGIV: entity('PER', from('givenEn')),
  ETOWN: entity('LOC', town),
  ETOWNN: town,
  ETOWNU: entity('LOC', (pools, random) => town(pools, random).toUpperCase()),
  ECO: entity('ORG', (pools, random) =>
    random() < 0.6
      ? pick(pools.brands ?? [], random)
      : random() < 0.5
        ? coinedSurname(pools, random)
        : `${coinedSurname(pools, random)} ${pick(['Inc.', 'Corp.', 'Group', 'Holdings', 'Systems', '& Sons', 'Ltd', 'Industries', 'Partners'], random)}`,
  ),
  ECOU: entity('ORG', (pools, random) => pick(pools.brands ?? [], random).toUpperCase()),
  EMEDIA: entity('ORG', from('mediaEn')),
  ETEAM: entity('ORG', from('foreignTeams')),
  EBAND: entity('ORG', from('bands')),
  EPARTY: entity('ORG', from('parties')),
  EWORK: title,
  EWORKN: title,
  EWORKF: (pools, random) => (random() < 0.6 ? pick(FRENCH_TITLES, random) : title(pools, random)),
  EPARTYF: entity('ORG', from('partiesFrFull')),
  EPARTYFN: from('partiesFrFull'),
  FRPER: entity('PER', fullName),
  FRSURX: entity('PER', surname),
  FRSURN: surname,
  FRMEDIA: entity('ORG', from('mediaFr')),
  FRDEPN: plain('departmentsFr'),
  IQCITY: entity('LOC', (_, random) => pick(REGION_TOWNS, random)),
  IQBODY: (_, random) => pick(REGION_BODIES, random),
  FPERM: entity('PER', (_, random) => `${pick(ARAB_FIRST, random)} ${pick(ARAB_LAST, random)}`),
  ACRO: (_, random) =>
    String.fromCharCode(...Array.from({ length: number(3, 4, random) }, () => number(65, 90, random))),
};
