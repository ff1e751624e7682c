/** A document in short: its keywords and its summary. */
export { type KeywordText, keywordsOf } from './keywords.ts';
export { type SummarySentence, summaryOf } from './summary.ts';
