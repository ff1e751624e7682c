/** What a parsed XML document is made of, and how its elements are looked at. */

/** One element: its names, attributes and content. */
export type XmlElement = {
  /** Local name in lower case, with the well-known prefix of its namespace (`dc:date`); none for the feed's own. */
  key: string;
  /** The name as it is written, prefix and case included. */
  name: string;
  /** Namespace address, or an empty text. */
  namespace: string;
  /** Attributes by lower-case name with its well-known prefix (`href`, `xml:base`, `rdf:resource`). */
  attributes: ReadonlyMap<string, string>;
  /** Attributes as they are written, for markup that is passed on. */
  written: readonly (readonly [name: string, value: string])[];
  /** Texts with references resolved, and elements, in order. */
  children: (XmlElement | string)[];
};

/** A parsed document: the root, and what was wrong with it. */
export type XmlDocument = {
  root: XmlElement | null;
  /** One sentence for each kind of fault, in the order they were met; empty for well-formed XML. */
  faults: string[];
  /** Whether reading ended before the document did, because enough had been read. */
  cut: boolean;
};

/** Child elements with one of these keys, in document order. */
export function childrenOf(element: XmlElement, ...keys: string[]): XmlElement[] {
  const found: XmlElement[] = [];
  for (const child of element.children) if (typeof child !== 'string' && keys.includes(child.key)) found.push(child);
  return found;
}

/** The first child with the first of these keys that has one. */
export function childOf(element: XmlElement, ...keys: string[]): XmlElement | undefined {
  for (const key of keys)
    for (const child of element.children) if (typeof child !== 'string' && child.key === key) return child;
  return undefined;
}

/** All text inside an element, markup left out; an empty text for none. */
export function textOf(element: XmlElement | undefined): string {
  if (!element) return '';
  const [only] = element.children;
  if (element.children.length === 1 && typeof only === 'string') return only;
  const parts: string[] = [];
  const open: { of: XmlElement; at: number }[] = [{ of: element, at: 0 }];
  for (let top = open.at(-1); top; top = open.at(-1)) {
    const child = top.of.children[top.at++];
    if (child === undefined) open.pop();
    else if (typeof child === 'string') parts.push(child);
    else open.push({ of: child, at: 0 });
  }
  return parts.join('');
}

/** The part of a written name behind its prefix. */
export const localName = (name: string): string => name.slice(name.indexOf(':') + 1);
