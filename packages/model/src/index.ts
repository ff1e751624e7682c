/** The nouns of Newsloom: shapes of facts and values, and the ids that follow from them. */
export * from './article.ts';
export type * from './body-part.ts';
export * from './crawl.ts';
export * from './id-of.ts';
export * from './ids.ts';
export type * from './rules.ts';
export * from './text.ts';
