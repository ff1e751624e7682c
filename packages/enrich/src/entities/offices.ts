/** Words for offices in Vietnamese, French and English, each with the one word that stands for it in all of them. */
import { namesIn, readTable } from './tables.ts';

/** An office named in a text. */
export type OfficeAt = { office: string; start: number; end: number };

const LANGUAGES = ['vi', 'fr', 'en'] as const;
type Language = (typeof LANGUAGES)[number];

const codes = new Map<string, string>();
const patterns = new Map<Language, RegExp>();

for (const [column, lang] of LANGUAGES.entries()) {
  const phrases: string[] = [];
  for (const [office, ...names] of readTable('offices.tsv')) {
    for (const phrase of namesIn(names[column])) {
      phrases.push(phrase);
      codes.set(`${lang}:${phrase.toLowerCase()}`, office as string);
    }
  }
  phrases.sort((a, b) => b.length - a.length);
  // Acronyms only as they are; the others with a capital or without.
  const spelled = phrases.map((phrase) =>
    phrase === phrase.toUpperCase()
      ? phrase
      : [...phrase]
          .map((letter) => (/\p{L}/u.test(letter) ? `[${letter.toLowerCase()}${letter.toUpperCase()}]` : letter))
          .join(''),
  );
  patterns.set(lang, new RegExp(`(?<![\\p{L}\\p{M}\\p{N}-])(?:${spelled.join('|')})(?![\\p{L}\\p{M}\\p{N}])`, 'gu'));
}

/** The offices named in a text, in order; none in other languages than these three. */
export function officesIn(text: string, lang: string | null): OfficeAt[] {
  const pattern = patterns.get(lang as Language);
  if (!pattern) return [];
  const found: OfficeAt[] = [];
  for (const match of text.matchAll(pattern)) {
    const office = codes.get(`${lang}:${match[0].toLowerCase()}`);
    if (office !== undefined) found.push({ office, start: match.index, end: match.index + match[0].length });
  }
  return found;
}

/** Every office's one word. */
export function allOffices(): string[] {
  return [...new Set(codes.values())];
}

/** Forms of address and ranks between an office and a name. */
const ADDRESS =
  '(?:ông|bà|anh|chị|cô|đồng chí|đ/c|ngài|(?:đại|thượng|trung|thiếu) (?:tướng|tá|úy)|phó đô đốc|đô đốc|ts|ths|pgs|gs|bs|ls|' +
  'tiến sĩ|thạc sĩ|phó giáo sư|giáo sư|luật sư|bác sĩ|kỹ sư|nsnd|nsưt|' +
  'm|mme|mlle|me|dr|docteur|professeur|le général|la générale|général|le colonel|colonel|amiral|' +
  'mr|mrs|ms|sir|professor|senior lieutenant general|lieutenant general|major general|general|colonel|lieutenant|major|admiral)';
const ONLY_ADDRESS = new RegExp(`^\\s*(?:${ADDRESS}\\.?\\s*)*$`, 'iu');
const ENDING_ADDRESS = new RegExp(`(?:^|[\\s.])(?:${ADDRESS}\\.?\\s*)+$`, 'iu');

/** Whether these words are only forms of address and ranks, or none. */
export function isAddress(text: string): boolean {
  return ONLY_ADDRESS.test(text.normalize('NFC'));
}

/** The words without forms of address and ranks at their end. */
export function withoutAddress(text: string): string {
  return text.replace(ENDING_ADDRESS, '').trim();
}
