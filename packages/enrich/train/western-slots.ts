/** The slots of the French and English templates. */
import { entity, foreignPerson, from, last, type Maker, number, plain, vietnamesePerson } from './makers.ts';
import { pick } from './pools.ts';

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
  ACRO: (_, random) =>
    String.fromCharCode(...Array.from({ length: number(3, 4, random) }, () => number(65, 90, random))),
};
