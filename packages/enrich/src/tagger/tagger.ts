/** The tagger: text in, mentions out. */
import { readFileSync } from 'node:fs';
import type { Mention } from '@newsloom/model';
import { partOf, stretchesOf, type Tokens, tokenize } from '../text/index.ts';
import { agree } from './consistency.ts';
import { lookOver, TAGGER_LANGUAGES } from './context.ts';
import { type Decoder, openDecoder } from './decode.ts';
import { type Gazetteer, readGazetteer } from './gazetteer.ts';
import { mentionsOf } from './mentions.ts';
import { decodeModel, prepareModel } from './model.ts';
import { findByRules } from './rules/find.ts';
import { spansOf } from './spans.ts';
import { tidy } from './tidy.ts';

export type TagOptions = {
  /** BCP 47 primary subtag; null or absent where unknown. Paragraphs plainly in another language are read in theirs. */
  lang?: string | null;
  /** The document's own date (ISO 8601, at least a day): what `yesterday` and `13/4` are resolved against. */
  date?: string;
};

/** Whatever finds the mentions of a text: at once, or later where a model runs outside this thread. */
export type TextTagger = { tag(text: string, options?: TagOptions): Mention[] | Promise<Mention[]> };

/** Finds mentions in texts. */
export type Tagger = {
  /** The mentions of a text, in order and without overlap. Offsets are UTF-16 code units of the text as given. */
  tag(text: string, options?: TagOptions): Mention[];
  /** The same for a text that is tokenised already. */
  tagTokens(tokens: Tokens, options?: TagOptions): Mention[];
};

const DATA = new URL('../../data/', import.meta.url);
let shipped: { gazetteer: Gazetteer; decoder: Decoder } | undefined;

/** A tagger over the weights shipped with the package. Reading them takes about a tenth of a second, once per process. */
export function openTagger(): Tagger {
  shipped ??= {
    gazetteer: readGazetteer(new URL('gazetteer/', DATA)),
    decoder: openDecoder(prepareModel(decodeModel(readFileSync(new URL('tagger.bin', DATA))))),
  };
  return buildTagger(shipped.gazetteer, shipped.decoder);
}

/** A tagger over a gazetteer and a decoder. */
export function buildTagger(gazetteer: Gazetteer, decoder: Decoder): Tagger {
  const tagIn = (tokens: Tokens, lang: string, date: string | undefined): Mention[] => {
    const language = Math.max(0, TAGGER_LANGUAGES.indexOf(lang as (typeof TAGGER_LANGUAGES)[number]));
    const context = lookOver(tokens, language, gazetteer, decoder.lexicon);
    const matches = findByRules(tokens, lang, date);
    return mentionsOf(tokens, tidy(context, agree(context, spansOf(decoder.labels(context)))), matches);
  };
  const tagTokens = (tokens: Tokens, { lang, date }: TagOptions = {}): Mention[] => {
    const stretches = stretchesOf(tokens, lang?.slice(0, 2).toLowerCase() ?? '');
    const only = stretches.length === 1 ? stretches[0] : undefined;
    if (only) return tagIn(tokens, only.lang, date);
    return stretches.flatMap(({ from, to, lang: own }) => tagIn(partOf(tokens, from, to), own, date));
  };
  return { tagTokens, tag: (text, options) => tagTokens(tokenize(text), options) };
}
