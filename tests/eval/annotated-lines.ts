/** Texts with names marked in place, `[Hà Nội|LOC]`, one text a line; `#` begins a comment. */
import { readFileSync } from 'node:fs';

/** A text with its names. */
export type AnnotatedText = {
  id: string;
  lang: string;
  text: string;
  entities: { start: number; end: number; type: string }[];
};

/** Reads a file of such lines; ids are made of `lang` and the line's place. */
export function readAnnotatedLines(file: URL, lang: string): AnnotatedText[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line, i) => {
      const entities: AnnotatedText['entities'] = [];
      let text = '';
      for (const [piece, name, type] of line.matchAll(/\[([^|\]]+)\|([A-Z]+)\]|[^[]+|\[/g)) {
        if (name === undefined || type === undefined) text += piece;
        else {
          entities.push({ start: text.length, end: text.length + name.length, type });
          text += name;
        }
      }
      return { id: `${lang}-${i}`, lang, text, entities };
    });
}
