/** The passage of a text that answers a search best, with the words that were searched for marked. */
import { fold } from './fold.ts';
import { stem } from './stem.ts';
import { tokenize, tokenText } from './tokenize.ts';
import { TokenKind, type Tokens } from './tokens.ts';

/** A passage: `marks` are offsets into `text`, UTF-16 code units, end exclusive, in order. */
export type Excerpt = { text: string; marks: [number, number][] };

/** About three lines on a screen. */
const EXCERPT_CHARS = 280;
/** Tokens looked at: a search hit below this shows the text's beginning. */
const MOST_TOKENS = 20_000;
/** A passage begins this many tokens before its first mark, unless its sentence begins nearer. */
const RUN_UP = 8;

/**
 * Finds the words of a query, with or without diacritics and in their inflected forms, and cuts the text around where most
 * of them stand. Without any of them it is the text's beginning.
 */
export function excerptOf(text: string, query: string, chars: number = EXCERPT_CHARS): Excerpt {
  const tokens = tokenize(text.length > MOST_TOKENS * 10 ? text.slice(0, MOST_TOKENS * 10) : text);
  const wanted = wordsOf(query);
  const hits = hitsIn(tokens, wanted);
  const start = hits.length === 0 ? 0 : startOf(tokens, bestRun(tokens, hits, chars));
  const from = tokens.count === 0 ? 0 : (tokens.starts[start] as number);
  let to = Math.min(text.length, from + chars);
  // Whole words: the last one may be cut.
  if (to < text.length) to = Math.max(from + 1, text.lastIndexOf(' ', to));
  const marks = hits.flatMap(({ at }): [number, number][] => {
    const [begin, end] = [tokens.starts[at] as number, tokens.ends[at] as number];
    return begin >= from && end <= to ? [[begin - from, end - from]] : [];
  });
  return { text: text.slice(from, to), marks };
}

/** The words of a query with what they are found by; words behind a minus are not searched for. */
function wordsOf(query: string): Map<string, number> {
  const words = new Map<string, number>();
  for (const word of fold(query.replace(/(^|\s)-("[^"]*"|\S+)/g, ' ')).match(/[\p{L}\p{N}]+/gu) ?? []) {
    if (word === 'or') continue;
    const found = words.get(word) ?? words.size;
    words.set(word, found);
    words.set(stem(word), found);
  }
  return words;
}

type Hit = { at: number; word: number };

function hitsIn(tokens: Tokens, wanted: ReadonlyMap<string, number>): Hit[] {
  const hits: Hit[] = [];
  if (wanted.size === 0) return hits;
  for (let at = 0; at < tokens.count; at++) {
    if (tokens.kinds[at] === TokenKind.symbol) continue;
    const word = fold(tokenText(tokens, at));
    const found = wanted.get(word) ?? wanted.get(stem(word));
    if (found !== undefined) hits.push({ at, word: found });
  }
  return hits;
}

/** The first hit of the run of `chars` characters that holds most of the different words, then most hits. */
function bestRun(tokens: Tokens, hits: readonly Hit[], chars: number): number {
  let best = { at: hits[0]?.at ?? 0, score: 0 };
  for (const [first, { at }] of hits.entries()) {
    const limit = (tokens.starts[at] as number) + chars * 0.8;
    const different = new Set<number>();
    let all = 0;
    for (let next = first; next < hits.length; next++) {
      const hit = hits[next] as Hit;
      if ((tokens.ends[hit.at] as number) > limit) break;
      different.add(hit.word);
      all++;
    }
    const score = different.size * 100 + all;
    if (score > best.score) best = { at, score };
  }
  return best.at;
}

/** Where a passage about a hit begins: at its sentence, where that is near. */
function startOf(tokens: Tokens, at: number): number {
  for (let back = at; back > Math.max(0, at - RUN_UP * 2); back--) if (tokens.sentenceStarts[back] === 1) return back;
  return Math.max(0, at - RUN_UP);
}
