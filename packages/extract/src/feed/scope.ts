/** What is in force where an element stands: the base of relative addresses, and the language. */
import type { XmlElement } from '../xml/xml-element.ts';

/** Base address, language or null, and whether the document names a base itself. */
export type Scope = { base: string; language: string | null; given: boolean };

/** The scope inside an element: `xml:base` counts from the base around it; a blank `xml:lang` takes the language away. */
export function scopeOf(element: XmlElement, around: Scope): Scope {
  const base =
    element.attributes.get('xml:base') ?? (element.key === 'channel' ? element.attributes.get('base') : undefined);
  const language = element.attributes.get('xml:lang');
  if (base === undefined && language === undefined) return around;
  const joined = base === undefined ? null : joinAddress(base, around.base);
  return {
    base: joined ?? around.base,
    language: language === undefined ? around.language : languageTag(language),
    given: around.given || joined !== null,
  };
}

/** A language as feeds write it, with `-` between its parts; null for none. */
export function languageTag(value: string | null | undefined): string | null {
  const tag = (value ?? '').trim().replaceAll('_', '-');
  return tag === '' || tag.length > 35 ? null : tag;
}

/** An address of any harmless scheme, completed; null where it cannot be. */
export function joinAddress(href: string, base: string): string | null {
  try {
    const url = new URL(href.trim(), base);
    return /^(?:https?|ftp|mailto|tag|urn|geo|tel|magnet|feed|news|file):$/.test(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** An http or https address, completed, else null. One that is absolute stays as it is written: its name may count. */
export function webAddress(href: string | null | undefined, base: string): string | null {
  if (href === null || href === undefined || href.trim() === '') return null;
  const url = joinAddress(href, base);
  if (url === null || !/^https?:/.test(url)) return null;
  const written = href.trim();
  if (areWords(written)) return null;
  return /^https?:\/\/[^\s]+$/i.test(written) ? written : url;
}

/** Whether what stands where an address is asked for are words: a relative address is written without spaces. */
export const areWords = (written: string): boolean =>
  /\s/.test(written.trim()) && !/^(?:[a-z][a-z\d+.-]*:|[/.?#])/i.test(written.trim());
