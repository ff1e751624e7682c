/** Text as tokens: one tokenisation, hashes, folding. */
export { fold } from './fold.ts';
export { hashOf, join, mix } from './hash.ts';
export { tokenize, tokenText } from './tokenize.ts';
export { Gap, TokenKind, type Tokens } from './tokens.ts';
