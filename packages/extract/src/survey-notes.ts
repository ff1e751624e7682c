/** Notes what single elements state: metas, head links, data scripts, links, images, authors, times. */
import { classWords, HINT } from './hints.ts';
import { imageSource, tidy } from './survey-text.ts';
import type { Box, Survey } from './survey-types.ts';
import { ATTRIBUTE, ATTRIBUTE_NAMES, FIRST_DATE_ATTRIBUTE, LAST_DATE_ATTRIBUTE, maskBit, tagNumber } from './tags.ts';
import { type Tape, TEXT } from './tape.ts';

/** Largest script text kept for later, in characters. */
const MAX_SCRIPT = 2_000_000;
/** Most elements kept that may name an author, and that may state a date. */
const MAX_AUTHORS = 300;
const MAX_TIMES = 500;

/** Most links and images kept of one page: a sitemap page has thousands, an attack millions. */
const MAX_LINKS = 20_000;
const MAX_IMAGES = 3_000;
/** Longest text kept of a link, in characters. */
const LINK_TEXT = 300;

const DATES = maskBit(FIRST_DATE_ATTRIBUTE);
const ITEMPROP = maskBit(ATTRIBUTE.itemprop);
const PROPERTY = maskBit(ATTRIBUTE.property);
const CONTENT = maskBit(ATTRIBUTE.content);
const TITLE = maskBit(ATTRIBUTE.title);
const CLASS = maskBit(ATTRIBUTE.class);
const REL = maskBit(ATTRIBUTE.rel);
const HREF = maskBit(ATTRIBUTE.href);
const ID = maskBit(ATTRIBUTE.id);
const TITLED = new Set(['abbr', 'span', 'time'].map(tagNumber));

/** Attributes any of which may mark an author or a time. */
export const NOTED = DATES | ITEMPROP | PROPERTY | TITLE | CLASS | REL | HREF | ID;

/** Keeps the text of a data script. */
export function noteScript(out: Survey, tape: Tape, node: number): void {
  if (tape.endOf(node) === node + 1 || tape.kind(node + 1) !== TEXT) return;
  const text = tape.text(node + 1);
  if (text.length > MAX_SCRIPT) return;
  if (/ld\+json/i.test(tape.attributeOf(node, ATTRIBUTE.type) ?? '')) out.jsonLd.push(text);
  else out.states.push(text);
}

/** Keeps a meta element. */
export function noteMeta(out: Survey, tape: Tape, node: number): void {
  // Saved pages and some generators write `value` where the standard has `content`.
  const content = tape.attributeOf(node, ATTRIBUTE.content) ?? tape.attributeOf(node, ATTRIBUTE.value) ?? '';
  const property = tape.attributeOf(node, ATTRIBUTE.property);
  const name = tape.attributeOf(node, ATTRIBUTE.name);
  const key = (property ?? name ?? tape.attributeOf(node, ATTRIBUTE.itemprop) ?? '').trim().toLowerCase();
  if (tape.attributeOf(node, ATTRIBUTE['http-equiv'])?.toLowerCase() === 'content-language')
    out.contentLanguage ??= content;
  if (key !== '' && content !== '') out.metas.push({ key, content: content.trim() });
  // A meta may carry two names at once (name for Twitter, property for Open Graph).
  if (property && name && content !== '') out.metas.push({ key: name.trim().toLowerCase(), content: content.trim() });
}

/** Keeps a link element. */
export function noteHeadLink(out: Survey, tape: Tape, node: number): void {
  const rel = tape.attributeOf(node, ATTRIBUTE.rel);
  const href = tape.attributeOf(node, ATTRIBUTE.href);
  if (!rel || !href || out.headLinks.length > 500) return;
  out.headLinks.push({
    rel: rel.toLowerCase(),
    href,
    type: (tape.attributeOf(node, ATTRIBUTE.type) ?? '').toLowerCase(),
    title: tape.attributeOf(node, ATTRIBUTE.title) ?? '',
    hreflang: tape.attributeOf(node, ATTRIBUTE.hreflang) ?? '',
  });
}

const AUTHOR_HREF = /\/(?:authors?|autor(?:en|es)?|auteurs?|people|staff|contributors?|redakteure?|profile|tac-gia)\//i;

/** Keeps an element that is marked as naming an author; `bits` are the hints of its class. */
export function noteAuthor(out: Survey, node: number, box: Box, bits: number): void {
  const { tape } = out;
  const mask = tape.mask(node);
  if (out.authorElements.length >= MAX_AUTHORS) return;
  const how =
    (mask & ITEMPROP) !== 0 && /\bauthor\b|\bcreator\b/i.test(tape.attributeOf(node, ATTRIBUTE.itemprop) ?? '')
      ? 'itemprop'
      : (mask & REL) !== 0 && /\bauthor\b/i.test(tape.attributeOf(node, ATTRIBUTE.rel) ?? '')
        ? 'rel'
        : (mask & CLASS) !== 0 && (bits & HINT.author) !== 0
          ? 'class'
          : (mask & HREF) !== 0 && AUTHOR_HREF.test(tape.attributeOf(node, ATTRIBUTE.href) ?? '')
            ? 'href'
            : (mask & ID) !== 0 && /author|byline/i.test(tape.attributeOf(node, ATTRIBUTE.id) ?? '')
              ? 'class'
              : null;
  if (how !== null) out.authorElements.push({ node, box, at: out.blocks.length, how });
}

/** Keeps an element that may state a date. */
export function noteTime(out: Survey, node: number, tag: number, box: Box): void {
  const { tape } = out;
  const mask = tape.mask(node);
  if (out.times.length >= MAX_TIMES) return;
  const isTitled = (mask & TITLE) !== 0 && TITLED.has(tag);
  if ((mask & DATES) === 0 && !isTitled && ((mask & (ITEMPROP | PROPERTY)) === 0 || (mask & CONTENT) === 0)) return;
  const itemprop = tape.attributeOf(node, ATTRIBUTE.itemprop) ?? tape.attributeOf(node, ATTRIBUTE.property) ?? '';
  const push = (value: string, attribute: string): void => {
    out.times.push({
      name: tape.nameOf(tag),
      value,
      attribute,
      box,
      at: out.blocks.length,
      itemprop: itemprop.toLowerCase(),
      words: classWords(
        `${tape.attributeOf(node, ATTRIBUTE.class) ?? ''} ${tape.attributeOf(node, ATTRIBUTE.id) ?? ''}`,
      ).join(' '),
    });
  };
  if ((mask & DATES) !== 0) {
    const found = tape.attributeBetween(node, FIRST_DATE_ATTRIBUTE, LAST_DATE_ATTRIBUTE);
    if (found && found.value !== '' && found.value.length < 60)
      push(found.value, ATTRIBUTE_NAMES[found.attribute] as string);
  }
  const content = itemprop === '' ? undefined : tape.attributeOf(node, ATTRIBUTE.content);
  if (content && /date|published|modified|created/i.test(itemprop)) push(content, 'content');
  if (isTitled) {
    const title = tape.attributeOf(node, ATTRIBUTE.title) ?? '';
    if (/\d{4}|\d{1,2}:\d{2}/.test(title)) push(title.slice(0, 60), 'title');
  }
}

/** Keeps a link with its text. */
export function noteLink(out: Survey, node: number, text: string, box: Box): void {
  if (out.links.length >= MAX_LINKS) return;
  const { tape } = out;
  const href = tape.attributeOf(node, ATTRIBUTE.href) ?? '';
  if (href === '' || href.startsWith('#') || href.startsWith('javascript:')) return;
  const rel = tape.attributeOf(node, ATTRIBUTE.rel) ?? '';
  out.links.push({ href, text: tidy(text).slice(0, LINK_TEXT), rel, box, at: out.blocks.length });
}

/** Keeps an image that has an address. */
export function noteImage(out: Survey, node: number, box: Box, inNoscript: boolean): void {
  if (out.images.length >= MAX_IMAGES) return;
  const src = imageSource(out.tape, node);
  if (src !== null) out.images.push({ node, src, box, at: out.blocks.length, inNoscript });
}
