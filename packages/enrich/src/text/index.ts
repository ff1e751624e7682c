/** Text as tokens: one tokenisation, hashes, folding. */
export { fold } from './fold.ts';
export { hashOf, join, mix } from './hash.ts';
export { Gap, TokenKind, type Tokens, tokenize, tokenText } from './tokenize.ts';
