/** Walks the DOM once, in document order, and notes all that later steps decide on: blocks, boxes, metas, links, images, times. */
import { type ChildNode, Element, Text } from 'domhandler';
import type { Dom } from './dom.ts';
import { classWords, HINT, hintsOfTag, hintsOfWords } from './hints.ts';
import { type ElementHints, noteAuthor, noteHeadLink, noteMeta, noteScript, noteTime } from './survey-notes.ts';
import { INLINE, imageSource, plainText, tidy } from './survey-text.ts';
import { type Block, type Box, rootBox, type Survey } from './survey-types.ts';

export type { Block, Box, PageImage, PageLink, PageMeta, PageTime, Survey } from './survey-types.ts';

/** Shortest block that counts as prose, in characters. */
export const PROSE_CHARS = 80;
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
const HIDDEN_STYLE = /display\s*:\s*none|visibility\s*:\s*hidden/i;
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
  private readonly hints = (element: Element): ElementHints => this.hintsOf(element);

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
        if (!this.inHead)
          this.addText(child.data.includes('\n') && box.name !== 'pre' ? child.data.replace(/\s+/g, ' ') : child.data);
      } else if (child instanceof Element) this.visit(child, box);
    }
  }

  private visit(element: Element, box: Box): void {
    const { name, attribs } = element;
    switch (name) {
      case 'script':
        noteScript(this.out, element);
        return;
      case 'meta':
        noteMeta(this.out, attribs, this.inHead);
        return;
      case 'link':
        noteHeadLink(this.out, attribs);
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
    noteAuthor(this.out, element, box, this.hints);
    noteTime(this.out, element, box, this.hints);
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
}

const NO_WORDS: { words: readonly string[]; bits: number } = { words: [], bits: 0 };

/** Walks a page's DOM and returns what was found. */
export function survey(dom: Dom): Survey {
  const surveyor = new Surveyor();
  const root = rootBox();
  surveyor.out.boxes.push(root);
  surveyor.walkChildren(dom.document, root);
  surveyor.finish(root);
  return surveyor.out;
}
