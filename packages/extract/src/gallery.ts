/** Reads picture galleries: the pictures that are the page's own, each with the blocks that are its caption. */
import type { PageFacts } from './facts.ts';
import { HINT } from './hints.ts';
import { GALLERY_PATH, GALLERY_TITLE } from './kind/kind-words.ts';
import { CREDIT_LINE, FURNITURE_LINE } from './labels.ts';
import type { Block, Box, PageImage } from './survey-types.ts';
import { countWords, keyOf } from './words.ts';

/** Fewest pictures of a gallery that says it is one, and of one that does not. */
const MIN_NAMED = 4;
const MIN_UNNAMED = 8;
/** More words than this outside the captions make an article with pictures. */
const MOST_WORDS = 250;
const MOST_WORDS_UNNAMED = 60;
/** Longest block of a caption, and longest caption, in characters: what is longer is a section with a picture. */
const MAX_BLOCK = 500;
const MAX_CAPTION = 900;
/** A linked line of this length is a headline that leads to another page. */
const HEADLINE_CHARS = 20;
const NOT_OWN =
  HINT.related |
  HINT.sidebar |
  HINT.nav |
  HINT.ad |
  HINT.comment |
  HINT.footer |
  HINT.share |
  HINT.author |
  HINT.consent;
const DECLARED = ['ImageGallery', 'MediaGallery', 'ImageObjectGallery'];

/** A picture of a gallery with its caption; a caption may be missing. */
export type Picture = { image: PageImage; caption: Block[] };

/** A gallery: its pictures, and whether the page calls itself one. */
export type Gallery = { pictures: Picture[]; captioned: number };

/** The boxes that hold a single picture each, the outermost ones: the picture and its caption. */
function cells(images: readonly PageImage[]): Map<PageImage, Box | null> {
  const counts = new Map<Box, number>();
  for (const { box } of images)
    for (let up: Box | null = box; up; up = up.parent) counts.set(up, (counts.get(up) ?? 0) + 1);
  return new Map(
    images.map((image) => {
      let cell: Box | null = null;
      for (let up: Box | null = image.box; up && counts.get(up) === 1; up = up.parent) cell = up;
      return [image, cell];
    }),
  );
}

/** Pictures that are shown for themselves: no teasers, no portraits, no signs. */
function ownPictures(facts: PageFacts): PageImage[] {
  const { images, tape } = facts.survey;
  const side = (image: PageImage, name: 'width' | 'height'): number =>
    Number.parseInt(tape.attribute(image.node, name) ?? '', 10);
  const seen = new Set<string>();
  return images.filter((image) => {
    if (image.inNoscript || image.box.hidden || (image.box.hints & NOT_OWN) !== 0 || seen.has(image.src)) return false;
    if (side(image, 'width') < 200 || side(image, 'height') < 150) return false;
    seen.add(image.src);
    return true;
  });
}

/**
 * The pictures of a page with their captions, in page order; null where there are too few to make a gallery.
 *
 * @param title block of the headline, which is no caption
 */
export function findPictures(facts: PageFacts, title: number): Gallery | null {
  if (facts.survey.images.length < MIN_NAMED) return null;
  const images = ownPictures(facts);
  if (images.length < MIN_NAMED) return null;
  const cellOf = cells(images);
  const byBox = new Map<Box, Block[]>();
  const wanted = new Set([...cellOf.values()].filter((cell) => cell !== null));
  for (const block of facts.survey.blocks) {
    if (block.index === title) continue;
    for (let up: Box | null = block.box; up; up = up.parent)
      if (wanted.has(up)) {
        const list = byBox.get(up);
        if (list) list.push(block);
        else byBox.set(up, [block]);
        break;
      }
  }
  const pictures: Picture[] = [];
  const said = new Set<string>();
  for (const [image, cell] of cellOf) {
    const blocks = cell ? (byBox.get(cell) ?? []) : [];
    // A picture beside a linked headline is a teaser of another page.
    if (cell && (cell.linkChars * 2 > cell.chars || blocks.some(isHeadline))) continue;
    const caption = (cell?.chars ?? 0) <= MAX_CAPTION ? blocks.filter((block) => isCaption(block, said)) : [];
    pictures.push({ image, caption });
  }
  if (pictures.length < MIN_NAMED || pictures.length * 2 < images.length) return null;
  return { pictures, captioned: pictures.filter((one) => one.caption.length > 0).length };
}

const isHeadline = (block: Block): boolean =>
  block.text.length >= HEADLINE_CHARS && block.linkChars * 2 > block.text.length;

function isCaption(block: Block, said: Set<string>): boolean {
  const { text } = block;
  const key = keyOf(text);
  if (key === '' || /^\d+(?:of|von|de|sur|trên|iz|z)?\d*$/u.test(key) || said.has(key)) return false;
  if (text.length > MAX_BLOCK || CREDIT_LINE.test(text) || FURNITURE_LINE.test(text)) return false;
  if ((block.box.hints & (NOT_OWN | HINT.hidden)) !== 0 || block.linkChars * 2 > text.length) return false;
  said.add(key);
  return true;
}

/**
 * Whether a page with these pictures is a gallery rather than an article with pictures.
 *
 * @param keep marks of the body that the general way found
 */
export function isGallery(facts: PageFacts, gallery: Gallery, keep: readonly boolean[]): boolean {
  const { linked, metas, context, survey } = facts;
  const { length } = gallery.pictures;
  const isDeclared =
    DECLARED.some((type) => linked.types.has(type)) || /gallery/i.test(metas.get('og:type')?.[0] ?? '');
  // What somebody knows to be an article is believed, unless the page itself says better.
  if (context.asArticle && !isDeclared) return false;
  const captions = new Set(gallery.pictures.flatMap(({ caption }) => caption.map((block) => block.index)));
  const words = survey.blocks.reduce(
    (sum, block) => sum + (keep[block.index] && !captions.has(block.index) ? countWords(block.text) : 0),
    0,
  );
  const isNamed = isDeclared || GALLERY_PATH.test(context.url) || GALLERY_TITLE.test(survey.title ?? '');
  if (isNamed) return words <= MOST_WORDS;
  return length >= MIN_UNNAMED && gallery.captioned * 2 >= length && words <= MOST_WORDS_UNNAMED;
}
