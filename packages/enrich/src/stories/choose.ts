/** Decides which story a document joins. */
import { type KeyFrequency, SAME_STORY_THRESHOLD, scoreSameStory } from './score.ts';
import type { StorySignature } from './signature.ts';

/** A document found under one of the signature's keys, with the story it is in. */
export type StoryCandidate = { documentId: string; storyId: string; signature: StorySignature };

/** The story to join (null: the document begins its own), the closest document in it, its score, and why. */
export type StoryChoice = { storyId: string | null; documentId: string | null; score: number; why: string[] };

/**
 * The mean over a story's members must reach this share of the threshold: a document that resembles one member alone
 * does not pull two stories together (a chain).
 */
const MEAN_SHARE = 0.6;
/** Members of a story that are looked at: its closest ones. */
const MOST_MEMBERS = 8;

/** Chooses among the stories of the candidates. Ties go to the smaller story id, so that every process decides alike. */
export function chooseStory(
  signature: StorySignature,
  candidates: readonly StoryCandidate[],
  frequency?: KeyFrequency,
): StoryChoice {
  const stories = new Map<string, { candidate: StoryCandidate; score: number }[]>();
  for (const candidate of candidates) {
    const members = stories.get(candidate.storyId) ?? [];
    members.push({ candidate, score: scoreSameStory(signature, candidate.signature, frequency) });
    stories.set(candidate.storyId, members);
  }
  let best: StoryChoice = { storyId: null, documentId: null, score: 0, why: [] };
  for (const [storyId, all] of [...stories].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const members = all.sort((a, b) => b.score - a.score).slice(0, MOST_MEMBERS);
    const [closest] = members;
    if (!closest || closest.score < SAME_STORY_THRESHOLD || closest.score <= best.score) continue;
    const mean = members.reduce((sum, { score }) => sum + score, 0) / members.length;
    if (closest.score < 1 && mean < SAME_STORY_THRESHOLD * MEAN_SHARE) continue;
    best = {
      storyId,
      documentId: closest.candidate.documentId,
      score: closest.score,
      why: reasons(signature, closest.candidate.signature),
    };
  }
  return best;
}

/** Shared features, the heaviest first, at most eight. */
function reasons(a: StorySignature, b: StorySignature): string[] {
  const other = new Set([...b.entities, ...b.numbers, ...b.concepts].map(([key]) => key).concat(b.days));
  return [...a.entities, ...a.numbers, ...a.concepts]
    .sort((x, y) => y[1] - x[1])
    .map(([key]) => key)
    .concat(a.days)
    .filter((key) => other.has(key))
    .slice(0, 8);
}
