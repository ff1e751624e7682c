/** What a document says about its own charset: byte order mark, HTTP header, meta prescan, XML declaration. */

/** The WHATWG prescan reads the first 1024 bytes; browsers still obey a meta further down, and long comments push it there. */
const PRESCAN_BYTES = 16_384;

/** Labels TextDecoder does not know, or that mean something else in practice, and the name used here. */
const ALIASES: Record<string, string> = {
  tcvn: 'tcvn3',
  tcvn3: 'tcvn3',
  'tcvn-5712': 'tcvn3',
  tcvn5712: 'tcvn3',
  'tcvn5712-1': 'tcvn3',
  'x-viet-tcvn': 'tcvn3',
  'x-viet-tcvn5712': 'tcvn3',
  viscii: 'viscii',
  'x-viscii': 'viscii',
  'viscii1.1-1': 'viscii',
  csviscii: 'viscii',
  cp1258: 'windows-1258',
  utf8: 'utf-8',
  'utf-7': 'windows-1252',
  'iso-8859-15': 'iso-8859-15',
};

/**
 * The canonical lower-case name of a charset label, or null for an unknown one.
 *
 * @param label as written in a header, a meta or an XML declaration.
 */
export function charsetName(label: string | null | undefined): string | null {
  const cleaned = (label ?? '').trim().toLowerCase();
  if (cleaned === '') return null;
  const alias = ALIASES[cleaned];
  if (alias) return alias;
  try {
    return new TextDecoder(cleaned).encoding;
  } catch {
    return null;
  }
}

/** The charset of a byte order mark, with the mark's length in bytes. */
export function charsetOfBom(bytes: Uint8Array): { charset: string; length: number } | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { charset: 'utf-8', length: 3 };
  if (bytes[0] === 0xff && bytes[1] === 0xfe && bytes[2] === 0 && bytes[3] === 0)
    return { charset: 'utf-32le', length: 4 };
  if (bytes[0] === 0 && bytes[1] === 0 && bytes[2] === 0xfe && bytes[3] === 0xff)
    return { charset: 'utf-32be', length: 4 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { charset: 'utf-16be', length: 2 };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { charset: 'utf-16le', length: 2 };
  return null;
}

/** The charset parameter of a Content-Type header. */
export function charsetOfContentType(contentType: string | null | undefined): string | null {
  const match = /charset\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s;"']+))/i.exec(contentType ?? '');
  return match ? charsetName(match[1] ?? match[2] ?? match[3]) : null;
}

/** The charset value inside a `content` attribute, by the WHATWG algorithm. */
function charsetOfMetaContent(content: string): string | null {
  const match = /charset\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s;"']+))/i.exec(content);
  return match ? (match[1] ?? match[2] ?? match[3] ?? null) : null;
}

/** The attributes of a tag's text, first of each name. */
function attributesOf(tag: string): Map<string, string> {
  const found = new Map<string, string>();
  const pattern = /([^\s/>=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?/g;
  for (let match = pattern.exec(tag); match; match = pattern.exec(tag)) {
    const name = (match[1] as string).toLowerCase();
    if (!found.has(name)) found.set(name, match[2] ?? match[3] ?? match[4] ?? '');
  }
  return found;
}

/** UTF-16 in an ASCII-readable meta cannot be true: the standard reads UTF-8, and x-user-defined as windows-1252. */
function corrected(label: string): string | null {
  const name = charsetName(label);
  if (name === 'utf-16le' || name === 'utf-16be') return 'utf-8';
  return name === 'x-user-defined' ? 'windows-1252' : name;
}

/**
 * Finds the charset a page's own meta elements declare: the prescan of the WHATWG HTML standard (13.2.3.2).
 *
 * @param bytes the start of the page.
 * @returns the canonical name, or null when none is declared.
 */
export function charsetOfMeta(bytes: Uint8Array): string | null {
  const head = latin1(bytes, PRESCAN_BYTES);
  for (let at = head.indexOf('<'); at >= 0; at = head.indexOf('<', at + 1)) {
    if (head.startsWith('<!--', at)) {
      // The prescan lets the two dashes of the opening serve as those of the end: `<!-->` is a whole comment.
      const end = head.indexOf('-->', at + 2);
      if (end < 0) return null;
      at = end + 2;
      continue;
    }
    const next = head[at + 1] ?? '';
    if (next === '!' || next === '?') {
      const end = head.indexOf('>', at);
      if (end < 0) return null;
      at = end;
      continue;
    }
    const tag = /^<\/?([a-zA-Z][^\s/>]*)((?:[^>"']|"[^"]*"|'[^']*'|["'])*)/.exec(head.slice(at, at + 1024));
    if (!tag) continue;
    if (head.length < PRESCAN_BYTES && at + tag[0].length >= head.length) return null;
    if ((tag[1] as string).toLowerCase() === 'meta' && next !== '/') {
      const attributes = attributesOf(tag[2] as string);
      const charset = attributes.get('charset');
      const isContentType = attributes.get('http-equiv')?.toLowerCase() === 'content-type';
      const label = charset ?? (isContentType ? charsetOfMetaContent(attributes.get('content') ?? '') : null);
      const name = label ? corrected(label) : null;
      if (name) return name;
    }
    at += tag[0].length - 1;
  }
  return null;
}

/** Whether ISO-2022-JP can be what is declared: a quick look. */
export function mayBeJis(bytes: Uint8Array, contentType: string | null | undefined): boolean {
  const head = latin1(bytes, PRESCAN_BYTES);
  return /2022-?jp/i.test(contentType ?? '') || (head.includes('2022') && /2022-?jp/i.test(head));
}

/** The encoding of an XML declaration at the start of the bytes. */
export function charsetOfXml(bytes: Uint8Array): string | null {
  const head = latin1(bytes, 200);
  const match = /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([^"']+)["']/.exec(head);
  return match ? corrected(match[1] as string) : null;
}

/** The first bytes as one character each. */
export function latin1(bytes: Uint8Array, length: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(length, bytes.byteLength)).toString('latin1');
}
