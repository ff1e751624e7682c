/** Last names, given names and fuller forms of persons that a text names in full elsewhere, where the tagger missed them. */
import { Gap, join, TokenKind, type Tokens } from '../text/index.ts';
import type { Piece } from './mend.ts';
import { isCapital } from './name-book.ts';
import { isVietnameseName } from './people.ts';
import { nameWords } from './words.ts';

/** Given names that begin sentences as other words, folded. */
const ALSO_WORDS = new Set(
  'son long an so do he to la le ha hung dung tu sang tai que qui mai nam bao may son ton sa se ne en on no my her his ai lai bon vu la hanh hoa binh truong hai dao cuong minh thanh thang nhan phong quan cong hoi nam tuyen huong khi tien thu duong xuan dong tay bac trung thuy hien sau tuy ban doi lan chi chu anh ba ong bac cac mot'.split(
    ' ',
  ),
);

/**
 * Adds short forms: the last word of a person's name where a Vietnamese name ends or another begins, standing by itself
 * with a capital; and gives the type of the full name to one that is tagged otherwise.
 */
export function addShortForms(tokens: Tokens, lang: string | null, pieces: readonly Piece[]): Piece[] {
  const shorts = new Map<number, number>();
  for (const { first, last, type } of pieces) {
    if (type !== 'PER' || last === first) continue;
    const words = nameWords(tokens.text.slice(tokens.starts[first], tokens.ends[last]));
    shorts.set(tokens.words[last] as number, 1);
    if (words.length > 2 && isVietnameseName(words) && tokens.kinds[last - 1] !== TokenKind.symbol)
      shorts.set(join(tokens.words[last - 1] as number, tokens.words[last] as number), 2);
  }
  if (shorts.size === 0) return [...pieces];
  const shortAt = (first: number, last: number): boolean =>
    first === last
      ? shorts.get(tokens.words[first] as number) === 1
      : last === first + 1 && shorts.get(join(tokens.words[first] as number, tokens.words[last] as number)) === 2;
  const taken = new Uint8Array(tokens.count);
  const typed = pieces.map((piece): Piece => {
    for (let i = piece.first; i <= piece.last; i++) taken[i] = 1;
    const wrong = piece.type === 'LOC' || piece.type === 'ORG' || piece.type === 'MISC';
    return wrong && piece.last > piece.first && shortAt(piece.first, piece.last) ? { ...piece, type: 'PER' } : piece;
  });
  // In Vietnamese a given name is also a word: one that the text writes small is none here.
  const small = new Set<number>();
  if (lang === 'vi')
    for (let i = 0; i < tokens.count; i++)
      if (tokens.kinds[i] === TokenKind.lower) small.add(tokens.lowers[i] as number);
  const added: Piece[] = [];
  for (let at = 0; at < tokens.count; at++) {
    if (taken[at] === 1 || tokens.kinds[at] !== TokenKind.title || shorts.get(tokens.words[at] as number) !== 1)
      continue;
    if (isBeside(tokens, at - 1, at) || isBeside(tokens, at + 1, at + 1)) continue;
    if (tokens.sentenceStarts[at] === 1 && !beginsSentence(tokens, at, lang, small)) continue;
    added.push({ first: at, last: at, type: 'PER' });
  }
  return added.length === 0 ? typed : [...typed, ...added].sort((a, b) => a.first - b.first);
}

/**
 * A body's short name where the text says it in full elsewhere, and only the end of it was found: `Hàn Xanh` of
 * `Sông Hàn Xanh` after `Công ty Địa ốc Sông Hàn Xanh`.
 */
export function wholeShortNames(tokens: Tokens, pieces: readonly Piece[]): Piece[] {
  const text = (first: number, last: number): string => tokens.text.slice(tokens.starts[first], tokens.ends[last]);
  const bodies = pieces
    .filter((piece) => piece.type === 'ORG' && piece.last - piece.first > 2)
    .map((piece) => text(piece.first, piece.last));
  if (bodies.length === 0) return [...pieces];
  return pieces.map((piece, i): Piece => {
    const before = piece.first - 1;
    if ((piece.type !== 'LOC' && piece.type !== 'ORG') || before < 0 || !isCapital(tokens.kinds[before])) return piece;
    if (tokens.gaps[piece.first] !== Gap.space || (pieces[i - 1]?.last ?? -1) >= before) return piece;
    const whole = text(before, piece.last);
    return bodies.some((body) => body.endsWith(` ${whole}`)) ? { ...piece, first: before, type: 'ORG' } : piece;
  });
}

/** Whether the neighbour at `other` is a word with a capital in the same sentence; the gap is that before token `gap`. */
function isBeside({ kinds, gaps, sentenceStarts, count }: Tokens, other: number, gap: number): boolean {
  if (other < 0 || other >= count || gaps[gap] === Gap.paragraph || sentenceStarts[gap] === 1) return false;
  if (!isCapital(kinds[other])) return false;
  return other > gap - 1 || sentenceStarts[other] !== 1 || kinds[other] === TokenKind.upper;
}

/** A name at the start of a sentence goes on with a small word, and is none of the words that begin sentences. */
function beginsSentence(
  { text, starts, ends, kinds, lowers, count }: Tokens,
  at: number,
  lang: string | null,
  small: ReadonlySet<number>,
): boolean {
  if (at + 1 >= count) return false;
  const [word] = nameWords(text.slice(starts[at], ends[at]));
  const next = kinds[at + 1];
  if (lang === 'vi' && small.has(lowers[at] as number)) return false;
  return word !== undefined && !ALSO_WORDS.has(word) && (next === TokenKind.lower || next === TokenKind.symbol);
}
