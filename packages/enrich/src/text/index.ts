/** Text as tokens: one tokenisation, hashes, folding. */
export { type DiffPart, diffText, diffWords, type TextDiff } from './diff.ts';
export { type Excerpt, excerptOf } from './excerpt.ts';
export { fold } from './fold.ts';
export { hashOf, join, mix } from './hash.ts';
export { stem } from './stem.ts';
export { partOf, type Stretch, stretchesOf } from './stretches.ts';
export { tokenize, tokenText } from './tokenize.ts';
export { Gap, TokenKind, type Tokens } from './tokens.ts';
