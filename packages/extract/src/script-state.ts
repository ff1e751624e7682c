/** Reads the values that scripts of a page carry: JSON itself, JSON given to a name or a call, and rows of streamed pages. */

/** Deepest brackets of a state that is parsed: `JSON.parse` recurses. */
const MAX_NESTING = 300;
/** Most places of one script at which a value may begin: each that does not parse costs a look at the rest. */
const MAX_PLACES = 12;
/** Most characters looked at in all scripts of a page together. */
const MAX_CHARS = 8_000_000;
/** What may stand before a value: a name it is given to, a call, a return. */
const PLACE = /(?:=|\(|return\b|:)\s*(?=[[{])/g;
const PARSED = /JSON\.parse\(\s*(?=["'`])/g;
const STREAM = '__next_f';

const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const BACKSLASH = 92;
const QUOTE = 34;

/** Where the value that begins at a bracket ends, behind its last bracket; -1 where it does not, or nests too deep. */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  let quoted = false;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (quoted) {
      if (code === BACKSLASH) at++;
      else if (code === QUOTE) quoted = false;
    } else if (code === QUOTE) quoted = true;
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      if (++depth > MAX_NESTING) return -1;
    } else if ((code === CLOSE_BRACE || code === CLOSE_BRACKET) && --depth === 0) return at + 1;
  }
  return -1;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The characters of a script's string literal that begins at its quote; null where it has no end. */
function literal(text: string, start: number): string | null {
  const quote = text.charCodeAt(start);
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === quote) return unescaped(text.slice(start + 1, at));
  }
  return null;
}

const ESCAPED: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', '0': '\0' };

const unescaped = (text: string): string =>
  text.replace(/\\(?:u([\da-f]{4})|x([\da-f]{2})|([\s\S]))/gi, (_, four, two, one) =>
    four || two ? String.fromCharCode(Number.parseInt(four ?? two, 16)) : (ESCAPED[one as string] ?? (one as string)),
  );

/** The values in one script. */
function valuesOf(script: string): unknown[] {
  const text = script.trim();
  if (/^[[{]/.test(text) && endOfValue(text, 0) === text.length) {
    const whole = parsed(text);
    return whole === undefined ? [] : [whole];
  }
  const found: unknown[] = [];
  let places = 0;
  PARSED.lastIndex = 0;
  for (let match = PARSED.exec(text); match && places < MAX_PLACES; match = PARSED.exec(text), places++) {
    const inner = literal(text, match.index + match[0].length);
    const value = inner !== null && endOfValue(inner, 0) > 0 ? parsed(inner) : undefined;
    if (value !== undefined) found.push(value);
  }
  PLACE.lastIndex = 0;
  for (let match = PLACE.exec(text); match && places < MAX_PLACES; match = PLACE.exec(text)) {
    const start = match.index + match[0].length;
    // Objects of code have bare names: `{a: 1}`.
    if (!/^(?:\{\s*["}]|\[)/.test(text.slice(start, start + 40))) continue;
    places++;
    const end = endOfValue(text, start);
    const value = end < 0 ? undefined : parsed(text.slice(start, end));
    if (value === undefined) continue;
    found.push(value);
    PLACE.lastIndex = end;
  }
  return found;
}

/** The rows of a streamed page (React's wire format): values as JSON, and long texts by their length in bytes. */
function rowsOf(stream: string): unknown[] {
  const rows: unknown[] = [];
  let at = 0;
  while (at < stream.length && rows.length < 20_000) {
    const text = /^[\da-f]+:T([\da-f]{1,7}),/.exec(stream.slice(at, at + 30));
    if (text) {
      const start = at + text[0].length;
      const long = Buffer.from(stream.slice(start, start + Number.parseInt(text[1] as string, 16)));
      const own = long.subarray(0, Number.parseInt(text[1] as string, 16)).toString();
      rows.push({ text: own });
      at = start + Math.max(1, own.length);
      continue;
    }
    let end = stream.indexOf('\n', at);
    if (end < 0) end = stream.length;
    const row = stream.slice(at, end);
    const value = /^[\da-f]+:[[{]/.test(row) ? row.slice(row.indexOf(':') + 1) : '';
    if (value !== '' && endOfValue(value, 0) === value.length) rows.push(parsed(value) ?? null);
    at = end + 1;
  }
  return rows;
}

/** Most scripts looked at in one page. */
const MAX_SCRIPTS = 400;
/** Shortest script that can hold an article, in characters. */
const MIN_SCRIPT = 200;

/** The texts of a page's scripts, typed or not; those that are only addresses of scripts, and tiny ones, left out. */
export function scriptsOf(source: string): string[] {
  const found: string[] = [];
  let at = 0;
  for (let count = 0; count < MAX_SCRIPTS; count++) {
    const open = source.indexOf('<script', at);
    const start = open < 0 ? -1 : source.indexOf('>', open) + 1;
    const end = start <= 0 ? -1 : source.indexOf('</script', start);
    if (end < 0) break;
    // A stream comes in pieces of any size.
    const text = source.slice(start, end);
    if (text.length >= MIN_SCRIPT || text.includes(STREAM)) found.push(text);
    at = end + 8;
  }
  return found;
}

/** All values that a page's scripts carry, in page order. */
export function scriptValues(scripts: readonly string[]): unknown[] {
  const found: unknown[] = [];
  let stream = '';
  let chars = 0;
  for (const script of scripts) {
    chars += script.length;
    if (chars > MAX_CHARS) break;
    const values = valuesOf(script);
    if (script.includes(STREAM))
      for (const value of values) if (Array.isArray(value) && typeof value[1] === 'string') stream += value[1];
    found.push(...values);
  }
  if (stream !== '') found.push(...rowsOf(stream));
  return found;
}
