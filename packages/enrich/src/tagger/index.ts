/** Mentions of persons, organisations, places, dates and amounts in a text. */
export { openTagger, type TagOptions, type Tagger } from './tagger.ts';
