/** Parses XML into a tree: namespaces resolved, ill-formed documents survived, every dimension bounded. */
import { knownPrefix } from './namespaces.ts';
import { type References, referencesOf } from './references.ts';
import { localName, type XmlDocument, type XmlElement } from './xml-element.ts';

/** Deeper elements are read as if they stood at this depth; nothing we read is deeper than about 30. */
const MAX_DEPTH = 200;
/** Elements of one document: 50,000 sitemap entries of ten elements each, and room to spare. */
const MAX_ELEMENTS = 1_000_000;
/** Attributes of one element. */
const MAX_ATTRIBUTES = 200;
/** Faults named of one document. */
const MAX_FAULTS = 10;
/** Longest tag and longest document type declaration, in characters. */
const MAX_TAG = 100_000;

const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';
const ATTRIBUTE = /([^\s=/"'<>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?/g;
const START = /^<(\/?)([^\s/<>!?"'=&;,][^\s/<>]*)/;

/** How far to read. */
export type XmlReading = {
  /** Asked about each element when it ends: true ends the reading there. */
  enough?: (ended: XmlElement) => boolean;
};

type Open = { element: XmlElement; namespaces: Names };

/**
 * Parses a document. Linear in its length; never throws. What stands before the first `<` is passed over, end tags that
 * were forgotten are put in, those that fit nothing are dropped, and each such kind of fault is named once.
 */
export function parseXml(text: string, reading: XmlReading = {}): XmlDocument {
  const faults = new Set<string>();
  const fault = (sentence: string): void => {
    if (faults.size < MAX_FAULTS) faults.add(sentence);
  };
  let references = referencesOf('', fault);
  let root: XmlElement | null = null;
  let elements = 0;
  let cut = false;
  let typed = false;
  /** Marks the rest of the document has none of: looked for once, so that many openings without an end cost nothing. */
  const missing = new Set<string>();
  const pass = (mark: string, from: number): number => {
    const found = missing.has(mark) ? -1 : text.indexOf(mark, from);
    if (found >= 0) return found + mark.length;
    missing.add(mark);
    fault('a comment or instruction does not end');
    return from;
  };
  const open: Open[] = [];
  const resolveText = (piece: string): string => cleanText(references.resolve(piece), fault);

  const addText = (piece: string): void => {
    const top = open.at(-1);
    if (!top || piece === '') return;
    const { children } = top.element;
    const last = children.length - 1;
    if (typeof children[last] === 'string') children[last] = `${children[last]}${piece}`;
    else children.push(piece);
  };
  /** Ends the innermost element; answers whether enough has been read. */
  const end = (): boolean => {
    const ended = open.pop();
    return ended !== undefined && reading.enough?.(ended.element) === true;
  };

  let at = text.indexOf('<');
  if (at > 0 && text.slice(0, at).trim() !== '') fault('something stands before the document');
  if (at < 0) at = text.length;
  while (at < text.length && !cut) {
    const next = text.indexOf('<', at);
    if (next !== at) {
      const until = next < 0 ? text.length : next;
      addText(resolveText(text.slice(at, until)));
      at = until;
      continue;
    }
    if (text.startsWith('<!--', at)) {
      at = pass('-->', at + 4);
    } else if (text.startsWith('<![CDATA[', at)) {
      const stop = text.indexOf(']]>', at);
      addText(cleanText(text.slice(at + 9, stop < 0 ? text.length : stop), fault));
      if (stop < 0) fault('a CDATA section does not end');
      at = stop < 0 ? text.length : stop + 3;
    } else if (text.startsWith('<?', at)) {
      at = pass('?>', at + 2);
    } else if (text.startsWith('<!', at)) {
      if (/^<!DOCTYPE/i.test(text.slice(at, at + 9)) && !root && !typed) {
        const stop = endOfDeclaration(text, at);
        references = referencesOf(text.slice(at, stop), fault);
        typed = true;
        at = stop;
      } else {
        fault('a declaration stands inside the document');
        addText('<!');
        at += 2;
      }
    } else {
      const tag = START.exec(text.slice(at, at + 200));
      const stop = tag ? endOfTag(text, at + tag[0].length) : -1;
      if (!tag || stop < 0) {
        fault('a less-than sign stands for itself');
        addText('<');
        at++;
        continue;
      }
      const name = tag[2] as string;
      if (tag[1] === '/') {
        const depth = open.findLastIndex((one) => one.element.name === name || same(one.element.name, name));
        if (depth < 0) fault(`end tag ${name.slice(0, 40)} fits no start tag`);
        else {
          if (depth !== open.length - 1 || open[depth]?.element.name !== name)
            fault(`end tag ${name.slice(0, 40)} does not fit the start tag`);
          while (open.length > depth && !cut) cut = end();
        }
      } else {
        const inner = text.slice(at + tag[0].length, stop);
        const parent = open.at(-1);
        const opened = elementOf(name, inner, parent, references, fault);
        if (!parent) {
          if (root) fault('a second root element is passed over');
          else root = opened.element;
        } else if (++elements > MAX_ELEMENTS) cut = true;
        else parent.element.children.push(opened.element);
        const isOver = open.length === 0 && root !== opened.element;
        if (!isOver) {
          open.push(opened);
          if (open.length > MAX_DEPTH) {
            fault('elements are nested too deep');
            cut = end() || cut;
          } else if (inner.endsWith('/')) cut = end() || cut;
        }
      }
      at = stop + 1;
    }
  }
  if (!cut && open.length > 0) fault('the document ends before its elements do');
  if (!root) fault('the document is empty');
  return { root, faults: [...faults], cut };
}

const same = (a: string, b: string): boolean => a.length === b.length && a.toLowerCase() === b.toLowerCase();

/** Control characters XML does not know are left out; line ends are LF (XML 1.0, 2.11). */
function cleanText(text: string, fault: (sentence: string) => void): string {
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  if (!CONTROL.test(lines)) return lines;
  fault('control characters stand in the text');
  return lines.replace(CONTROLS, '');
}
const CONTROL_CLASS = `[\\u{0}-\\u{8}\\u{b}\\u{c}\\u{e}-\\u{1f}]`;
const CONTROL = new RegExp(CONTROL_CLASS, 'u');
const CONTROLS = new RegExp(CONTROL_CLASS, 'gu');

/** Where a tag's `>` is, quotes respected; -1 where another tag begins first, or none is found within `most`. */
export function endOfTag(text: string, from: number, most = MAX_TAG): number {
  let quote = 0;
  const limit = Math.min(text.length, from + most);
  for (let at = from; at < limit; at++) {
    const code = text.charCodeAt(at);
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === 62) return at;
    else if (code === 34 || code === 39) {
      // A quote opens a value only behind an equals sign.
      let before = at - 1;
      while (before > from && text.charCodeAt(before) <= 32) before--;
      if (text.charCodeAt(before) === 61) quote = code;
    } else if (code === 60) return -1;
  }
  return -1;
}

/** Behind the end of a `<!...>` with its internal subset. */
function endOfDeclaration(text: string, from: number): number {
  let depth = 0;
  let quote = 0;
  const limit = Math.min(text.length, from + MAX_TAG);
  for (let at = from + 2; at < limit; at++) {
    const code = text.charCodeAt(at);
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === 34 || code === 39) quote = code;
    else if (code === 91) depth++;
    else if (code === 93) depth--;
    else if (code === 62 && depth <= 0) return at + 1;
  }
  const close = text.indexOf('>', from);
  return close < 0 ? text.length : close + 1;
}

type Names = ReadonlyMap<string, string>;
/** What a written name means where these namespaces are declared: the same few names come again and again. */
type Meaning = { key: string; namespace: string };
const meanings = new WeakMap<Names, Map<string, Meaning>>();
/** Names remembered for one set of declarations; a hostile document has a new one each time. */
const MAX_REMEMBERED = 200;
const NO_NAMESPACES: Names = new Map();
const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();

function elementOf(
  name: string,
  inner: string,
  parent: Open | undefined,
  references: References,
  fault: (sentence: string) => void,
): Open {
  const around = parent?.namespaces ?? NO_NAMESPACES;
  if (inner === '' || inner === '/') {
    const { key, namespace } = meaningOf(name, around, fault);
    const element = { key, name, namespace, attributes: NO_ATTRIBUTES, written: [], children: [] };
    return { element, namespaces: around };
  }
  const written: [string, string][] = [];
  let own: Map<string, string> | null = null;
  for (const [, attribute, double, single, bare] of inner.matchAll(ATTRIBUTE)) {
    if (written.length >= MAX_ATTRIBUTES) break;
    const spelt = attribute as string;
    const given = double ?? single ?? bare;
    if (given === undefined || (double === undefined && single === undefined)) fault('an attribute has no quotes');
    if (written.some(([known]) => known === spelt)) continue;
    const value = references.resolve(given ?? '').replace(/[\t\r\n]/g, ' ');
    written.push([spelt, value]);
    if (spelt === 'xmlns' || spelt.startsWith('xmlns:')) {
      own ??= new Map(around);
      if (own.size < MAX_ATTRIBUTES) own.set(spelt === 'xmlns' ? '' : spelt.slice(6), value);
    }
  }
  const namespaces = own ?? around;
  const attributes = new Map<string, string>();
  for (const [spelt, value] of written) {
    if (spelt.startsWith('xmlns')) continue;
    const colon = spelt.indexOf(':');
    const prefix = colon < 0 ? '' : spelt.slice(0, colon);
    const known = prefix === '' ? '' : (knownPrefix(namespaces.get(prefix) ?? '') ?? prefix.toLowerCase());
    const key = `${known === '' ? '' : `${known}:`}${localName(spelt).toLowerCase()}`;
    if (!attributes.has(key)) attributes.set(key, value);
  }
  const { key, namespace } = meaningOf(name, namespaces, fault);
  return { element: { key, name, namespace, attributes, written, children: [] }, namespaces };
}

function meaningOf(name: string, namespaces: Names, fault: (sentence: string) => void): Meaning {
  let remembered = meanings.get(namespaces);
  const found = remembered?.get(name);
  if (found) return found;
  const colon = name.indexOf(':');
  const prefix = colon < 0 ? '' : name.slice(0, colon);
  const declared = prefix.toLowerCase() === 'xml' ? XML_NAMESPACE : namespaces.get(prefix);
  const namespace = declared ?? '';
  const local = localName(name).toLowerCase();
  const known = knownPrefix(namespace) ?? (prefix === '' ? '' : prefix.toLowerCase());
  const meaning = { key: known === '' ? local : `${known}:${local}`, namespace };
  if (prefix !== '' && declared === undefined) {
    // Told each time, so not remembered.
    fault(`prefix ${prefix.slice(0, 40)} is not declared`);
    return meaning;
  }
  if (!remembered) {
    remembered = new Map();
    meanings.set(namespaces, remembered);
  }
  if (remembered.size < MAX_REMEMBERED) remembered.set(name, meaning);
  return meaning;
}
