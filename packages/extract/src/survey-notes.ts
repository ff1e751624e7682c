/** Notes what single elements state: metas, head links, data scripts, authors, times. */
import { type Element, Text } from 'domhandler';
import { HINT } from './hints.ts';
import type { Box, Survey } from './survey-types.ts';

/** Largest script text kept for later, in characters. */
const MAX_SCRIPT = 2_000_000;

const DATE_ATTRIBUTES = new Set([
  'datetime',
  'data-datetime',
  'data-date',
  'data-timestamp',
  'data-time',
  'data-published',
  'data-publishdate',
  'data-pubdate',
  'data-publish-date',
  'data-utime',
  'data-seconds',
  'date',
]);

/** The class words of an element and the hints they give. */
export type ElementHints = { words: readonly string[]; bits: number };

/** Keeps the text of a data script. */
export function noteScript(out: Survey, element: Element): void {
  const child = element.children[0];
  if (!(child instanceof Text) || child.data.length > MAX_SCRIPT) return;
  if (/ld\+json/i.test(element.attribs.type ?? '')) out.jsonLd.push(child.data);
  else out.states.push(child.data);
}

/** Keeps a meta element. */
export function noteMeta(out: Survey, attribs: Record<string, string>, inHead: boolean): void {
  // Saved pages and some generators write `value` where the standard has `content`.
  const content = attribs.content ?? attribs.value ?? '';
  const key = (attribs.property ?? attribs.name ?? attribs.itemprop ?? '').trim().toLowerCase();
  if (attribs['http-equiv']?.toLowerCase() === 'content-language') out.contentLanguage ??= content;
  if (key !== '' && content !== '') out.metas.push({ key, content: content.trim(), inHead });
  // A meta may carry two names at once (name for Twitter, property for Open Graph).
  if (attribs.property && attribs.name && content !== '')
    out.metas.push({ key: attribs.name.trim().toLowerCase(), content: content.trim(), inHead });
}

/** Keeps a link element. */
export function noteHeadLink(out: Survey, attribs: Record<string, string>): void {
  const { rel, href } = attribs;
  if (!rel || !href || out.headLinks.length > 500) return;
  out.headLinks.push({
    rel: rel.toLowerCase(),
    href,
    type: (attribs.type ?? '').toLowerCase(),
    title: attribs.title ?? '',
    hreflang: attribs.hreflang ?? '',
  });
}

/** Keeps an element that is marked as naming an author. */
export function noteAuthor(out: Survey, element: Element, box: Box, hintsOf: (element: Element) => ElementHints): void {
  const { attribs } = element;
  const how =
    attribs.itemprop && /\bauthor\b|\bcreator\b/i.test(attribs.itemprop)
      ? 'itemprop'
      : attribs.rel && /\bauthor\b/i.test(attribs.rel)
        ? 'rel'
        : attribs.class !== undefined && (hintsOf(element).bits & HINT.author) !== 0
          ? 'class'
          : attribs.href !== undefined &&
              /\/(?:authors?|autor(?:en|es)?|auteurs?|people|staff|contributors?|redakteure?|profile|tac-gia)\//i.test(
                attribs.href,
              )
            ? 'href'
            : attribs.id !== undefined && /author|byline/i.test(attribs.id)
              ? 'class'
              : null;
  if (how !== null && out.authorElements.length < 300)
    out.authorElements.push({ element, box, at: out.blocks.length, how });
}

/** Keeps an element that may state a date. */
export function noteTime(out: Survey, element: Element, box: Box, hintsOf: (element: Element) => ElementHints): void {
  if (out.times.length >= 500) return;
  const { attribs, name } = element;
  const itemprop = attribs.itemprop ?? attribs.property ?? '';
  const push = (value: string, attribute: string): void => {
    out.times.push({
      element,
      value,
      attribute,
      box,
      at: out.blocks.length,
      itemprop: itemprop.toLowerCase(),
      words: hintsOf(element).words.join(' '),
    });
  };
  for (const attribute in attribs) {
    const value = attribs[attribute];
    if (value && value.length < 60 && DATE_ATTRIBUTES.has(attribute)) {
      push(value, attribute);
      break;
    }
  }
  if (itemprop !== '' && attribs.content && /date|published|modified|created/i.test(itemprop))
    push(attribs.content, 'content');
  if (
    (name === 'abbr' || name === 'span' || name === 'time') &&
    attribs.title &&
    /\d{4}|\d{1,2}:\d{2}/.test(attribs.title)
  )
    push(attribs.title.slice(0, 60), 'title');
}
