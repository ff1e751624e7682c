/** Collects the places of a page that state who wrote it: linked data, metas, marked elements, bylines. */
import type { PageFacts } from '../facts.ts';
import { linesInside } from '../survey-text.ts';
import { keyOf, oneLine, unescapeOnce } from '../words.ts';
import { cleanName, nameLikeness, splitNames } from './names.ts';

/** A group of names stated in one place. */
export type AuthorCandidate = {
  names: string[];
  agencies: string[];
  from: string;
  /** The kind of place within that. */
  at: string;
  block: number;
  hints: number;
  raw: string;
  /** The names are those of an organisation, given as the author. */
  isOrganisation: boolean;
  /** How many such places came before it. */
  rank: number;
};

const BYLINE =
  /^(?:(?:by|von|par|por|di|door|av|af|theo|oleh|автор|autor(?:in)?|auteur|authors?|tác giả|escrito por|escribe|verfasst von|verfasst|ein artikel von|ein beitrag von|autoren|guest author|guest post by|gastbeitrag von|gastautor(?:in)?|written by|posted by|published by|reported by|ein kommentar von|eine analyse von|ein gastbeitrag von|eine kolumne von|ein interview von|interview|text(?:e)?|propos recueillis par|redaktion|erstellt von|eingestellt von|geschrieben von|gepostet von|veröffentlicht von)(?:\s*[:|]\s*|\s+)|(?:文|記者|作者)\s*[:：／/]\s*)(.{3,160})$/isu;
const DATELINE_NAME =
  /^(\p{Lu}[\p{L}'’.-]+(?:\s+(?:\p{Lu}[\p{L}'’.-]*|von|van|de|der|di|da|del|la|le)){1,3})(?:\s*[,|•·–-]\s*(?:\d|@|\p{L}+day|\p{Lu}\p{L}{2,8}\.?\s\d)|\s*$)/u;
/** A name behind the date of its line: `25.10.2022 - Jane Doe`. */
const DATED_NAME =
  /^.{0,24}\d.{0,24}?\s*[,|•·–-]\s+(\p{Lu}[\p{L}'’.-]+(?:\s+(?:\p{Lu}[\p{L}'’.-]*|von|van|de|der|di|da|del|la|le)){1,3})(?=$|\s*[,|•·–-]|\s+(?:in|on|for)\s)/u;
/** A sentence that says who wrote the page. */
const STATED =
  /\b(?:(?:post|article|story|piece|blog) (?:was |is )?(?:written |contributed )?by|guest post by|geschrieben von|artikel von)\s+(\p{Lu}[\p{L}'’.-]+(?:\s+\p{Lu}[\p{L}'’.-]+){0,3})/u;
/** A byline inside a line of facts: `Published on 16 July | By Jane Doe`. */
const INNER_BYLINE =
  /(?:[|•·–—-]|\d{4},?|\d{2}:\d{2},?|(?:posted|filed|published)\s(?:in|on|under)\s[^|•·]{2,40}?\s)\s*(?:by|von|par|por|di|door|theo|av|oleh|автор|tác giả)\s*:?\s+([\p{Lu}\p{Lo}][^|•·\d]{3,80})/iu;
/** How many blocks after the body a name may sign it. */
const SIGN_OFF = 3;
/** How many blocks before and after the title a bare name may stand. */
const BARE_BEFORE = 3;
const BARE_AFTER = 10;
/** Most candidates of one page. */
const MAX_CANDIDATES = 60;
/** Most names of one candidate. */
const MAX_LISTED = 60;

const AUTHOR_METAS =
  'author article:author parsely-author sailthru.author dc.creator dcterms.creator byl citation_author cxenseparse:author article:author_name og:article:author authors rbauthors article.author dc.contributor twitter:data1 shareaholic:article_author_name vr:author author_name byline twitter:creator creator og:author'.split(
    ' ',
  );

/** Most characters read of an element that names authors. */
const MAX_ELEMENT = 600;

/** A byline that a sentence follows: `Jane Doe. This post ...`. */
const SENTENCE_BEHIND =
  /^(\p{Lu}[\p{L}'’-]+(?:\s+(?:\p{Lu}\.|[\p{L}'’-]+)){0,3}\s+\p{Lu}[\p{L}'’-]{2,}(?:,\s\p{Lu}{2,5})?)\.\s+\p{Lu}/u;
const firstSentence = (byline: string): string => SENTENCE_BEHIND.exec(byline)?.[1] ?? byline;

/** Sign-in names and fillers that say nothing about who wrote a page. */
const NOBODY =
  /^(?:admin\w*|root|user|webmaster|guest|anonym(?:ous)?|unknown|none|null|undefined|default|no author|by|von|author|test)$/i;

/** A desk or house that a page gives as its author in words that hold no person's name, or null. */
function deskOf(text: string): string | null {
  const name = oneLine(unescapeOnce(text)).replace(/^(?:by|von|por|par)\s+/i, '');
  return name.length > 2 &&
    name.length <= 60 &&
    /\p{L}{2}/u.test(name) &&
    !/[<>{}@]|:\/\//.test(name) &&
    !NOBODY.test(name)
    ? name
    : null;
}

/** All places of a page that state authors, in the order of their kinds. */
export function authorCandidates(facts: PageFacts, titleBlock = -1, bodyEnd = -1): AuthorCandidate[] {
  const found: AuthorCandidate[] = [];
  const ranks = new Map<string, number>();
  // A page says the same names in many places: each text is split once.
  const people = new Map<string, ReturnType<typeof splitNames>>();
  const organisations = new Map<string, ReturnType<typeof splitNames>>();
  const push = (
    parts: readonly string[],
    from: string,
    at: string,
    block = -1,
    hints = 0,
    isOrganisation = false,
  ): AuthorCandidate | null => {
    if (found.length >= MAX_CANDIDATES) return null;
    const names: string[] = [];
    const agencies: string[] = [];
    for (const part of parts) {
      if (part.length > 400 || /^\s*https?:\/\//.test(part)) continue;
      const splits = isOrganisation ? organisations : people;
      const split = splits.get(part) ?? splitNames(part, isOrganisation ? null : facts.siteKeys);
      splits.set(part, split);
      for (const name of split.names)
        if (names.length < MAX_LISTED && !names.some((one) => keyOf(one) === keyOf(name))) names.push(name);
      for (const name of split.agencies) if (!agencies.includes(name)) agencies.push(name);
    }
    if (names.length + agencies.length === 0) {
      const desk = isOrganisation && from !== 'visible' && parts.length === 1 ? deskOf(parts[0] as string) : null;
      if (desk === null) return null;
      names.push(desk);
      at = `${at} (desk)`;
    }
    const rank = ranks.get(`${from} ${at}`) ?? 0;
    ranks.set(`${from} ${at}`, rank + 1);
    const made = { names, agencies, from, at, block, hints, raw: parts.join('; ').slice(0, 200), isOrganisation, rank };
    found.push(made);
    // An agency or the site itself counts as the author where no person is named.
    if (names.length === 0 && agencies.length > 0)
      found.push({ ...made, names: agencies, isOrganisation: true, at: `${at} (agency)` });
    return made;
  };
  facts.linked.articles.slice(0, 3).forEach((article, rank) => {
    const suffix = rank === 0 ? '' : ' of another';
    const persons = article.authors
      .filter((one) => !/organi[sz]ation|brand|corporation/i.test(one.type))
      .map((one) => one.name);
    const houses = article.authors
      .filter((one) => /organi[sz]ation|brand|corporation/i.test(one.type))
      .map((one) => one.name);
    if (persons.length > 0) {
      if (!push(persons, 'json-ld', `author${suffix}`))
        push(persons, 'json-ld', `author (organisation)${suffix}`, -1, 0, true);
      else if (persons.every((name) => facts.siteKeys.has(keyOf(name))))
        push(persons, 'json-ld', `author (organisation)${suffix}`, -1, 0, true);
    }
    if (houses.length > 0) push(houses, 'json-ld', `author (organisation)${suffix}`, -1, 0, true);
  });
  for (const name of AUTHOR_METAS) {
    const values = facts.metas.get(name);
    if (!values) continue;
    if (
      name === 'twitter:data1' &&
      !/written by|author|autor|verfasst|écrit|escrito|geschrieben/iu.test(facts.metas.get('twitter:label1')?.[0] ?? '')
    )
      continue;
    const from = name.startsWith('article:') || name.startsWith('og:') ? 'opengraph' : 'meta';
    const texts = values.slice(0, 40).map((value) => unescapeOnce(value).replace(/^@.*/, ''));
    if (!push(texts, from, name)) push(texts, from, `${name} (organisation)`, -1, 0, true);
  }
  fromElements(facts, push);
  // On a page of a person's own the site bears the name that its bylines give.
  const pushByline = (text: string, block: number, hints: number): void => {
    if (!push([text], 'visible', 'byline', block, hints))
      push([text], 'visible', 'byline (organisation)', block, hints, true);
  };
  for (const block of facts.survey.blocks) {
    if (block.text.length > 180) continue;
    const hints = block.box.hints | block.inline;
    for (const line of block.text.includes('\n') ? block.text.split('\n', 3) : [block.text]) {
      const match = BYLINE.exec(line);
      if (match) pushByline(firstSentence(match[1] as string), block.index, hints);
      const inner = match ? null : INNER_BYLINE.exec(line);
      if (inner) pushByline(inner[1] as string, block.index, hints);
      const stated = match || inner ? null : STATED.exec(line);
      if (stated) push([stated[1] as string], 'visible', 'stated', block.index, hints);
    }
    if (
      bodyEnd >= 0 &&
      block.index >= bodyEnd &&
      block.index <= bodyEnd + SIGN_OFF &&
      block.text.length < 45 &&
      block.linkChars === 0
    ) {
      const name = cleanName(block.text);
      if (nameLikeness(name) === 1 && !/[.!?:]$/.test(block.text))
        push([name], 'visible', 'bare name', block.index, hints);
    }
    if (
      titleBlock >= 0 &&
      block.index >= titleBlock - BARE_BEFORE &&
      block.index <= titleBlock + BARE_AFTER &&
      block.index !== titleBlock &&
      block.text.length < 70
    ) {
      const bare = DATELINE_NAME.exec(block.text) ?? DATED_NAME.exec(block.text);
      if (bare && nameLikeness(bare[1] as string) === 1)
        push([bare[1] as string], 'visible', 'bare name', block.index, hints);
    }
  }
  const given = facts.context.facts?.authors;
  if (given && given.length > 0) push(given, 'feed', 'author');
  return found;
}

type Push = (
  parts: readonly string[],
  from: string,
  at: string,
  block?: number,
  hints?: number,
  isOrganisation?: boolean,
) => AuthorCandidate | null;

/** Marked elements, each by itself, and neighbours of one kind together. */
function fromElements(facts: PageFacts, push: Push): void {
  const groups = new Map<string, { texts: string[]; block: number; last: number; hints: number }[]>();
  const { tape } = facts.survey;
  for (const { node, box, at, how } of facts.survey.authorElements.slice(0, 120)) {
    const text = tape.attribute(node, 'content') ?? linesInside(tape, node, MAX_ELEMENT);
    const line = oneLine(text);
    if (line === '' || line.length > 200) continue;
    const from = how === 'itemprop' ? 'microdata' : 'visible';
    const kind = how === 'itemprop' ? 'itemprop' : how;
    const list = groups.get(kind) ?? [];
    const last = list[list.length - 1];
    if (last && at - last.last <= 2 && last.texts.length < 12) {
      // A parent and its child say the same; the child's words are the cleaner ones.
      const before = last.texts[last.texts.length - 1] as string;
      if (keyOf(before).includes(keyOf(text))) last.texts[last.texts.length - 1] = before;
      else if (!last.texts.some((one) => keyOf(one).includes(keyOf(text)))) last.texts.push(text);
      last.last = at;
      push([line], from, `${kind} inner`, at, box.hints);
    } else {
      list.push({ texts: [text], block: at, last: at, hints: box.hints });
      push([line], from, `${kind} line`, at, box.hints);
    }
    groups.set(kind, list);
  }
  for (const [kind, list] of groups)
    for (const group of list.slice(0, 4))
      push(group.texts, kind === 'itemprop' ? 'microdata' : 'visible', kind, group.block, group.hints);
}
