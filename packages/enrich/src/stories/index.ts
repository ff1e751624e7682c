/** Near-duplicates and stories: documents about one event, in any language. */
export { chooseStory, type StoryCandidate, type StoryChoice, staysIn } from './choose.ts';
export { bandNumbers, bandsOf, type DuplicateCandidate, leavingCopies, originalOf } from './duplicates.ts';
export { type Fingerprint, fingerprint, isNearDuplicate } from './fingerprint.ts';
export { type HeadlineDocument, storyHeadline } from './headline.ts';
export { type KeyFrequency, type Likeness, likeness, SAME_STORY_THRESHOLD, scoreSameStory } from './score.ts';
export { type StoryDocument, type StorySignature, storySignature } from './signature.ts';
export type { Weighted } from './weighted.ts';
