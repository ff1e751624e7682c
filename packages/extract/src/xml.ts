/** Reads XML documents with cheerio over the tolerant DOM: roots, children by local name, texts. */
import { type CheerioAPI, load } from 'cheerio/slim';
import { Element, Text } from 'domhandler';
import { buildDom } from './dom.ts';
import { plainText } from './survey-text.ts';
import { oneLine } from './words.ts';

/** A loaded XML document. */
export type Xml = { $: CheerioAPI; root: Element | null };

/** Parses XML, ill-formed XML included; the root is the first element that is not a processing instruction. */
export function loadXml(text: string): Xml {
  const { document } = buildDom(text.replace(/^[^<]*(?=<)/, ''), true);
  const $ = load(document, { xml: true });
  const root = document.children.find((child): child is Element => child instanceof Element) ?? null;
  return { $, root };
}

/** The name without its namespace prefix, lower case. */
export function localName(element: Element): string {
  const at = element.name.indexOf(':');
  return (at < 0 ? element.name : element.name.slice(at + 1)).toLowerCase();
}

/** The namespace prefix, lower case, or an empty text. */
export function prefixOf(element: Element): string {
  const at = element.name.indexOf(':');
  return at < 0 ? '' : element.name.slice(0, at).toLowerCase();
}

/** Child elements with one of these local names. */
export function childrenOf(element: Element, ...names: string[]): Element[] {
  const found: Element[] = [];
  for (const child of element.children)
    if (child instanceof Element && names.includes(localName(child))) found.push(child);
  return found;
}

/** The text inside an element, markup left out; depth is bounded by the DOM's cap. */
export function xmlText(element: Element | undefined): string {
  if (!element) return '';
  let text = '';
  for (const child of element.children) {
    if (child instanceof Text) text += child.data;
    else if (child instanceof Element) text += xmlText(child);
  }
  return text;
}

/** A field as one clean line of text: escaped or CDATA markup is taken out, HTML's own entities are read. */
export function plainField(element: Element | undefined): string {
  const text = oneLine(xmlText(element));
  if (!/<[a-z/!]|&[a-z#]/i.test(text)) return text;
  const { document } = buildDom(text.slice(0, MAX_FIELD));
  return oneLine(
    document.children
      .map((child) => (child instanceof Element ? plainText(child) : child instanceof Text ? child.data : ''))
      .join(''),
  );
}

/** Longest field read as markup, in characters. */
const MAX_FIELD = 20_000;
