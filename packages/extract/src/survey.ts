/** Walks the DOM once, in document order, and notes all that later steps decide on: blocks, boxes, metas, links, images, times. */
import { type ChildNode, Element, Text } from 'domhandler';
import type { Dom } from './dom.ts';
import { classWords, HINT, hintsOfTag, hintsOfWords } from './hints.ts';

/** A block-level element with what is known about it and its ancestors. */
export type Box = {
  element: Element | null;
  name: string;
  parent: Box | null;
  depth: number;
  /** Hints of this element alone, and with all its ancestors'. */
  own: number;
  hints: number;
  words: readonly string[];
  /** Blocks directly inside (not in a child box), and in the whole subtree. */
  directBlocks: number;
  blocks: number;
  chars: number;
  linkChars: number;
  /** Characters of paragraph-like blocks in the subtree. */
  proseChars: number;
  proseBlocks: number;
  kids: number;
  hidden: boolean;
};

/** A run of inline content between two block boundaries: the unit that is kept or dropped. */
export type Block = {
  index: number;
  box: Box;
  text: string;
  /** Characters inside links, and how many links. */
  linkChars: number;
  links: number;
  /** Hints of inline elements inside the run. */
  inline: number;
  inlineWords: string;
  bold: number;
  images: number;
};

/** An image with where it stands. */
export type PageImage = { element: Element; src: string; box: Box; at: number; inNoscript: boolean };
/** A link with where it stands. */
export type PageLink = { href: string; text: string; rel: string; box: Box; at: number };
/** An element that may state a date: `<time>`, or one with a datetime, content, title or data attribute. */
export type PageTime = {
  element: Element;
  value: string;
  attribute: string;
  box: Box;
  at: number;
  itemprop: string;
  words: string;
};
/** A `<meta>`: the lower-case name, property or itemprop, and its content. */
export type PageMeta = { key: string; content: string; inHead: boolean };

/** Everything one walk over a page gathers. */
export type Survey = {
  blocks: Block[];
  boxes: Box[];
  metas: PageMeta[];
  headLinks: { rel: string; href: string; type: string; title: string; hreflang: string }[];
  title: string | null;
  jsonLd: string[];
  states: string[];
  links: PageLink[];
  images: PageImage[];
  times: PageTime[];
  /** Elements with rel=author, itemprop=author and their like, in document order. */
  authorElements: { element: Element; box: Box; at: number; how: string }[];
  htmlLang: string | null;
  baseHref: string | null;
  passwordField: boolean;
  videoPlayers: number;
  articleElements: number;
  contentLanguage: string | null;
};

const INLINE = new Set(
  (
    'a abbr acronym b bdi bdo big br button cite code data del dfn em font i img input ins kbd label mark meter nobr ' +
    'output picture progress q s samp small source span strike strong sub sup svg time track tt u var wbr rp rt ruby o:p amp-img'
  ).split(' '),
);
const SKIPPED = new Set(
  'style template svg math canvas select textarea object embed applet map audio datalist option frame frameset noframes'.split(
    ' ',
  ),
);
/** Longest text of one block, in characters; the longest paragraph of the development corpus has 21,000. */
const MAX_BLOCK = 200_000;
/** Most links and images kept of one page: a sitemap page has thousands, an attack millions. */
const MAX_LINKS = 20_000;
const MAX_IMAGES = 3_000;
/** Shortest block that counts as prose, in characters. */
export const PROSE_CHARS = 80;
/** Largest script text kept for later, in characters. */
const MAX_SCRIPT = 2_000_000;

/** Collapses white space; single line breaks from `<br>` are kept as newlines. */
export function tidy(text: string): string {
  let out = INVISIBLE.test(text) ? text.replace(INVISIBLE_ALL, '') : text;
  if (UNTIDY.test(out)) out = out.replace(/[^\S\n]+/g, ' ');
  if (out.includes('\n')) out = out.replace(/ ?\n ?/g, '\n').replace(/\n{2,}/g, '\n');
  return out.trim();
}

const INVISIBLE = /[\u200b\u2060\ufeff\u00ad]/;
const INVISIBLE_ALL = /[\u200b\u2060\ufeff\u00ad]/g;
const UNTIDY = /[^\S\n ]| {2}/;

const HIDDEN_STYLE = /display\s*:\s*none|visibility\s*:\s*hidden/i;
const DATE_ATTRIBUTES = new Set([
  'datetime',
  'data-datetime',
  'data-date',
  'data-timestamp',
  'data-time',
  'data-published',
  'data-publishdate',
  'data-pubdate',
  'data-publish-date',
  'data-utime',
  'data-seconds',
  'date',
]);

/** One walk's running state. */
class Surveyor {
  readonly out: Survey = {
    blocks: [],
    boxes: [],
    metas: [],
    headLinks: [],
    title: null,
    jsonLd: [],
    states: [],
    links: [],
    images: [],
    times: [],
    authorElements: [],
    htmlLang: null,
    baseHref: null,
    passwordField: false,
    videoPlayers: 0,
    articleElements: 0,
    contentLanguage: null,
  };
  private readonly wordCache = new Map<string, { words: readonly string[]; bits: number }>();
  private text = '';
  private linkChars = 0;
  private linkCount = 0;
  private inline = 0;
  private inlineWords = '';
  private bold = 0;
  private runImages = 0;
  private inLink = 0;
  private inBold = 0;
  private inHead = false;
  private inNoscript = 0;
  private breaks = 0;

  private hintsOf(element: Element): { words: readonly string[]; bits: number } {
    const { attribs } = element;
    const key = `${attribs.class ?? ''} ${attribs.id ?? ''}`;
    if (key === ' ') return NO_WORDS;
    const cached = this.wordCache.get(key);
    if (cached) return cached;
    const words = classWords(key);
    const made = { words, bits: hintsOfWords(words) };
    this.wordCache.set(key, made);
    return made;
  }

  /** Ends the last open run. */
  finish(box: Box): void {
    this.flush(box);
  }

  private newBox(element: Element, parent: Box): Box {
    const { words, bits } = this.hintsOf(element);
    const { attribs, name } = element;
    let own = bits | hintsOfTag(name, attribs.role);
    const hidden =
      parent.hidden ||
      attribs.hidden !== undefined ||
      (attribs.style !== undefined && HIDDEN_STYLE.test(attribs.style)) ||
      attribs['aria-hidden'] === 'true';
    const { itemprop } = attribs;
    if (itemprop) {
      if (/articleBody|reviewBody/i.test(itemprop)) own |= HINT.content;
      if (/headline/i.test(itemprop)) own |= HINT.title;
      if (/comment/i.test(itemprop)) own |= HINT.comment;
    }
    const box: Box = {
      element,
      name,
      parent,
      depth: parent.depth + 1,
      own,
      hints: parent.hints | own,
      words,
      directBlocks: 0,
      blocks: 0,
      chars: 0,
      linkChars: 0,
      proseChars: 0,
      proseBlocks: 0,
      kids: 0,
      hidden,
    };
    parent.kids++;
    this.out.boxes.push(box);
    return box;
  }

  private flush(box: Box): void {
    const raw = this.text;
    if (raw !== '') {
      const text = tidy(raw.length > MAX_BLOCK ? raw.slice(0, MAX_BLOCK) : raw);
      if (text !== '') {
        const linkChars = Math.min(this.linkChars, text.length);
        const block: Block = {
          index: this.out.blocks.length,
          box,
          text,
          linkChars,
          links: this.linkCount,
          inline: this.inline,
          inlineWords: this.inlineWords,
          bold: Math.min(this.bold, text.length),
          images: this.runImages,
        };
        this.out.blocks.push(block);
        box.directBlocks++;
        box.blocks++;
        box.chars += text.length;
        box.linkChars += linkChars;
        if (text.length >= PROSE_CHARS && linkChars * 2 < text.length) {
          box.proseChars += text.length;
          box.proseBlocks++;
        }
      }
    }
    this.text = '';
    this.linkChars = 0;
    this.linkCount = 0;
    this.inline = 0;
    this.inlineWords = '';
    this.bold = 0;
    this.runImages = 0;
    this.breaks = 0;
  }

  private addText(data: string): void {
    if (this.breaks > 0 && !/^\s*$/.test(data)) this.breaks = 0;
    const before = this.text;
    this.text = before === '' ? data : before + data;
    if (this.inLink > 0 || this.inBold > 0) {
      const size = data.trim().length;
      if (this.inLink > 0) this.linkChars += size;
      if (this.inBold > 0) this.bold += size;
    }
  }

  walkChildren(node: { children: ChildNode[] }, box: Box): void {
    for (const child of node.children) {
      if (child instanceof Text) {
        if (!this.inHead) this.addText(child.data.includes('\n') ? child.data.replace(/\s+/g, ' ') : child.data);
      } else if (child instanceof Element) this.visit(child, box);
    }
  }

  private visit(element: Element, box: Box): void {
    const { name, attribs } = element;
    switch (name) {
      case 'script':
        this.script(element);
        return;
      case 'meta':
        this.meta(attribs);
        return;
      case 'link':
        this.headLink(attribs);
        return;
      case 'base':
        this.out.baseHref ??= attribs.href ?? null;
        return;
      case 'title':
        if (this.out.title === null && (this.inHead || box.depth < 3))
          this.out.title = tidy(plainText(element)).replace(/\n/g, ' ');
        return;
      case 'head':
        this.inHead = true;
        this.walkChildren(element, box);
        this.inHead = false;
        return;
      case 'html':
        this.out.htmlLang ??= attribs.lang || attribs['xml:lang'] || null;
        break;
      case 'body':
        this.inHead = false;
        break;
      case 'br':
        this.lineBreak(box);
        return;
      case 'img':
      case 'amp-img':
        this.image(element, box);
        return;
      case 'input':
        if (attribs.type === 'password') this.out.passwordField = true;
        return;
      case 'iframe':
      case 'video':
        this.out.videoPlayers++;
        return;
      case 'noscript':
        this.flush(box);
        this.inNoscript++;
        this.walkBlock(element, box);
        this.inNoscript--;
        return;
      case 'article':
        this.out.articleElements++;
        break;
      default:
        break;
    }
    if (SKIPPED.has(name) || this.inHead) {
      // A stray element in the head (an ad, a misplaced div) still may hold metas.
      if (this.inHead && !SKIPPED.has(name)) this.walkChildren(element, box);
      return;
    }
    this.noteAuthor(element, box);
    this.noteTime(element, box);
    if (INLINE.has(name)) this.walkInline(element, box);
    else this.walkBlock(element, box);
  }

  private walkBlock(element: Element, parent: Box): void {
    this.flush(parent);
    const box = this.newBox(element, parent);
    const link = this.inLink;
    this.walkChildren(element, box);
    this.flush(box);
    this.inLink = link;
    parent.blocks += box.blocks;
    parent.chars += box.chars;
    parent.linkChars += box.linkChars;
    parent.proseChars += box.proseChars;
    parent.proseBlocks += box.proseBlocks;
  }

  private walkInline(element: Element, box: Box): void {
    const { name, attribs } = element;
    if (attribs.style !== undefined && HIDDEN_STYLE.test(attribs.style)) return;
    const { words, bits } = this.hintsOf(element);
    const isLink = name === 'a' && attribs.href !== undefined;
    const isBold = name === 'b' || name === 'strong';
    const blockBefore = this.out.blocks.length;
    const textBefore = this.text.length;
    if (isLink) this.inLink++;
    if (isBold) this.inBold++;
    this.walkChildren(element, box);
    if (isBold) this.inBold--;
    if (isLink) {
      this.inLink--;
      this.link(element, box, blockBefore === this.out.blocks.length ? this.text.slice(textBefore) : null);
      this.linkCount++;
    }
    this.inline |= bits | hintsOfTag(name, attribs.role);
    if (words.length > 0 && this.inlineWords.length < 200) this.inlineWords += `${words.join(' ')} `;
    if (name === 'button') this.inline |= HINT.nav;
  }

  private lineBreak(box: Box): void {
    this.breaks++;
    if (this.breaks >= 2) this.flush(box);
    else if (this.text !== '') this.text += '\n';
  }

  private link(element: Element, box: Box, text: string | null): void {
    if (this.out.links.length >= MAX_LINKS) return;
    const href = element.attribs.href ?? '';
    if (href === '' || href.startsWith('#') || href.startsWith('javascript:')) return;
    const words = text ?? plainText(element);
    this.out.links.push({
      href,
      text: tidy(words).replace(/\n/g, ' ').slice(0, 300),
      rel: element.attribs.rel ?? '',
      box,
      at: this.out.blocks.length,
    });
  }

  private image(element: Element, box: Box): void {
    this.runImages++;
    if (this.out.images.length >= MAX_IMAGES) return;
    const src = imageSource(element.attribs);
    if (src !== null)
      this.out.images.push({ element, src, box, at: this.out.blocks.length, inNoscript: this.inNoscript > 0 });
  }

  private script(element: Element): void {
    const child = element.children[0];
    if (!(child instanceof Text) || child.data.length > MAX_SCRIPT) return;
    if (/ld\+json/i.test(element.attribs.type ?? '')) this.out.jsonLd.push(child.data);
    else this.out.states.push(child.data);
  }

  private meta(attribs: Record<string, string>): void {
    // Saved pages and some generators write `value` where the standard has `content`.
    const content = attribs.content ?? attribs.value ?? '';
    const key = (attribs.property ?? attribs.name ?? attribs.itemprop ?? '').trim().toLowerCase();
    if (attribs['http-equiv']?.toLowerCase() === 'content-language') this.out.contentLanguage ??= content;
    if (key !== '' && content !== '') this.out.metas.push({ key, content: content.trim(), inHead: this.inHead });
    // A meta may carry two names at once (name for Twitter, property for Open Graph).
    if (attribs.property && attribs.name && content !== '')
      this.out.metas.push({ key: attribs.name.trim().toLowerCase(), content: content.trim(), inHead: this.inHead });
  }

  private headLink(attribs: Record<string, string>): void {
    const { rel, href } = attribs;
    if (!rel || !href || this.out.headLinks.length > 500) return;
    this.out.headLinks.push({
      rel: rel.toLowerCase(),
      href,
      type: (attribs.type ?? '').toLowerCase(),
      title: attribs.title ?? '',
      hreflang: attribs.hreflang ?? '',
    });
  }

  private noteAuthor(element: Element, box: Box): void {
    const { attribs } = element;
    const how =
      attribs.itemprop && /\bauthor\b|\bcreator\b/i.test(attribs.itemprop)
        ? 'itemprop'
        : attribs.rel && /\bauthor\b/i.test(attribs.rel)
          ? 'rel'
          : attribs.class !== undefined && (this.hintsOf(element).bits & HINT.author) !== 0
            ? 'class'
            : attribs.href !== undefined &&
                /\/(?:authors?|autor(?:en|es)?|auteurs?|people|staff|contributors?|redakteure?|profile|tac-gia)\//i.test(
                  attribs.href,
                )
              ? 'href'
              : attribs.id !== undefined && /author|byline/i.test(attribs.id)
                ? 'class'
                : null;
    if (how !== null && this.out.authorElements.length < 300)
      this.out.authorElements.push({ element, box, at: this.out.blocks.length, how });
  }

  private noteTime(element: Element, box: Box): void {
    if (this.out.times.length >= 500) return;
    const { attribs, name } = element;
    const itemprop = attribs.itemprop ?? attribs.property ?? '';
    const push = (value: string, attribute: string): void => {
      this.out.times.push({
        element,
        value,
        attribute,
        box,
        at: this.out.blocks.length,
        itemprop: itemprop.toLowerCase(),
        words: this.hintsOf(element).words.join(' '),
      });
    };
    for (const attribute in attribs) {
      const value = attribs[attribute];
      if (value && value.length < 60 && DATE_ATTRIBUTES.has(attribute)) {
        push(value, attribute);
        break;
      }
    }
    if (itemprop !== '' && attribs.content && /date|published|modified|created/i.test(itemprop))
      push(attribs.content, 'content');
    if (
      (name === 'abbr' || name === 'span' || name === 'time') &&
      attribs.title &&
      /\d{4}|\d{1,2}:\d{2}/.test(attribs.title)
    )
      push(attribs.title.slice(0, 60), 'title');
  }
}

const NO_WORDS: { words: readonly string[]; bits: number } = { words: [], bits: 0 };

/** The best address an image element gives: lazy-loading attributes before a placeholder `src`. */
export function imageSource(attribs: Record<string, string>): string | null {
  const candidates = [
    attribs['data-src'],
    attribs['data-original'],
    attribs['data-lazy-src'],
    attribs['data-url'],
    attribs.src,
  ];
  for (const candidate of candidates)
    if (
      candidate &&
      !candidate.startsWith('data:') &&
      !/\b(?:blank|placeholder|spacer|pixel|transparent)\b/i.test(candidate)
    )
      return candidate;
  const set = attribs.srcset ?? attribs['data-srcset'];
  const first = set?.trim().split(/\s+/)[0];
  return first && !first.startsWith('data:') ? first.replace(/,$/, '') : null;
}

/** Most characters `plainText` gathers: names, link texts and titles are shorter, and nested calls stay linear. */
const MAX_PLAIN = 1_000;

/** The text of an element and its descendants, at most about 1,000 characters; depth is bounded by the DOM's cap. */
export function plainText(element: Element): string {
  let text = '';
  for (const child of element.children) {
    if (text.length > MAX_PLAIN) break;
    if (child instanceof Text) text += child.data.slice(0, MAX_PLAIN);
    else if (child instanceof Element && child.name !== 'script' && child.name !== 'style')
      text += INLINE.has(child.name) && child.name !== 'br' ? plainText(child) : ` ${plainText(child)} `;
  }
  return text;
}

/** Walks a page's DOM and returns what was found. */
export function survey(dom: Dom): Survey {
  const surveyor = new Surveyor();
  const root: Box = {
    element: null,
    name: '#root',
    parent: null,
    depth: 0,
    own: 0,
    hints: 0,
    words: [],
    directBlocks: 0,
    blocks: 0,
    chars: 0,
    linkChars: 0,
    proseChars: 0,
    proseBlocks: 0,
    kids: 0,
    hidden: false,
  };
  surveyor.out.boxes.push(root);
  surveyor.walkChildren(dom.document, root);
  surveyor.finish(root);
  return surveyor.out;
}
