/** Reads who wrote a feed or an item: elements with name, address and page, or one line in any of the usual spellings. */
import { oneLine } from '../words.ts';
import { childOf, childrenOf, textOf, type XmlElement } from '../xml/xml-element.ts';
import type { FeedPerson } from './feed-types.ts';
import { type Scope, scopeOf, webAddress } from './scope.ts';

/** People of one item. */
const MAX_PEOPLE = 50;
/** Most characters read of a line that names somebody. */
const MAX_LINE = 1_000;
const EMAIL = /[\w.+'%-]+@[\w-]+(?:\.[\w-]+)*\.?[A-Za-z]{0,}/;

/** A person out of one line: `name`, `address`, `address (name)`, `name (address)`, `name <address>`. */
export function personOfLine(line: string): FeedPerson | null {
  const text = oneLine(line.slice(0, MAX_LINE).replace(/<\/?[a-zA-Z][^<>@]*>/g, ' '));
  if (text === '') return null;
  const email = EMAIL.exec(text)?.[0] ?? null;
  if (email === null) return { name: text.slice(0, 300), email: null, url: null };
  const rest = text
    .replace(email, '')
    .replace(/mailto:/i, '')
    .replace(/\(\s*\)|<\s*>|\[\s*\]|&lt;\s*&gt;/g, '')
    .trim()
    .replace(/^\((.*)\)$/s, '$1')
    .replace(/^["']|["']$/g, '')
    .trim();
  return { name: rest === '' ? null : rest.slice(0, 300), email, url: null };
}

/** A person out of an element: Atom's children, or one line. */
export function personOf(element: XmlElement, around: Scope): FeedPerson | null {
  const scope = scopeOf(element, around);
  const part = (...keys: string[]): string | null => oneLine(textOf(childOf(element, ...keys))) || null;
  const name = part('name', 'itunes:name', 'foaf:name');
  const email = part('email', 'itunes:email');
  const page = part('uri', 'url', 'homepage');
  if (name === null && email === null && page === null) return personOfLine(textOf(element));
  const line = name === null ? null : personOfLine(name);
  return {
    name: line?.name ?? (line?.email ? null : name),
    email: email ?? line?.email ?? null,
    url: page === null ? null : (webAddress(page, scope.base) ?? page),
  };
}

/** Everybody named by child elements with these keys; the first key that names anybody counts. */
export function peopleOf(element: XmlElement, scope: Scope, ...keys: string[]): FeedPerson[] {
  for (const key of keys) {
    const people = childrenOf(element, key)
      .slice(0, MAX_PEOPLE)
      .map((child) => personOf(child, scope))
      .filter((one): one is FeedPerson => one !== null);
    if (people.length > 0) return distinct(people);
  }
  return [];
}

/** Each person once. */
export function distinct(people: readonly FeedPerson[]): FeedPerson[] {
  const seen = new Map<string, FeedPerson>();
  for (const one of people) {
    const key = JSON.stringify([one.name, one.email, one.url]);
    if (!seen.has(key)) seen.set(key, one);
  }
  return [...seen.values()];
}
