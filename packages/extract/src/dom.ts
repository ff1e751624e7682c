/** Builds the one DOM of a page: htmlparser2's tokenizer feeds a tree builder with caps, so that size stays linear and depth bounded. */
import { Document, Element, Text } from 'domhandler';
import { Tokenizer } from 'htmlparser2';

/** Deepest nesting kept; browsers cap near 512 (Blink's kMaximumHTMLParserDOMTreeDepth). Deeper elements become siblings. */
export const MAX_DEPTH = 512;
/** Most elements and texts of one page; the largest page of the development corpus has 60,000. Reading stops there. */
export const MAX_NODES = 400_000;
/** Most attributes kept per element; the rest is read past. */
export const MAX_ATTRIBUTES = 64;
/** Most characters of decoded page text read; a 163 kB page is the average. */
export const MAX_CHARACTERS = 24_000_000;

/** A finished tree, and whether a cap cut it. */
export type Dom = { document: Document; nodes: number; truncated: boolean };

const VOID = new Set(
  'area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr'.split(' '),
);
const CLOSES_P = new Set(
  (
    'address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 ' +
    'header hgroup hr main menu nav ol p pre section summary table ul'
  ).split(' '),
);
const HEADINGS = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6']);
/** Tags that an implied end may pass through on its way up to an open `p` or `a`. */
const FORMATTING = new Set(
  'a abbr b bdi bdo big cite code data dfn em font i kbd label mark nobr q s samp small span strike strong sub sup time tt u var'.split(
    ' ',
  ),
);
/** What each of these closes when it opens, and where the search upwards ends. */
const IMPLIED: Record<string, { closes: Set<string>; stops: Set<string> }> = {
  li: { closes: new Set(['li']), stops: new Set(['ul', 'ol', 'menu', 'table', 'body', 'nav', 'section', 'article']) },
  dt: { closes: new Set(['dt', 'dd']), stops: new Set(['dl', 'table', 'body']) },
  dd: { closes: new Set(['dt', 'dd']), stops: new Set(['dl', 'table', 'body']) },
  tr: { closes: new Set(['tr', 'td', 'th']), stops: new Set(['table', 'tbody', 'thead', 'tfoot']) },
  td: { closes: new Set(['td', 'th']), stops: new Set(['tr', 'table', 'tbody', 'thead', 'tfoot']) },
  th: { closes: new Set(['td', 'th']), stops: new Set(['tr', 'table', 'tbody', 'thead', 'tfoot']) },
  tbody: { closes: new Set(['tbody', 'thead', 'tfoot', 'tr', 'td', 'th']), stops: new Set(['table']) },
  thead: { closes: new Set(['tbody', 'thead', 'tfoot', 'tr', 'td', 'th']), stops: new Set(['table']) },
  tfoot: { closes: new Set(['tbody', 'thead', 'tfoot', 'tr', 'td', 'th']), stops: new Set(['table']) },
  option: { closes: new Set(['option']), stops: new Set(['select', 'datalist', 'optgroup']) },
  optgroup: { closes: new Set(['option', 'optgroup']), stops: new Set(['select']) },
  body: { closes: new Set(['head', 'title', 'link', 'script']), stops: new Set(['html']) },
};
/** How far up an implied end looks: deeper misnesting is left as it is, which keeps each tag's cost bounded. */
const IMPLIED_REACH = 24;

/** Script types whose text may carry facts; all other scripts and styles are read past. */
const DATA_SCRIPT = /json|ld\+/i;
const WHITE = /^[\s\u200b\ufeff]*$/;

/** The tokenizer's callbacks: keeps the open elements, appends nodes, applies the caps. */
class TreeBuilder {
  readonly document = new Document([]);
  nodes = 0;
  truncated = false;
  private readonly source: string;
  private readonly xml: boolean;
  private readonly open: Element[] = [];
  private readonly openCount = new Map<string, number>();
  /** Elements beyond the depth cap whose end tags must not close an ancestor. */
  private readonly unpushed = new Map<string, number>();
  private tag: string | null = null;
  private attribs: Record<string, string> = {};
  private attribCount = 0;
  private attribName = '';
  private attribValue = '';
  private dropText = false;
  /** Set by the caller: stops the tokenizer at the node cap. */
  stop: () => void = () => {};

  constructor(source: string, xml: boolean) {
    this.source = source;
    this.xml = xml;
  }

  private parent(): Element | Document {
    return this.open[this.open.length - 1] ?? this.document;
  }

  private append(node: Element | Text): void {
    const parent = this.parent();
    const siblings = parent.children;
    const last = siblings[siblings.length - 1];
    node.parent = parent;
    if (last) {
      last.next = node;
      node.prev = last;
    }
    siblings.push(node);
    if (++this.nodes > MAX_NODES) {
      this.truncated = true;
      this.stop();
    }
  }

  private addText(data: string): void {
    if (this.dropText) return;
    const siblings = this.parent().children;
    const last = siblings[siblings.length - 1];
    if (last instanceof Text) {
      last.data += data;
      return;
    }
    if (WHITE.test(data)) {
      if (!last || (last instanceof Element && CLOSES_P.has(last.name))) return;
      this.append(new Text(' '));
      return;
    }
    this.append(new Text(data));
  }

  private popTo(index: number): void {
    for (let at = this.open.length - 1; at >= index; at--) {
      const name = (this.open[at] as Element).name;
      this.openCount.set(name, (this.openCount.get(name) ?? 1) - 1);
    }
    this.open.length = index;
  }

  private implyEnds(name: string): void {
    const rule = IMPLIED[name];
    if (rule) {
      const least = Math.max(0, this.open.length - IMPLIED_REACH);
      let found = -1;
      for (let at = this.open.length - 1; at >= least; at--) {
        const open = (this.open[at] as Element).name;
        if (rule.closes.has(open)) found = at;
        else if (rule.stops.has(open)) break;
      }
      if (found >= 0) this.popTo(found);
    }
    if (CLOSES_P.has(name) && (this.openCount.get('p') ?? 0) > 0) this.closeThroughFormatting('p');
    else if (name === 'a' && (this.openCount.get('a') ?? 0) > 0) this.closeThroughFormatting('a');
    if (HEADINGS.has(name)) {
      const top = this.open[this.open.length - 1];
      if (top && HEADINGS.has(top.name)) this.popTo(this.open.length - 1);
    }
  }

  private closeThroughFormatting(name: string): void {
    const least = Math.max(0, this.open.length - IMPLIED_REACH);
    for (let at = this.open.length - 1; at >= least; at--) {
      const open = (this.open[at] as Element).name;
      if (open === name) {
        this.popTo(at);
        return;
      }
      if (!FORMATTING.has(open)) return;
    }
  }

  onopentagname(start: number, end: number): void {
    const raw = this.source.substring(start, end);
    this.tag = this.xml ? raw : raw.toLowerCase();
    this.attribs = {};
    this.attribCount = 0;
  }

  onattribname(start: number, end: number): void {
    this.attribCount++;
    if (this.attribCount > MAX_ATTRIBUTES) {
      this.truncated = true;
      return;
    }
    const raw = this.source.substring(start, end);
    this.attribName = this.xml ? raw : raw.toLowerCase();
    this.attribValue = '';
  }

  onattribdata(start: number, end: number): void {
    if (this.attribCount > MAX_ATTRIBUTES) return;
    const piece = this.source.substring(start, end);
    this.attribValue = this.attribValue === '' ? piece : this.attribValue + piece;
  }

  onattribentity(codepoint: number): void {
    if (this.attribCount > MAX_ATTRIBUTES) return;
    this.attribValue += String.fromCodePoint(codepoint);
  }

  onattribend(): void {
    if (this.attribCount > MAX_ATTRIBUTES || this.attribName in this.attribs) return;
    this.attribs[this.attribName] = this.attribValue;
  }

  onopentagend(): void {
    this.openElement(false);
  }

  onselfclosingtag(): void {
    this.openElement(this.xml);
  }

  private openElement(selfClosing: boolean): void {
    const name = this.tag ?? 'div';
    this.tag = null;
    if (!this.xml) this.implyEnds(name);
    const element = new Element(name, this.attribs);
    this.append(element);
    if (selfClosing || (!this.xml && VOID.has(name))) return;
    if (!this.xml && (name === 'script' || name === 'style'))
      this.dropText = name === 'style' || !DATA_SCRIPT.test(`${this.attribs.type ?? ''} ${this.attribs.id ?? ''}`);
    if (this.open.length >= MAX_DEPTH) {
      this.truncated = true;
      this.unpushed.set(name, (this.unpushed.get(name) ?? 0) + 1);
      return;
    }
    this.open.push(element);
    this.openCount.set(name, (this.openCount.get(name) ?? 0) + 1);
  }

  onclosetag(start: number, end: number): void {
    const raw = this.source.substring(start, end);
    const name = this.xml ? raw : raw.toLowerCase();
    if (name === 'script' || name === 'style') this.dropText = false;
    const beyond = this.unpushed.get(name) ?? 0;
    if (beyond > 0) {
      this.unpushed.set(name, beyond - 1);
      return;
    }
    if ((this.openCount.get(name) ?? 0) === 0) {
      if (name === 'br' && !this.xml) this.append(new Element('br', {}));
      return;
    }
    if (!this.xml && (name === 'body' || name === 'html')) return;
    for (let at = this.open.length - 1; at >= 0; at--) {
      const open = (this.open[at] as Element).name;
      if (open === name) {
        this.popTo(at);
        return;
      }
      // A stray end tag does not close the table cell or the list item it stands in.
      if (!this.xml && (open === 'td' || open === 'th') && name !== 'tr' && name !== 'table' && name !== 'tbody')
        return;
    }
  }

  ontext(start: number, end: number): void {
    if (!this.dropText) this.addText(this.source.substring(start, end));
  }

  ontextentity(codepoint: number): void {
    this.addText(String.fromCodePoint(codepoint));
  }

  oncdata(start: number, end: number, endOffset: number): void {
    if (this.xml) this.addText(this.source.substring(start, end - endOffset));
  }

  oncomment(): void {}
  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  onend(): void {}
}

/**
 * Builds the DOM of one decoded page in linear time.
 *
 * @param text the page, decoded.
 * @param xml XML rules: case kept, CDATA read, no implied ends.
 */
export function buildDom(text: string, xml = false): Dom {
  const tooLong = text.length > MAX_CHARACTERS;
  const source = tooLong ? text.slice(0, MAX_CHARACTERS) : text;
  const builder = new TreeBuilder(source, xml);
  const tokenizer = new Tokenizer({ xmlMode: xml, decodeEntities: true }, builder);
  builder.stop = () => tokenizer.pause();
  tokenizer.write(source);
  if (!builder.truncated || tokenizer.running) tokenizer.end();
  return { document: builder.document, nodes: builder.nodes, truncated: builder.truncated || tooLong };
}
