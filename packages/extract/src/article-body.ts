/** Puts together the body of an article: its visible text, a live report's entries, a gallery's captions, or a hidden text. */
import type { BodyPart, FieldOrigin } from '@newsloom/model';
import type { PageFacts } from './facts.ts';
import { findPictures, type Gallery, isGallery } from './gallery.ts';
import { hiddenBody, plain } from './hidden-body.ts';
import { findReport, type LiveLine, saysLive, updatesText } from './live.ts';
import { type BodyChoice, placeBody } from './render.ts';
import { galleryParts } from './structure/gallery-parts.ts';
import { bodyParts, plainParts } from './structure/parts.ts';
import { countWords } from './words.ts';

/** A body with where it came from, and its structure for those who ask. */
export type Body = {
  text: string;
  origin: FieldOrigin;
  parts: () => BodyPart[];
  /** What the page is, where its body tells that. */
  kind: 'live' | 'gallery' | null;
  /** Marks by block of what is in the body; none where it was not visible. */
  keep: readonly boolean[];
  /** Blocks that are captions of a gallery. */
  captions: ReadonlySet<number>;
};

const NO_CAPTIONS: ReadonlySet<number> = new Set();

const words = (text: string): string => `${countWords(text)} words`;

/** The body of a page whose blocks have been chosen. */
export function readBody(facts: PageFacts, choice: BodyChoice, title: { text: string; block: number } | null): Body {
  const { text: visible, placed } = placeBody(facts.survey.blocks, choice.keep);
  const live = liveBody(facts, choice, title, visible);
  if (live) return live;
  const gallery = findPictures(facts, title?.block ?? -1);
  if (gallery && isGallery(facts, gallery, choice.keep)) return galleryBody(facts, gallery, choice, visible);
  const { chosen, others } = hiddenBody(facts, visible);
  const over = others.map(({ from, at, text }) => ({ from, value: `${at}, ${words(text)}` }));
  if (chosen) {
    const beaten = [...(visible === '' ? [] : [{ from: 'visible', value: words(visible) }]), ...over];
    return {
      text: chosen.text,
      origin: { from: chosen.from, at: chosen.at, ...(beaten.length > 0 && { over: beaten }) },
      parts: () => plainParts(chosen.text),
      kind: null,
      keep: [],
      captions: NO_CAPTIONS,
    };
  }
  const kept = choice.keep.filter(Boolean).length;
  return {
    text: visible,
    origin: { from: 'visible', at: `${kept} of ${choice.keep.length} blocks`, ...(over.length > 0 && { over }) },
    parts: () => bodyParts(facts, placed),
    kind: null,
    keep: choice.keep,
    captions: NO_CAPTIONS,
  };
}

function liveBody(
  facts: PageFacts,
  choice: BodyChoice,
  title: { text: string; block: number } | null,
  visible: string,
): Body | null {
  if (!saysLive(facts, title?.text ?? null)) return null;
  const report = findReport(facts, choice.keep, title?.text ?? null);
  const shown = report && placeBody(facts.survey.blocks, report.keep, report.times);
  const updates = facts.linked.updates.map((one) => ({ ...one, text: plain(one.text) }));
  const lines = updatesText(updates, shown?.text ?? visible);
  if (lines) {
    const text = lines.map((line) => line.text).join('\n\n');
    const beaten = shown?.text ?? visible;
    const over = beaten === '' ? {} : { over: [{ from: 'visible', value: words(beaten) }] };
    return {
      text,
      origin: { from: 'json-ld', at: `liveBlogUpdate, ${updates.length} entries`, ...over },
      parts: () => lineParts(lines),
      kind: 'live',
      keep: [],
      captions: NO_CAPTIONS,
    };
  }
  if (!report || !shown) return null;
  return {
    text: shown.text,
    origin: { from: 'visible', at: `${report.entries} timed entries` },
    parts: () => bodyParts(facts, shown.placed, new Set(report.times.keys())),
    kind: 'live',
    keep: report.keep,
    captions: NO_CAPTIONS,
  };
}

/** Level of the subheads of entries: below the headline, and below a part of the page. */
const ENTRY_LEVEL = 3;

function lineParts(lines: readonly LiveLine[]): BodyPart[] {
  let start = 0;
  return lines.map(({ text, subhead }) => {
    const at = { start, end: start + text.length, inside: [], marks: [] };
    start = at.end + 2;
    return subhead ? { kind: 'heading', level: ENTRY_LEVEL, ...at } : { kind: 'paragraph', ...at };
  });
}

function galleryBody(facts: PageFacts, gallery: Gallery, choice: BodyChoice, visible: string): Body {
  const { text, parts } = galleryParts(facts, gallery.pictures, choice.keep);
  const at = `${gallery.pictures.length} pictures, ${gallery.captioned} captions`;
  const over = visible === '' || visible === text ? {} : { over: [{ from: 'visible', value: words(visible) }] };
  const captions = new Set(gallery.pictures.flatMap(({ caption }) => caption.map((block) => block.index)));
  const origin = { from: 'visible', at, ...over };
  return { text, origin, parts: () => parts, kind: 'gallery', keep: choice.keep, captions };
}
