/** Mentions of persons, organisations, places, dates and amounts in a text. */
export { openTagger, type Tagger, type TagOptions } from './tagger.ts';
