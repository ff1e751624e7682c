/** Walks a page's tape once, in document order, and notes all that later steps decide on: blocks, boxes, metas, links, images, times. */
import { HASH_FACTOR } from './characters.ts';
import { ClassReader, type ClassWords, HINT, hintsOfTag } from './hints.ts';
import {
  NOTED,
  noteAuthor,
  noteHeadLink,
  noteImage,
  noteLink,
  noteMeta,
  noteScript,
  noteTime,
} from './survey-notes.ts';
import { Run } from './survey-run.ts';
import { tidy, unbroken } from './survey-text.ts';
import { type Box, rootBox, type Survey } from './survey-types.ts';
import { ATTRIBUTE, flagsOf, maskBit, TAG_IS, TAG_NAMES, tagNumber } from './tags.ts';
import { END, type Tape, TEXT, TEXT_IS } from './tape.ts';

export type { Block, Box, PageImage, PageLink, PageMeta, PageTime, Survey } from './survey-types.ts';

const HIDDEN_STYLE = /display\s*:\s*none|visibility\s*:\s*hidden/i;

const STYLE = maskBit(ATTRIBUTE.style);
const HIDDEN = maskBit(ATTRIBUTE.hidden);
const ARIA_HIDDEN = maskBit(ATTRIBUTE['aria-hidden']);
const ITEMPROP = maskBit(ATTRIBUTE.itemprop);
const ROLE = maskBit(ATTRIBUTE.role);
const HREF = maskBit(ATTRIBUTE.href);

const T = Object.fromEntries(TAG_NAMES.map((name) => [name, tagNumber(name)])) as Record<string, number>;
const A = T.a as number;
const B = T.b as number;
const BUTTON = T.button as number;
const STRONG = T.strong as number;
/** Elements with a reading of their own; all others are inline, skipped or blocks. */
const SPECIAL = new Uint8Array(TAG_NAMES.length);
for (const name of 'script meta link base title head html body br img amp-img input iframe video noscript article'.split(
  ' ',
))
  SPECIAL[tagNumber(name)] = 1;

/** What an open element undoes when it ends. */
const AS = { nothing: 0, block: 1, inline: 2, head: 3 } as const;
type Frame = {
  as: number;
  node: number;
  tag: number;
  box: Box;
  inLink: number;
  named: ClassWords;
  linkFrom: number;
  isLink: boolean;
};

/** One walk's running state. */
class Surveyor {
  readonly out: Survey;
  private readonly tape: Tape;
  private readonly classes: ClassReader;
  /** The open elements, the outermost first; those beyond the depth are used again. */
  private readonly frames: Frame[] = [];
  private depth = 0;
  private box: Box = rootBox();
  private readonly current = new Run();
  private inHead = false;
  private inNoscript = 0;

  constructor(tape: Tape) {
    this.tape = tape;
    this.classes = new ClassReader(tape);
    this.out = {
      tape,
      blocks: [],
      boxes: [this.box],
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
  }

  run(): Survey {
    const { tape } = this;
    const { count } = tape;
    for (let at = 0; at < count; at++) {
      const kind = tape.kind(at);
      if (kind === TEXT) {
        if (!this.inHead) this.addText(at);
      } else if (kind === END) this.leave(at);
      else if (!this.enter(at, kind)) at = tape.endOf(at);
    }
    this.flush(count);
    return this.out;
  }

  private flush(before: number): void {
    const { blocks } = this.out;
    const block = this.current.end(before, this.box, blocks.length);
    if (block) blocks.push(block);
  }

  private addText(at: number): void {
    const { tape } = this;
    if (tape.textIs(at) === TEXT_IS.blank) {
      this.current.addBlank();
      return;
    }
    const data = tape.text(at);
    this.current.add(this.box.name !== 'pre' && data.includes('\n') ? unbroken(data) : data);
  }

  private push(as: number, node: number, tag: number, named: ClassWords): Frame {
    const { box, current } = this;
    const depth = this.depth++;
    let frame = this.frames[depth];
    if (frame === undefined) {
      frame = { as, node, tag, box, inLink: 0, named, linkFrom: 0, isLink: false };
      this.frames.push(frame);
    }
    frame.as = as;
    frame.node = node;
    frame.tag = tag;
    frame.box = box;
    frame.inLink = current.inLink;
    frame.named = named;
    frame.linkFrom = 0;
    frame.isLink = false;
    return frame;
  }

  /** Begins an element; false where its content is not to be read. */
  private enter(node: number, tag: number): boolean {
    const flags = flagsOf(tag);
    if (tag < SPECIAL.length && SPECIAL[tag] === 1) {
      const go = this.special(node, tag);
      if (go !== null) return go;
    }
    if ((flags & TAG_IS.skipped) !== 0) return false;
    if (this.inHead) {
      // A stray element in the head (an ad, a misplaced div) still may hold metas.
      this.push(AS.nothing, node, tag, this.classes.none);
      return true;
    }
    const { tape } = this;
    const mask = tape.mask(node);
    const named = this.classes.read(node, mask);
    if ((mask & NOTED) !== 0) {
      noteAuthor(this.out, node, this.box, named.bits);
      noteTime(this.out, node, tag, this.box);
    }
    if ((flags & TAG_IS.inline) === 0) {
      this.enterBlock(node, tag, mask, named);
      return true;
    }
    if ((mask & STYLE) !== 0 && HIDDEN_STYLE.test(tape.attributeOf(node, ATTRIBUTE.style) ?? '')) return false;
    const frame = this.push(AS.inline, node, tag, named);
    if (tag === A && (mask & HREF) !== 0) {
      frame.isLink = true;
      if (this.current.inLink++ === 0) this.current.linkText = '';
      frame.linkFrom = this.current.linkText.length;
    } else if (tag === B || tag === STRONG) this.current.inBold++;
    return true;
  }

  /** Elements with a reading of their own: whether to read their content, or null where they are read as others too. */
  private special(node: number, tag: number): boolean | null {
    const { tape, out } = this;
    switch (tape.nameOf(tag)) {
      case 'script':
        noteScript(out, tape, node);
        return false;
      case 'meta':
        noteMeta(out, tape, node);
        return false;
      case 'link':
        noteHeadLink(out, tape, node);
        return false;
      case 'base':
        out.baseHref ??= tape.attributeOf(node, ATTRIBUTE.href) ?? null;
        return false;
      case 'title':
        if (out.title === null && (this.inHead || this.box.depth < 3)) {
          const text = tape.endOf(node) > node + 1 ? tape.text(node + 1) : '';
          out.title = tidy(text.slice(0, 1_000)).replace(/\n/g, ' ');
        }
        return false;
      case 'head':
        this.push(AS.head, node, tag, this.classes.none);
        this.inHead = true;
        return true;
      case 'html':
        out.htmlLang ??=
          tape.attributeOf(node, ATTRIBUTE.lang) || tape.attributeOf(node, ATTRIBUTE['xml:lang']) || null;
        return null;
      case 'body':
        this.inHead = false;
        return null;
      case 'br':
        if (this.current.addBreak()) this.flush(node);
        return false;
      case 'img':
      case 'amp-img':
        this.current.images++;
        noteImage(out, node, this.box, this.inNoscript > 0);
        return false;
      case 'input':
        if (tape.attributeOf(node, ATTRIBUTE.type) === 'password') out.passwordField = true;
        return false;
      case 'iframe':
      case 'video':
        out.videoPlayers++;
        return false;
      case 'noscript':
        this.inNoscript++;
        this.enterBlock(node, tag, tape.mask(node), this.classes.read(node, tape.mask(node)));
        return true;
      case 'article':
        out.articleElements++;
        return null;
      default:
        return null;
    }
  }

  private enterBlock(node: number, tag: number, mask: number, named: ClassWords): void {
    this.flush(node);
    const { tape, box: parent } = this;
    const name = tape.nameOf(tag);
    let own = named.bits | hintsOfTag(tag, (mask & ROLE) === 0 ? undefined : tape.attributeOf(node, ATTRIBUTE.role));
    const hidden =
      parent.hidden ||
      (mask & HIDDEN) !== 0 ||
      ((mask & STYLE) !== 0 && HIDDEN_STYLE.test(tape.attributeOf(node, ATTRIBUTE.style) ?? '')) ||
      ((mask & ARIA_HIDDEN) !== 0 && tape.attributeOf(node, ATTRIBUTE['aria-hidden']) === 'true');
    if ((mask & ITEMPROP) !== 0) {
      const itemprop = tape.attributeOf(node, ATTRIBUTE.itemprop) ?? '';
      if (/articleBody|reviewBody/i.test(itemprop)) own |= HINT.content;
      if (/headline/i.test(itemprop)) own |= HINT.title;
      if (/comment/i.test(itemprop)) own |= HINT.comment;
    }
    const box: Box = {
      index: this.out.boxes.length,
      node,
      name,
      parent,
      depth: parent.depth + 1,
      own,
      hints: parent.hints | own,
      tag,
      words: named.words,
      wordsAt: named.at,
      shape: Math.imul(named.shape ^ tag, HASH_FACTOR),
      blocks: 0,
      chars: 0,
      linkChars: 0,
      proseChars: 0,
      kids: 0,
      hidden,
    };
    parent.kids++;
    this.out.boxes.push(box);
    this.push(AS.block, node, tag, named);
    this.box = box;
    this.current.from = node + 1;
  }

  private leave(end: number): void {
    if (this.depth === 0) return;
    const frame = this.frames[--this.depth] as Frame;
    if (frame.as === AS.block) {
      this.flush(end);
      const { box } = this;
      const parent = frame.box;
      parent.blocks += box.blocks;
      parent.chars += box.chars;
      parent.linkChars += box.linkChars;
      parent.proseChars += box.proseChars;
      this.box = parent;
      this.current.inLink = frame.inLink;
      this.current.from = end + 1;
      if (box.name === 'noscript') this.inNoscript--;
    } else if (frame.as === AS.inline) this.leaveInline(frame);
    else if (frame.as === AS.head) this.inHead = false;
  }

  private leaveInline(frame: Frame): void {
    const { node, tag, named } = frame;
    const { current } = this;
    const mask = this.tape.mask(node);
    if (tag === B || tag === STRONG) current.inBold--;
    else if (frame.isLink) {
      current.inLink--;
      noteLink(this.out, node, current.linkText.slice(frame.linkFrom), this.box);
      current.links++;
    } else if (tag === BUTTON) current.inline |= HINT.nav;
    current.inline |=
      named.bits | hintsOfTag(tag, (mask & ROLE) === 0 ? undefined : this.tape.attributeOf(node, ATTRIBUTE.role));
  }
}

/** Walks a page's tape and returns what was found. */
export function survey(tape: Tape): Survey {
  return new Surveyor(tape).run();
}
