/** Decodes character references (`&amp;`, `&#8211;`, `&eacute`) in texts and attribute values of pages. */
import { Tokenizer } from 'htmlparser2';

const NAMED = new Map<string, string | null>([
  ['amp;', '&'],
  ['lt;', '<'],
  ['gt;', '>'],
  ['quot;', '"'],
  ['apos;', "'"],
  ['nbsp;', '\u00a0'],
]);
/** Most names remembered: the standard has 2,231, a hostile page makes up more. */
const MAX_NAMED = 4_000;
/** Longest name of the standard, in characters. */
const LONGEST_NAME = 33;

/** Asks the tokenizer, which holds the standard's table, what `&name` says; null where it says nothing. */
function lookUp(name: string): string | null {
  const known = NAMED.get(name);
  if (known !== undefined) return known;
  const source = `&${name}`;
  let out = '';
  let found = false;
  const tokenizer = new Tokenizer(
    { decodeEntities: true },
    {
      onattribdata() {},
      onattribentity() {},
      onattribend() {},
      onattribname() {},
      oncdata() {},
      onclosetag() {},
      oncomment() {},
      ondeclaration() {},
      onend() {},
      onopentagend() {},
      onopentagname() {},
      onprocessinginstruction() {},
      onselfclosingtag() {},
      ontext(start: number, end: number) {
        out += source.substring(start, end);
      },
      ontextentity(codepoint: number) {
        found = true;
        out += String.fromCodePoint(codepoint);
      },
    },
  );
  tokenizer.write(source);
  tokenizer.end();
  const value = found ? out : null;
  if (NAMED.size < MAX_NAMED) NAMED.set(name, value);
  return value;
}

/** Code points 0x80 to 0x9f are read as windows-1252, as the standard has it. */
const C1 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

function ofCode(code: number): string {
  if (code >= 0x80 && code <= 0x9f) return C1[code - 0x80] as string;
  if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return '\ufffd';
  return String.fromCodePoint(code);
}

const isNameCharacter = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);

const REFERENCE = /&(?:#(?:x([\da-f]{1,8})|(\d{1,9}));?|([a-z][\da-z]*;?))/gi;

/**
 * Decodes the references of a text.
 *
 * @param attribute in attribute values a name without its semicolon stays as it is before `=` or where it runs on, so that
 * the parameters of addresses survive (HTML standard, named character reference state).
 */
export function decodeReferences(text: string, attribute: boolean): string {
  return text.replace(REFERENCE, (whole, hex: string, decimal: string, name: string, at: number) => {
    if (hex) return ofCode(Number.parseInt(hex, 16));
    if (decimal) return ofCode(Number(decimal));
    if (name.length > LONGEST_NAME && !attribute) {
      const start = lookUp(name.slice(0, LONGEST_NAME));
      return start === null ? whole : start + name.slice(LONGEST_NAME);
    }
    if (attribute && !name.endsWith(';')) {
      const next = text.charCodeAt(at + whole.length);
      if (next === 61 || isNameCharacter(next)) return whole;
      const value = lookUp(name);
      // Letters left over mean that only the beginning of the name was one.
      return value !== null && !/[\da-z]$/i.test(value) ? value : whole;
    }
    return lookUp(name) ?? whole;
  });
}
