/** The nouns of Newsloom: shapes of facts and values, with no behaviour. */
export * from './article.ts';
export * from './ids.ts';
export * from './text.ts';
