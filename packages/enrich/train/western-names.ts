/** Names of persons, towns, companies and works for the French and English templates: from the lists, or coined. */
import { foreignPerson, number } from './makers.ts';
import { type Pools, pick } from './pools.ts';

/** A name no list holds, so that what stands around a name is learned too. */
export const coinedSurname = (pools: Pools, random: () => number): string => {
  const syllables = [
    'bel',
    'dar',
    'mon',
    'ker',
    'lin',
    'ros',
    'tal',
    'ven',
    'gar',
    'hol',
    'bran',
    'mar',
    'stan',
    'wil',
    'fen',
  ];
  const tails = [
    'ton',
    'ner',
    'ski',
    'son',
    'berg',
    'ley',
    'ard',
    'in',
    'ova',
    'ez',
    'mann',
    'ford',
    'well',
    'eau',
    'ini',
  ];
  const name = pick(syllables, random) + (random() < 0.4 ? pick(syllables, random) : '') + pick(tails, random);
  return random() < 0.8 ? name.charAt(0).toUpperCase() + name.slice(1) : pick(pools.surnamesEn ?? [], random);
};
/** A family name, listed or coined. */
export const surname = (pools: Pools, random: () => number): string =>
  random() < 0.55 ? pick(pools.surnamesEn ?? [], random) : coinedSurname(pools, random);
/** A given name and a family name, with an initial now and then. */
export const fullName = (pools: Pools, random: () => number): string => {
  if (random() < 0.25) return foreignPerson(pools, random);
  const given = pick(pools.givenEn ?? [], random);
  const middle = random() < 0.12 ? ` ${String.fromCharCode(number(65, 90, random))}.` : '';
  return `${given}${middle} ${surname(pools, random)}`;
};
/** A town, listed or coined. */
export const town = (pools: Pools, random: () => number): string => {
  const chance = random();
  if (chance < 0.5) return pick(pools.townsEn ?? [], random);
  if (chance < 0.75) return pick(pools.foreignPlaces ?? [], random);
  const tail = pick(
    ['ham', 'ton', 'ville', 'field', 'bury', 'ford', 'wood', ' Springs', ' Falls', ' Hill', 'port', 'dale'],
    random,
  );
  return `${coinedSurname(pools, random)}${tail}`;
};
/** The title of a work: one to three words in capitals. */
export const title = (pools: Pools, random: () => number): string =>
  Array.from({ length: number(1, 3, random) }, () => pick(pools.bandWords ?? [], random)).join(' ');
/** Titles of works in French. */
export const FRENCH_TITLES = [
  'Les Enfants du soir',
  'Le Grand Débat',
  'La Nuit des loups',
  'Le Retour du printemps',
  'Histoires de gare',
  'La Grande Maison',
  'Le Dernier Train',
  'Les Amis de la mer',
  'Une vie de chien',
  'Bonjour tristesse',
  'La Ville endormie',
  'Les Deux Rives',
];
/** Names of persons, towns and bodies of the Near East, as English and French news spell them. */
export const ARAB_FIRST = [
  'Ahmed',
  'Ali',
  'Hassan',
  'Hussein',
  'Muhammad',
  'Omar',
  'Khalid',
  'Mustafa',
  'Yusuf',
  'Ibrahim',
  'Abdullah',
  'Karim',
  'Jalal',
  'Salim',
  'Nuri',
  'Haidar',
  'Adil',
  'Tariq',
  'Samir',
  'Walid',
];
export const ARAB_LAST = [
  'al-Masri',
  'al-Hakim',
  'al-Rubaie',
  'al-Douri',
  'Barzani',
  'al-Dulaimi',
  'Jabouri',
  'al-Tikriti',
  'Khafaji',
  'Zebari',
  'al-Asadi',
  'Hashimi',
  'al-Najafi',
  'Sabri',
  'al-Khazali',
  'Mutlaq',
  'Salman',
  'al-Amiri',
];
export const REGION_TOWNS = [
  'Baghdad',
  'Mosul',
  'Kirkuk',
  'Fallujah',
  'Ramadi',
  'Najaf',
  'Karbala',
  'Basra',
  'Tikrit',
  'Baqubah',
  'Aleppo',
  'Damascus',
  'Raqqa',
  'Homs',
  'Idlib',
  'Kobani',
  'Palmyra',
  'Deir ez-Zor',
  'Manbij',
  'Erbil',
  'Sadr City',
  'Tal Afar',
  'Sinjar',
  'Hit',
  'Rutbah',
  'Kufa',
  'Anbar',
  'Nineveh',
  'Al-Shirqat',
  'Qayyarah',
  'Bayji',
  'Haditha',
  'Al-Qaim',
  'Dayr Hafir',
  'Tabqa',
  'Ain Issa',
];
export const REGION_BODIES = [
  'ISIL',
  'ISIS',
  'Daesh',
  'al-Qaeda',
  'Hezbollah',
  'Hamas',
  'Mahdi Army',
  'Peshmerga',
  'Iraqi Army',
  'Syrian Army',
  'Free Syrian Army',
  'Syrian Democratic Forces',
  'Badr Brigade',
  'Ansar al-Islam',
  'Kurdish Democratic Party',
  'Iraqi Governing Council',
  'U.S. Army',
  'Coalition',
  'Baath Party',
  'PKK',
  'YPG',
];
