/** Tests on kinds of tokens. */
import { TokenKind } from '../text/index.ts';

const CAPITALISED = new Uint8Array(16);
CAPITALISED[TokenKind.title] = 1;
CAPITALISED[TokenKind.upper] = 1;
CAPITALISED[TokenKind.initial] = 1;
CAPITALISED[TokenKind.mixed] = 1;

/** True for words that start with, or are written in, capitals. */
export function isCapitalised(kind: number): boolean {
  return CAPITALISED[kind] === 1;
}
