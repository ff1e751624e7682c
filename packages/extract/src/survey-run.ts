/** Gathers the inline content between two block boundaries, and makes a block of it. */
import { tidy } from './survey-text.ts';
import type { Block, Box } from './survey-types.ts';

/** Shortest block that counts as prose, in characters. */
export const PROSE_CHARS = 80;
/** Longest text of one block, in characters; the longest paragraph of the development corpus has 21,000. */
const MAX_BLOCK = 200_000;
/** Most characters gathered of a link's text; 300 of them are kept. */
const MAX_LINK_TEXT = 1_200;

/** The run at hand. */
export class Run {
  /** Links and bold elements that are open, and the text inside the outermost link. */
  inLink = 0;
  inBold = 0;
  linkText = '';
  /** Links ended, hints of inline elements, images. */
  links = 0;
  inline = 0;
  images = 0;
  /** The token the run begins at. */
  from = 0;
  private text = '';
  private linkChars = 0;
  private bold = 0;
  private breaks = 0;

  /** Adds text; white space at the start of a run is nothing. */
  add(data: string): void {
    if (this.breaks > 0 && data.trim() !== '') this.breaks = 0;
    this.text = this.text === '' ? data : this.text + data;
    if (this.inLink === 0 && this.inBold === 0) return;
    const size = data.trim().length;
    if (this.inLink > 0) {
      this.linkChars += size;
      this.addLinkText(data);
    }
    if (this.inBold > 0) this.bold += size;
  }

  /** Adds white space between elements. */
  addBlank(): void {
    if (this.text !== '') this.text += ' ';
    if (this.inLink > 0) this.addLinkText(' ');
  }

  /** Adds a line break; true where it is the second in a row, which parts blocks. */
  addBreak(): boolean {
    if (this.inLink > 0) this.addLinkText(' ');
    if (++this.breaks >= 2) return true;
    if (this.text !== '') this.text += '\n';
    return false;
  }

  private addLinkText(data: string): void {
    if (this.linkText.length < MAX_LINK_TEXT) this.linkText += data;
  }

  /**
   * Ends the run before a token and begins the next one there.
   *
   * @returns its block, counted in its box, or null where it holds no text.
   */
  end(before: number, box: Box, index: number): Block | null {
    const raw = this.text;
    let block: Block | null = null;
    if (raw !== '') {
      const text = tidy(raw.length > MAX_BLOCK ? raw.slice(0, MAX_BLOCK) : raw);
      if (text !== '') {
        const linkChars = Math.min(this.linkChars, text.length);
        const bold = Math.min(this.bold, text.length);
        const { links, inline, images, from } = this;
        block = { index, box, text, linkChars, links, inline, bold, images, from, to: before };
        box.blocks++;
        box.chars += text.length;
        box.linkChars += linkChars;
        if (text.length >= PROSE_CHARS && linkChars * 2 < text.length) box.proseChars += text.length;
      }
    }
    this.text = '';
    this.from = before;
    this.linkChars = 0;
    this.links = 0;
    this.inline = 0;
    this.bold = 0;
    this.images = 0;
    this.breaks = 0;
    if (this.inLink > 0) this.addLinkText(' ');
    return block;
  }
}
