/** Puts together text and structure of a picture gallery: pictures and paragraphs in page order, each caption the text of its picture. */
import type { BodyPart } from '@newsloom/model';
import type { PageFacts } from '../facts.ts';
import type { Picture } from '../gallery.ts';
import type { Block } from '../survey.ts';
import { absoluteUrl, oneLine } from '../words.ts';
import { partOf } from './parts.ts';

/** Longest text that stands in for a picture, in characters. */
const MAX_ALT = 600;

type Item = { at: number; picture: Picture } | { at: number; block: Block };

/**
 * @param keep marks by block of what the general way keeps
 * @returns the text, paragraphs and captions apart by a blank line, and its parts; a picture spans its caption
 */
export function galleryParts(
  facts: PageFacts,
  pictures: readonly Picture[],
  keep: readonly boolean[],
): { text: string; parts: BodyPart[] } {
  const captions = new Set(pictures.flatMap(({ caption }) => caption));
  const items: Item[] = [
    ...pictures.map((picture) => ({ at: picture.image.at - 0.5, picture })),
    ...facts.survey.blocks
      .filter((block) => keep[block.index] === true && !captions.has(block))
      .map((block) => ({ at: block.index, block })),
  ].sort((a, b) => a.at - b.at);
  let text = '';
  const parts: BodyPart[] = [];
  const add = (more: string): { start: number; end: number } => {
    const start = text === '' || more === '' ? text.length : text.length + 2;
    if (more !== '') text += `${text === '' ? '' : '\n\n'}${more}`;
    return { start, end: text.length };
  };
  for (const item of items) {
    if ('block' in item) {
      parts.push(partOf(facts, { block: item.block, ...add(item.block.text) }, new Set()));
      continue;
    }
    const { image, caption } = item.picture;
    const src = absoluteUrl(image.src, facts.base);
    const said = oneLine(caption.map((block) => block.text).join(' '));
    const place = add(said);
    const alt = oneLine(facts.survey.tape.attribute(image.node, 'alt') ?? '').slice(0, MAX_ALT);
    if (src !== null) parts.push({ kind: 'image', ...place, inside: [], src, alt, caption: said });
    else if (said !== '') parts.push({ kind: 'paragraph', ...place, inside: [], marks: [] });
  }
  return { text, parts };
}
