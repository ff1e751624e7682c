/** Copies of documents as the web mangles them: without diacritics, or with headlines in capitals. */
import { fold } from '../src/text/index.ts';
import type { GoldDocument } from './corpus.ts';

/** The text without diacritics, case kept; the same length for Vietnamese in NFC. */
function bare(text: string): string {
  let result = '';
  for (const character of text) {
    const folded = fold(character);
    result +=
      folded.length === character.length
        ? character === character.toLowerCase()
          ? folded
          : folded.toUpperCase()
        : character;
  }
  return result;
}

/** Changed copies of a share of the documents; offsets stay as they are. */
export function augment(documents: readonly GoldDocument[], share: number, random: () => number): GoldDocument[] {
  return documents
    .filter(() => random() < share)
    .map((document) => {
      if (random() < 0.6) return { ...document, id: `${document.id}-bare`, text: bare(document.text) };
      return shouted(document) ?? document;
    });
}

/** The first sentence in capitals, as a headline; null where capitals change its length (`ß`). */
function shouted(document: GoldDocument): GoldDocument | null {
  const sentence = /[.!?]\s|\n/u.exec(document.text);
  const end = sentence ? sentence.index + 1 : document.text.length;
  const head = document.text.slice(0, end).toUpperCase();
  if (head.length !== end) return null;
  const entities = document.entities.filter((mention) => mention.end <= end);
  return { ...document, id: `${document.id}-capitals`, text: head, entities };
}

/** The first sentences of a share of the documents, in capitals. */
export function shout(documents: readonly GoldDocument[], share: number, random: () => number): GoldDocument[] {
  return documents
    .filter(() => random() < share)
    .map(shouted)
    .filter((document) => document !== null);
}
