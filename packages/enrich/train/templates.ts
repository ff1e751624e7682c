/** Makes annotated documents out of the project's own sentence templates by filling their slots at random. */
import { readdirSync, readFileSync } from 'node:fs';
import type { GoldDocument, GoldMention } from './corpus.ts';
import { type Pools, pick } from './pools.ts';
import { slotValue } from './slots.ts';

/** The template lines of a folder: one article each. */
export function readTemplates(folder: URL): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.txt'))
    .sort()
    .flatMap((file) => readFileSync(new URL(file, folder), 'utf8').split('\n'))
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
}

/** Text under construction with its mentions. */
class Draft {
  text = '';
  readonly entities: GoldMention[] = [];
  #open: number | null = null;

  add(text: string): void {
    this.text += text;
  }
  addMention(text: string, type: string): void {
    if (this.#open === null) this.entities.push({ start: this.text.length, end: this.text.length + text.length, type });
    this.text += text;
  }
  open(): void {
    this.#open = this.text.length;
  }
  close(type: string): void {
    if (this.#open !== null) this.entities.push({ start: this.#open, end: this.text.length, type });
    this.#open = null;
  }
}

const PIECE = /\{([A-Z0-9]+)(?::([a-z]))?\}|\[|\|(?:PER|ORG|LOC|MISC)\]|[^{[|]+|./gu;

/** One document from one template line. */
export function fill(template: string, id: string, lang: string, pools: Pools, random: () => number): GoldDocument {
  const draft = new Draft();
  const values = new Map<string, string>();
  for (const [piece, slot, name] of template.replaceAll(' // ', '\n').matchAll(PIECE)) {
    if (piece === '[') draft.open();
    else if (piece.startsWith('|') && piece.endsWith(']')) draft.close(piece.slice(1, -1));
    else if (slot === undefined) draft.add(piece);
    else {
      for (const part of slotValue(slot, name, values, pools, random)) {
        if (part.type === undefined) draft.add(part.text);
        else draft.addMention(part.text, part.type);
      }
    }
  }
  return { id, lang, source: 'template', silver: true, text: draft.text, entities: draft.entities };
}

/** Documents of two to four template lines each, `copies` fillings of every line. */
export function fillAll(
  templates: readonly string[],
  copies: number,
  lang: string,
  pools: Pools,
  random: () => number,
): GoldDocument[] {
  const documents: GoldDocument[] = [];
  for (let copy = 0; copy < copies; copy++) {
    for (const [line, template] of templates.entries()) {
      const document = fill(template, `template-${lang}-${copy}-${line}`, lang, pools, random);
      documents.push(random() < 0.3 ? dropSentences(document, random) : document);
    }
  }
  return documents;
}

/** The document without some of its sentences, so that no order of sentences is learned. */
function dropSentences(document: GoldDocument, random: () => number): GoldDocument {
  const cuts = [...document.text.matchAll(/\. (?=\p{Lu})|\n/gu)].map((match) => match.index + match[0].length);
  const cut = cuts.length === 0 ? 0 : pick(cuts, random);
  const entities = document.entities.filter(({ start, end }) => start >= cut || end <= cut);
  return {
    ...document,
    text: document.text.slice(cut),
    entities: entities
      .filter(({ start }) => start >= cut)
      .map((mention) => ({ ...mention, start: mention.start - cut, end: mention.end - cut })),
  };
}
