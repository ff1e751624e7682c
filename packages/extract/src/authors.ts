/** Finds the people who wrote an article: linked data, metas, marked elements and bylines; agencies are kept apart. */
import type { FieldOrigin } from '@newsloom/model';
import type { PageFacts } from './facts.ts';
import { HINT } from './hints.ts';
import { plainText } from './survey.ts';
import { keyOf, oneLine, unescapeOnce } from './words.ts';

/** A group of names stated in one place. */
export type AuthorCandidate = {
  names: string[];
  agencies: string[];
  from: string;
  at: string;
  block: number;
  hints: number;
  raw: string;
};

const AGENCIES =
  /^(?:ttxvn|vna|vna\/cvn|vov|afp|reuters|dpa|ap|associated press|the associated press|apa|sda|keystone-sda|ats|belga|anp|efe|ansa|tass|тасс|interfax|интерфакс|риа новости|ria novosti|укринформ|xinhua|新华社|新華社|kyodo|共同通信|時事通信|yonhap|연합뉴스|pap|ctk|čtk|mti|tt|ntb|ritzau|stt|lusa|agência brasil|agencia efe|europa press|bernama|antara|anadolu|aa|dha|iha|pti|ians|ani|press association|pa media|bloomberg|ddp|epd|kna|afp relaxnews|reuters\/afp|sid|dpa-afx|afx)(?:\b|$)/iu;
const NOT_A_PERSON =
  /^(?:admin|administrator|editor|editors|editorial|redaktion|redaction|rédaction|la rédaction|redacción|redacao|redação|redazione|redactie|redakcja|редакция|редакція|staff|news desk|newsroom|webmaster|guest|anonymous|anonym|team|author|autor|auteur|user|root|desk|contributor|contributors|unknown|none|null|undefined|von|by|sponsored|press release|pressemitteilung|ban biên tập|tòa soạn|pv|phóng viên|tổng hợp|theo|haber merkezi|tim redaksi|記者|编辑|編集部)$/iu;
const PREFIX =
  /^(?:(?:written|posted|published|reported|reviewed|photos?|words|story|text|article|interview|submitted|authored|edited|compiled|ein beitrag|eine analyse|ein kommentar|ein interview|ein gastbeitrag|eine kolumne|kommentar|artikel|propos recueillis|texte|testo|texto|a cura|geschrieben|verfasst|autor(?:en|in|es|a)?|autore|author[s]?|auteur[s]?|автор[ы]?|tác giả|theo|bài|yazar|penulis|reporter|文|記者|作者|撰文|기자)\s*[:/]?\s*)?(?:by|von|par|por|di|da|de|door|av|af|przez|oleh|de\s+la\s+mano\s+de|от)?\s*[:|]?\s+/iu;
const BYLINE =
  /^(?:by|von|par|por|di|door|av|af|theo|oleh|автор|autor(?:in)?|auteur|author|tác giả|escrito por|written by|posted by|published by|reported by|ein kommentar von|eine analyse von|ein gastbeitrag von|von:|by:|text:|texte\s*:|propos recueillis par|autor:|autorin:|redaktion:|文[:／/]|記者|作者)\s*[:|]?\s*(.{3,160})$/isu;
const ROLE_TAIL =
  /\s*(?:,\s*|\s+[-–—|•·(]\s*|\s+(?:is|ist|est|es)\s+(?:a|an|ein|eine|un|une)\s+)(?:(?:senior|chief|staff|political|deputy|managing|associate|contributing|special|business|sports|science|health|foreign|national|assistant|digital|lead|news|guest|freelance|former|investigative)\s+)*(?:reporter|editor|writer|journalist|journaliste|correspondent|columnist|author|autor(?:in)?|redakteur(?:in)?|redaktor(?:in)?|korrespondent(?:in)?|chefredakteur(?:in)?|contributor|producer|photographer|professor|staff|bbc|cnn|reuters|afp|dpa|phd|m\.?d\.?|updated|published|posted|about|follow|@).*$/iu;
const SPLIT =
  /\s*(?:;|\||•|·|\s\/\s|\n|、)\s*|\s+(?:and|und|et|y|e|en|i|và|ve|dan|och|og|with|mit|avec|con)\s+|\s*&\s*/iu;

/** Cleans one name: prefixes, roles, handles and dates are taken off. */
export function cleanName(raw: string): string {
  let name = oneLine(unescapeOnce(raw.replace(/<[^>]*>/g, ' ')));
  for (let round = 0; round < 3; round++) {
    const before = name;
    name = name.replace(PREFIX, '').replace(ROLE_TAIL, '').trim();
    if (name === before) break;
  }
  name = name
    .replace(/\S+@\S+/g, '')
    .replace(/\s*[|•·].*$/u, '')
    .replace(/\s*\(.*$/u, '')
    .replace(/(?:^|\s)@\w+/g, '')
    .replace(/^(?:dr\.?|prof\.?|mr\.?|mrs\.?|ms\.?)\s+(?=\p{Lu}\p{L}+\s+\p{Lu})/iu, (title) => title)
    .replace(/^[\s,.:;|/–—-]+|[\s,:;|/–—-]+$/gu, '')
    .trim();
  if (/^[\p{Lu}\s.'’-]{6,}$/u.test(name) && /\s/.test(name))
    name = name
      .toLowerCase()
      .replace(/(^|[\s'’-])(\p{L})/gu, (_, gap: string, letter: string) => gap + letter.toUpperCase());
  return name;
}

/** Whether a text can be a person's name. */
export function looksLikeName(name: string, facts: PageFacts | null): boolean {
  if (name.length < 2 || name.length > 60 || /\d{2}|https?:|www\.|[<>{}[\]=!?#]/.test(name)) return false;
  if (NOT_A_PERSON.test(name)) return false;
  const words = name.split(/\s+/);
  if (words.length > 6) return false;
  if (facts?.siteKeys.has(keyOf(name))) return false;
  if (!/\p{L}{2}/u.test(name)) return false;
  if (
    /\b(?:subscribe|read more|share|comment|follow|click|cookie|minutes?|updated|published|posted|photo|image|getty|newsletter|archive)\b/iu.test(
      name,
    )
  )
    return false;
  return true;
}

/** Splits a text of one or more names; agencies are returned apart. */
export function splitNames(raw: string, facts: PageFacts | null): { names: string[]; agencies: string[] } {
  const names: string[] = [];
  const agencies: string[] = [];
  const seen = new Set<string>();
  const text = oneLine(raw).replace(PREFIX, '');
  for (const part of text.split(SPLIT)) {
    const commas = part.split(/\s*,\s*/);
    // "Doe, Jane" is one name; "Jane Doe, John Roe" are two.
    const pieces =
      commas.length === 2 &&
      !/\s/.test((commas[0] ?? '').trim()) &&
      !/\s.*\s/.test((commas[1] ?? '').trim()) &&
      /^\p{Lu}/u.test(commas[1] ?? '')
        ? [`${commas[1]} ${commas[0]}`]
        : commas;
    for (const piece of pieces) {
      const name = cleanName(piece);
      const key = keyOf(name);
      if (key === '' || seen.has(key)) continue;
      if (AGENCIES.test(name)) {
        seen.add(key);
        agencies.push(name);
      } else if (looksLikeName(name, facts)) {
        seen.add(key);
        names.push(name);
      }
    }
  }
  return { names, agencies };
}

const AUTHOR_METAS = [
  'author',
  'article:author',
  'parsely-author',
  'sailthru.author',
  'dc.creator',
  'dcterms.creator',
  'byl',
  'citation_author',
  'cxenseparse:author',
  'article:author_name',
  'og:article:author',
  'authors',
  'rbauthors',
  'article.author',
  'dc.contributor',
  'twitter:data1',
  'shareaholic:article_author_name',
  'vr:author',
  'author_name',
  'byline',
];

/** All places of a page that state authors. */
export function authorCandidates(facts: PageFacts): AuthorCandidate[] {
  const found: AuthorCandidate[] = [];
  const push = (raw: string, from: string, at: string, block = -1, hints = 0, parts?: string[]): void => {
    const names: string[] = [];
    const agencies: string[] = [];
    for (const part of parts ?? [raw]) {
      if (part.length > 400 || /^https?:\/\//.test(part)) continue;
      const split = splitNames(part, facts);
      names.push(...split.names.filter((name) => !names.some((one) => keyOf(one) === keyOf(name))));
      agencies.push(...split.agencies);
    }
    if (names.length + agencies.length > 0)
      found.push({ names, agencies, from, at, block, hints, raw: raw.slice(0, 200) });
  };
  facts.linked.articles.slice(0, 3).forEach((article, rank) => {
    const people = article.authors.filter((one) => !/organi[sz]ation|brand|corporation/i.test(one.type));
    const list = people.length > 0 ? people : [];
    const organisations = article.authors.filter((one) => /organi[sz]ation/i.test(one.type));
    const suffix = rank === 0 ? '' : ` of ${article.type} ${rank + 1}`;
    if (list.length > 0)
      push(
        list.map((one) => one.name).join('; '),
        'json-ld',
        `author${suffix}`,
        -1,
        0,
        list.map((one) => one.name),
      );
    else if (organisations.length > 0)
      push(
        organisations.map((one) => one.name).join('; '),
        'json-ld',
        `author (organisation)${suffix}`,
        -1,
        0,
        organisations.map((one) => one.name),
      );
  });
  for (const name of AUTHOR_METAS) {
    const values = facts.metas.get(name);
    if (!values) continue;
    if (
      name === 'twitter:data1' &&
      !/written by|author|autor|verfasst|écrit|escrito|geschrieben/iu.test(facts.metas.get('twitter:label1')?.[0] ?? '')
    )
      continue;
    push(values.join('; '), name.startsWith('article:') ? 'opengraph' : 'meta', name, -1, 0, values.slice(0, 40));
  }
  const groups = new Map<string, { texts: string[]; block: number; hints: number }>();
  for (const { element, box, at, how } of facts.survey.authorElements) {
    const inner = element.attribs.content ?? plainText(element);
    const text = oneLine(inner);
    if (text === '' || text.length > 160) continue;
    const key = `${how}`;
    const group = groups.get(key);
    if (!group) groups.set(key, { texts: [text], block: at, hints: box.hints });
    else if (at - group.block < 6 && group.texts.length < 12) group.texts.push(text);
  }
  for (const [how, group] of groups)
    push(
      group.texts.join('; '),
      how === 'itemprop' ? 'microdata' : 'visible',
      how,
      group.block,
      group.hints,
      group.texts,
    );
  for (const block of facts.survey.blocks) {
    if (block.text.length > 180) continue;
    const match = BYLINE.exec(block.text);
    if (!match) continue;
    push(match[1] as string, 'visible', 'byline', block.index, block.box.hints | block.inline);
    if (found.length > 40) break;
  }
  if (facts.context.facts?.authors?.length)
    push(facts.context.facts.authors.join('; '), 'feed', 'author', -1, 0, facts.context.facts.authors);
  return found;
}

const FROM_POINTS: Record<string, number> = {
  'json-ld': 6,
  microdata: 4.5,
  meta: 4,
  opengraph: 3.5,
  visible: 3,
  feed: 3.5,
};

/** Points of a statement of authors by hand-set rules. */
export function authorPoints(one: AuthorCandidate, all: readonly AuthorCandidate[], titleBlock: number): number {
  let points = FROM_POINTS[one.from] ?? 2;
  if (one.at.includes('organisation')) points -= 3;
  if (one.at.includes(' of ')) points -= 2;
  if (one.names.length === 0) points -= 3;
  const full = one.names.filter((name) => /\s/.test(name) || /[^\p{Script=Latin}\s]/u.test(name)).length;
  points += one.names.length > 0 ? full / one.names.length : 0;
  for (const other of all)
    if (
      other !== one &&
      other.from !== one.from &&
      other.names.some((name) => one.names.some((mine) => keyOf(mine) === keyOf(name)))
    )
      points += 1;
  if (one.block >= 0) {
    if ((one.hints & (HINT.comment | HINT.related | HINT.sidebar | HINT.footer)) !== 0) points -= 2.5;
    if (titleBlock >= 0 && one.block >= titleBlock - 2 && one.block <= titleBlock + 8) points += 1;
    if (one.at === 'class') points -= 0.5;
  }
  return points;
}

/** The origin of a chosen statement of authors, with what it was chosen over. */
export function authorOrigin(pick: AuthorCandidate, all: readonly AuthorCandidate[]): FieldOrigin {
  const mine = pick.names.map(keyOf).join('|');
  const over = all
    .filter((one) => one !== pick && one.names.length > 0 && one.names.map(keyOf).join('|') !== mine)
    .slice(0, 5)
    .map((one) => ({ from: one.from, value: one.names.join(', ').slice(0, 200) }));
  return { from: pick.from, at: pick.at.slice(0, 200), ...(over.length > 0 ? { over } : {}) };
}
