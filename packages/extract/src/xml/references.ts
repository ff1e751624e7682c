/** Resolves character and entity references in XML: the predefined, a document's own within bounds, and HTML's. */
import { Parser } from 'htmlparser2';

/** Characters all the entities of one document may come to together: nobody's title needs more. */
const MAX_EXPANSION = 100_000;
/** Entities within entities: a legal document seldom has two levels, an attack needs many. */
const MAX_NESTING = 5;
/** Own entities read of one document. */
const MAX_ENTITIES = 500;

const PREDEFINED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/** What windows-1252 has at 0x80 to 0x9F: references to these are meant so (HTML standard, numeric references). */
const CP1252 = new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 32 }, (_, at) => 0x80 + at));

const htmlNames = new Map<string, string | null>();

/** What an HTML entity name stands for, or null for an unknown name. */
export function htmlEntity(name: string): string | null {
  const known = htmlNames.get(name);
  if (known !== undefined) return known;
  let text = '';
  const parser = new Parser({ ontext: (part) => (text += part) }, { decodeEntities: true });
  parser.end(`&${name};`);
  const found = text.endsWith(';') ? null : text;
  // Names are few; anything else is an attempt to fill memory.
  if (htmlNames.size < 5_000) htmlNames.set(name, found);
  return found;
}

/** The character of a numeric reference, U+FFFD for what is none. */
export function characterOf(code: number): string {
  if (code >= 0x80 && code <= 0x9f) return CP1252[code - 0x80] as string;
  const allowed = code === 9 || code === 10 || code === 13 || (code >= 32 && code <= 0x10ffff);
  return allowed && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '\ufffd';
}

/** Resolves references for one document, and remembers what was wrong with them. */
export type References = {
  /** A text with its references resolved; one that means nothing stays as it is written. */
  resolve: (text: string) => string;
};

const REFERENCE = /&(?:#(\d{1,8})|#[xX]([\da-fA-F]{1,7})|([A-Za-z_:][\w.:-]{0,60}));?/g;
const ENTITY = /<!ENTITY\s+([A-Za-z_:][\w.:-]*)\s+(?:"([^"]*)"|'([^']*)')\s*>/g;

/**
 * Builds the resolver of a document out of its internal subset. External entities are never looked at.
 *
 * @param subset the text of the document type declaration, or an empty text.
 * @param fault called with a sentence for each kind of fault.
 */
export function referencesOf(subset: string, fault: (sentence: string) => void): References {
  const own = new Map<string, string>();
  for (const [, name, double, single] of subset.matchAll(ENTITY)) {
    if (own.size >= MAX_ENTITIES) break;
    if (!own.has(name as string)) own.set(name as string, double ?? single ?? '');
  }
  if (/<!ENTITY\s+(?:%\s+)?[\w.:-]+\s+(?:SYSTEM|PUBLIC)\b/.test(subset)) fault('external entities are not read');
  let left = MAX_EXPANSION;

  const resolve = (text: string, level: number): string => {
    if (!text.includes('&')) return text;
    return text.replace(REFERENCE, (whole, decimal?: string, hex?: string, name?: string) => {
      if (decimal !== undefined) return characterOf(Number(decimal));
      if (hex !== undefined) return characterOf(Number.parseInt(hex, 16));
      const closed = whole.endsWith(';');
      if (!closed || name === undefined) {
        fault('an ampersand stands for itself');
        return whole;
      }
      const plain = PREDEFINED[name];
      if (plain !== undefined) return plain;
      const given = own.get(name);
      if (given !== undefined) {
        if (level >= MAX_NESTING || left < given.length) {
          fault('entities grow beyond bounds');
          return '';
        }
        left -= given.length;
        return resolve(given, level + 1);
      }
      const html = htmlEntity(name);
      if (html === null) fault(`entity ${name.slice(0, 40)} is not declared`);
      return html ?? whole;
    });
  };
  return { resolve: (text) => resolve(text, 0) };
}
