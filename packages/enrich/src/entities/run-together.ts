/** Spans in which a tagger ran together a name and what stands before or behind it: offices, investigating units, persons. */
import type { EntityType } from '@newsloom/model';
import type { Tokens } from '../text/index.ts';
import { entityKey } from './key.ts';
import type { Piece } from './mend.ts';
import { officesIn } from './offices.ts';
import { isVietnameseName } from './people.ts';
import { placeOf } from './places.ts';
import { nameWords, wordsOf } from './words.ts';

/** Units of a police that stand before its name and are known by it. */
const UNIT =
  /^(?:Cơ quan (?:Cảnh sát điều tra|CSĐT|An ninh điều tra|ANĐT)|Phòng Cảnh sát (?:hình sự|giao thông|kinh tế))\s+(?=Công an\s)/iu;
/** A local body whose place is only said by its kind, and a person's name after it. */
const BODY_AND_PERSON =
  /^((?:UBND|HĐND|Ủy ban nhân dân|Hội đồng nhân dân|Công an|Đảng ủy)\s+(?:tỉnh|huyện|xã|phường|quận|thành phố|TP))\s+(?=\p{Lu})/u;
/** Words before a span in which its office stands. */
const REACH = 40;

/** The piece as what it really holds: one or several pieces. */
export function apart(tokens: Tokens, lang: string | null, piece: Piece): Piece[] {
  if (piece.type === 'PER') return withoutOffice(tokens, lang, piece);
  if (piece.type === 'ORG' && lang === 'vi') return withoutPerson(tokens, withoutUnit(tokens, piece));
  return [piece];
}

/** The token that starts at an offset or behind it. */
function tokenFrom({ starts }: Tokens, first: number, offset: number): number {
  let at = first;
  while ((starts[at] as number) < offset) at++;
  return at;
}

/** A person's name without the office before it, and the body that the office is of: `Interpol Secretary General Marta Oliveira`. */
function withoutOffice(tokens: Tokens, lang: string | null, piece: Piece): Piece[] {
  if (piece.last - piece.first < 2) return [piece];
  const { text, starts, ends } = tokens;
  const start = starts[piece.first] as number;
  const end = ends[piece.last] as number;
  const office = officesIn(text.slice(start, end), lang).at(-1);
  if (!office || start + office.end >= end) return [piece];
  const person = { ...piece, first: tokenFrom(tokens, piece.first, start + office.end) };
  const before = text.slice(start, start + office.start).trim();
  if (before === '') return [person];
  const { type, known } = entityKey('ORG' as EntityType, before, lang);
  return known
    ? [{ first: piece.first, last: tokenFrom(tokens, piece.first, start + office.start) - 1, type }, person]
    : [person];
}

/** `Cơ quan Cảnh sát điều tra Công an tỉnh Bắc Giang` is the police of that province. */
function withoutUnit(tokens: Tokens, piece: Piece): Piece {
  const start = tokens.starts[piece.first] as number;
  const unit = UNIT.exec(tokens.text.slice(start, tokens.ends[piece.last]))?.[0];
  return unit === undefined ? piece : { ...piece, first: tokenFrom(tokens, piece.first, start + unit.length) };
}

/** `(Chủ tịch) UBND tỉnh Hồ Quang Bình` names a person, not a province. */
function withoutPerson(tokens: Tokens, piece: Piece): Piece[] {
  const start = tokens.starts[piece.first] as number;
  const text = tokens.text.slice(start, tokens.ends[piece.last]);
  const body = BODY_AND_PERSON.exec(text);
  if (!body) return [piece];
  const name = text.slice(body[0].length);
  const words = nameWords(name);
  if (words.length < 3 || !isVietnameseName(words) || placeOf(wordsOf(name), 'vi')) return [piece];
  if (officesIn(tokens.text.slice(Math.max(0, start - REACH), start), 'vi').length === 0) return [piece];
  const first = tokenFrom(tokens, piece.first, start + body[0].length);
  const last = tokenFrom(tokens, piece.first, start + (body[1] as string).length) - 1;
  return [
    { first: piece.first, last, type: 'ORG' },
    { first, last: piece.last, type: 'PER' },
  ];
}
