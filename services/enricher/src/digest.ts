/** A document in short: keywords, summary, and the languages of its passages where there is more than one. */
import { keywordsOf, summaryOf } from '@newsloom/enrich';
import { detectLanguage } from '@newsloom/extract';
import type { Digested, Document } from '@newsloom/store';

/** Shorter paragraphs say too little about their language. */
const LEAST_CHARS = 80;
/** How sure the language of a paragraph must be, 0 to 1, to count as another than the document's. */
const SURE = 0.5;

/** Pure: what is kept with a document beside its mentions. */
export function digestOf(
  { title, body, lang }: Pick<Document, 'title' | 'body' | 'lang'>,
  mentions: readonly { start: number; end: number }[],
): Digested {
  return {
    keywords: keywordsOf({ title, text: body, lang, mentions }),
    summary: summaryOf(body, lang),
    passages: passagesOf(body, lang),
  };
}

/** Runs of paragraphs in one language; null where the whole text is in one. */
export function passagesOf(body: string, lang: string | null): Digested['passages'] {
  const passages: NonNullable<Digested['passages']> = [];
  for (const { index, 0: paragraph } of body.matchAll(/[^\n]+(?:\n[^\n]+)*/g)) {
    const guess = paragraph.length < LEAST_CHARS ? null : detectLanguage(paragraph);
    const own = guess?.lang && guess.lang !== lang && guess.confidence >= SURE ? guess.lang : lang;
    const last = passages.at(-1);
    if (last && last.lang === own) last.end = index + paragraph.length;
    else passages.push({ start: index, end: index + paragraph.length, lang: own });
  }
  return passages.length > 1 ? passages : null;
}
