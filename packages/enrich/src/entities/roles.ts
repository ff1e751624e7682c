/** What a text says persons are: an office beside a name, and the body or country it is held in. */
import type { Mention } from '@newsloom/model';
import type { LinkDocument } from './items.ts';
import { entityKey } from './key.ts';
import { isAddress, type OfficeAt, officesIn, withoutAddress } from './offices.ts';
import { countryOf, demonymOf } from './places.ts';
import { wordsOf } from './words.ts';

/** A role before its names are linked. */
export type FoundRole = {
  /** The person's place in the document's list of mentions. */
  person: number;
  office: string;
  /** As the text says it, with its field. */
  role: string;
  /** What the office is of, as the text says it; '' where it does not. */
  field: string;
  start: number;
  /** The body or country: a mention's place in the list, one more name to link, or null. */
  body: number | Mention | null;
};

/** Code units before and after a name in which its offices stand. */
const REACH = 140;
/** Offices said one after another of one person: `Ủy viên Bộ Chính trị, Bộ trưởng Bộ Công an`. */
const MOST_OFFICES = 4;
/** Where what is said before ends; the dots of `U.S.` and `M.` end nothing. */
const SENTENCE_END = /[\n;:!?”"]|(?<!(?<!\p{L})\p{L}\p{M}?|Mr|Mme|Dr|Mrs|Ms|TP|TS|GS|PGS)\.(?=\s|$)/gu;
/** Words of one field. */
const MOST_FIELD_WORDS = 12;

/** Small words that a field may hold, by language. */
const SMALL: Record<string, ReadonlySet<string>> = {
  vi: new Set(
    (
      'của tại tỉnh huyện xã phường quận thành phố thị và nước nhân dân quốc gia hội đồng ủy ban công an liên bang ban ' +
      'kiêm trung ương đoàn đảng chính phủ điều hành thường trực khoa học công nghệ thôn phát triển nông nghiệp môi trường đội tuyển ' +
      'nghiệp dục tạo lịch động tế phòng thông thương mại binh giao vận tải dựng tài nguyên hóa thể thao du tư pháp nghị kế hoạch đầu đối ngoại giáo đào'
    ).split(' '),
  ),
  fr: new Set(
    (
      'de la le les l du des d à aux au en et the comité populaire conseil parti groupe ville province district publique général générale ' +
      'administration national nationale fédéral fédérale exécutif exécutive provincial provinciale central centrale étrangères'
    ).split(' '),
  ),
  en: new Set(
    (
      'of the for and in to at public security foreign affairs defence defense finance health education transport trade industry justice ' +
      'interior culture agriculture environment labour labor planning investment home energy science technology information s police party national'
    ).split(' '),
  ),
};
/** Small words alone are no field. */
const HANGING = /^[\p{Ll}\s’']*$/u;
const WORD = /[\p{L}\p{N}\p{M}&]+/gu;

/** The roles a text gives to the persons among its mentions. */
export function rolesIn(document: LinkDocument): FoundRole[] {
  const { lang, text, mentions } = document;
  if (lang === null || !(lang in SMALL)) return [];
  const found: FoundRole[] = [];
  mentions.forEach((mention, person) => {
    if (mention.type !== 'PER') return;
    const before = text.slice(Math.max(0, mention.start - REACH), mention.start);
    found.push(...rolesBefore(document, person, mention.start - before.length, before));
    found.push(...rolesAfter(document, person));
  });
  return found;
}

/** `Bộ trưởng Công an X`, `le ministre de la Défense, le général X`, `Interpol Secretary General X`. */
function rolesBefore(document: LinkDocument, person: number, offset: number, window: string): FoundRole[] {
  // Another sentence, line or person is not about this one.
  const cut = [...window.matchAll(SENTENCE_END)].at(-1)?.index ?? -1;
  const head = window.slice(cut + 1);
  const from = offset + cut + 1;
  const office = officesIn(head, document.lang).at(-1);
  if (!office) return [];
  const gap = head.slice(office.end);
  const parts = /^([^,]*?)(?:,\s*([^,]*))?$/u.exec(gap);
  if (!parts || !isAddress(parts[2] ?? '')) return [];
  const field = parts[1] as string;
  const own = withoutAddress(field);
  const at = { ...office, start: office.start + from, end: office.end + from };
  const fieldEnd = at.end + (own === '' ? 0 : field.indexOf(own) + own.length);
  if (!isField(document, at.end, fieldEnd)) return [];
  // An English or Vietnamese name follows its office without a comma, or its field with one.
  return [roleOf(document, person, at, at.end, fieldEnd)];
}

/** `X, Bộ trưởng Bộ Công an`, `X, ministre français des Affaires étrangères`, `X, chairman of Y`. */
function rolesAfter(document: LinkDocument, person: number): FoundRole[] {
  const { text, lang, mentions } = document;
  const found: FoundRole[] = [];
  let at = (mentions[person] as Mention).end;
  while (found.length < MOST_OFFICES) {
    const opening = /^\s*,\s*(?:et |và |and )?(?:le |la |l['’]|the |là )?/u.exec(text.slice(at, at + 20))?.[0];
    if (opening === undefined) break;
    const start = at + opening.length;
    const window = text.slice(start, start + REACH);
    const clause = /^[^,.;:()\n”"]*/u.exec(window)?.[0] ?? '';
    const office = officesIn(clause, lang)[0];
    if (!office) break;
    // In English the field may stand before the office, and it is then all that does.
    if (office.start > 0 && !(lang === 'en' && isField(document, start, start + office.start))) break;
    // `X, et le président de Y, Z`: that is Z.
    const next = start + clause.length + 2;
    if (
      /et |và |and /u.test(opening) &&
      mentions.some((it) => it.type === 'PER' && it.start >= next - 2 && it.start <= next)
    )
      break;
    const place = { ...office, start: start + office.start, end: start + office.end };
    let end = start + clause.length;
    while (end > place.end && !isField(document, place.end, end)) {
      const shorter = text.slice(place.end, end).replace(/\s*\S+\s*$/u, '');
      end = place.end + shorter.length;
    }
    if (end < start + clause.length) end = withoutVerb(text, lang, office.office, place.end, end);
    if (HANGING.test(text.slice(place.end, end))) end = place.end;
    const before = office.start > 0 ? start : place.end;
    found.push(roleOf(document, person, place, before, before < place.end ? place.start : end));
    at = start + clause.length;
  }
  return found;
}

/** Where the ministry of a field that was cut off in mid-sentence ends: `Bộ trưởng Công an` + `phát` (biểu). */
function withoutVerb(text: string, lang: string | null, office: string, from: number, to: number): number {
  if (!office.endsWith('minister')) return to;
  for (let end = to; end > from; ) {
    const field = text.slice(from, end).trim();
    if (ministriesOf(field, lang).some((name) => entityKey('ORG', name, lang).body !== null))
      return from + text.slice(from, end).trimEnd().length;
    const last = field.lastIndexOf(' ');
    if (last < 0) break;
    end = from + text.slice(from, end).indexOf(field) + last;
  }
  return to;
}

/** Whether what stands between two offsets can be what an office is of: names, and small words that stand in names of bodies. */
function isField({ text, lang, mentions }: LinkDocument, from: number, to: number): boolean {
  let words = 0;
  for (const { 0: word, index } of text.slice(from, to).matchAll(WORD)) {
    words++;
    const at = from + index;
    if (/^[\p{Lu}\d]/u.test(word)) continue;
    if (SMALL[lang as string]?.has(word.toLowerCase())) continue;
    if (mentions.some((mention) => mention.start <= at && at < mention.end && mention.type !== 'PER')) continue;
    if (lang !== 'vi' && demonymOf(wordsOf(word)) !== null) continue;
    return false;
  }
  return words <= MOST_FIELD_WORDS && !/[,;:()\n]/u.test(text.slice(from, to));
}

function roleOf(document: LinkDocument, person: number, office: OfficeAt, from: number, to: number): FoundRole {
  const { text, lang } = document;
  let [start, end] = [from, to];
  if (lang === 'en' && text.slice(from, to).trim() === '') {
    start = fieldBefore(document, office.start);
    end = office.start;
  }
  const field = text.slice(start, end).trim();
  const body = field === '' ? null : bodyOf(document, office.office, start, end);
  const whole = text.slice(Math.min(office.start, start), Math.max(office.end, end)).trim();
  return {
    person,
    office: isOfState(document, office, body) ? 'president' : office.office,
    role: whole,
    field,
    start: Math.min(office.start, field === '' ? office.start : start),
    body,
  };
}

/** `le président français`, `President X`: a head of state, where the same word names the chair of a body. */
function isOfState(
  { text, mentions }: LinkDocument,
  { office, start, end }: OfficeAt,
  body: FoundRole['body'],
): boolean {
  if (office !== 'chairman' || !/^pr[eé]sident/iu.test(text.slice(start, end))) return false;
  const of = typeof body === 'number' ? mentions[body] : body;
  return of ? of.type === 'LOC' : text.startsWith('President ', start);
}

/** Where an English field before its office begins: `Vietnam's public security` + `minister`. */
function fieldBefore(document: LinkDocument, end: number): number {
  const from = Math.max(0, end - REACH);
  const words = [...document.text.slice(from, end).matchAll(WORD)];
  let start = end;
  for (const { index } of words.reverse()) {
    const at = from + index;
    const between = document.text.slice(at, start);
    if (
      /[.,;:!?()\n]/u.test(between) ||
      /^(?:of|the|for|and|in|to|at)\b/iu.test(between) ||
      !isField(document, at, end)
    )
      break;
    start = at;
  }
  return start;
}

/** The body or country a field names. */
function bodyOf({ text, lang, mentions }: LinkDocument, office: string, start: number, end: number): FoundRole['body'] {
  const inside = mentions.flatMap((mention, i) => (mention.start < end && mention.end > start ? [i] : []));
  const body = inside.find((i) => mentions[i]?.type === 'ORG' && isWhole(mentions[i] as Mention, text, start, end));
  if (body !== undefined && !office.endsWith('minister')) return body;
  const field = text.slice(start, end).trim();
  const at = { start, end, type: 'ORG' as const };
  if (office === 'minister' || office === 'deputy-minister') {
    const ministry = ministriesOf(field, lang).find((name) => entityKey('ORG', name, lang).body !== null);
    if (ministry !== undefined) return { ...at, text: ministry };
  }
  if (body !== undefined) return body;
  const first = inside.find((i) => mentions[i]?.type === 'ORG' || mentions[i]?.type === 'LOC');
  if (first !== undefined && mentions[first]?.type === 'ORG') return first;
  if (entityKey('ORG', field, lang).body !== null) return { ...at, text: field };
  const place = inside.find((i) => mentions[i]?.type === 'LOC');
  if (place !== undefined) return place;
  for (const { 0: word } of field.matchAll(WORD)) {
    const code = lang === 'vi' ? null : demonymOf(wordsOf(word));
    const country = code === null ? null : countryOf(code);
    if (country) return { ...at, type: 'LOC', text: country.name };
  }
  return inside.find((i) => mentions[i]?.type === 'ORG') ?? null;
}

/** Whether a mention is most of a field, so that the office is of it and not of something it is a part of. */
function isWhole(mention: Mention, text: string, start: number, end: number): boolean {
  const rest = text.slice(start, mention.start) + text.slice(Math.min(end, mention.end), end);
  return !/\p{Lu}/u.test(rest);
}

/** Names a ministry may have whose minister is named by its field alone: `Công an`, `des Affaires étrangères`, `Foreign`. */
function ministriesOf(field: string, lang: string | null): string[] {
  const bare = field.replace(/^(?:của|of|the)\s+/iu, '');
  if (lang === 'vi') return /^bộ\s/iu.test(bare) ? [bare] : [`Bộ ${bare}`];
  if (lang === 'fr') return [`ministère ${bare}`];
  return [`${bare.replace(/['’]s\b/gu, '')} Ministry`, `Ministry of ${bare}`];
}
