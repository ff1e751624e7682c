/** Mentions of persons, organisations, places, dates and amounts in a text. */
export { buildNeuralTagger, type TokenModel } from './neural.ts';
export { openTagger, type Tagger, type TagOptions, type TextTagger } from './tagger.ts';
