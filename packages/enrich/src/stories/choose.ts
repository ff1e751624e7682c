/** Decides which story a document joins. */
import { type KeyFrequency, SAME_STORY_THRESHOLD, scoreSameStory } from './score.ts';
import type { StorySignature } from './signature.ts';

/** A document found under one of the signature's keys, with the story it is in. */
export type StoryCandidate = { documentId: string; storyId: string; signature: StorySignature };

/**
 * The story to join (null: the document begins its own), the closest document in it, its score, and why; and the stories
 * that turn out to tell the same event, now that this document joins them.
 */
export type StoryChoice = {
  storyId: string | null;
  documentId: string | null;
  score: number;
  why: string[];
  merge: string[];
};

/**
 * The mean over a story's members must reach this share of the threshold: a document that resembles one member alone
 * does not pull two stories together (a chain).
 */
const MEAN_SHARE = 0.6;
/** Members of a story that are looked at: its closest ones. */
const MOST_MEMBERS = 8;
/**
 * Two stories become one where a document is this close to both, and their members on the whole are as close as those of
 * one story: measured on the labelled set, where no merge joins two events.
 */
const MERGE_THRESHOLD = 0.8;
/** Mean likeness between the members of two stories that are one. */
const ONE_EVENT_MEAN = 0.65;
/** A document leaves its story when its text has changed so much that no member is this close any more. */
const LEAVE_THRESHOLD = 0.25;

/** Chooses among the stories of the candidates. Ties go to the smaller story id, so that every process decides alike. */
export function chooseStory(
  signature: StorySignature,
  candidates: readonly StoryCandidate[],
  frequency?: KeyFrequency,
): StoryChoice {
  const stories = new Map<string, Scored[]>();
  for (const candidate of candidates) {
    const members = stories.get(candidate.storyId) ?? [];
    members.push({ candidate, score: scoreSameStory(signature, candidate.signature, frequency) });
    stories.set(candidate.storyId, members);
  }
  const fitting: { storyId: string; members: Scored[]; score: number }[] = [];
  for (const [storyId, all] of [...stories].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const members = all.sort((a, b) => b.score - a.score).slice(0, MOST_MEMBERS);
    const score = members[0]?.score ?? 0;
    if (score < SAME_STORY_THRESHOLD) continue;
    const mean = members.reduce((sum, member) => sum + member.score, 0) / members.length;
    if (score < 1 && mean < SAME_STORY_THRESHOLD * MEAN_SHARE) continue;
    fitting.push({ storyId, members, score });
  }
  const [best, ...others] = fitting.sort((a, b) => b.score - a.score);
  if (!best) return { storyId: null, documentId: null, score: 0, why: [], merge: [] };
  const closest = best.members[0] as Scored;
  return {
    storyId: best.storyId,
    documentId: closest.candidate.documentId,
    score: best.score,
    why: reasons(signature, closest.candidate.signature),
    merge: others
      .filter((it) => it.score >= MERGE_THRESHOLD && tellOneEvent(best.members, it.members, frequency))
      .map((it) => it.storyId),
  };
}

type Scored = { candidate: StoryCandidate; score: number };

/** Whether the members of two stories resemble each other on the whole. */
function tellOneEvent(a: readonly Scored[], b: readonly Scored[], frequency?: KeyFrequency): boolean {
  let sum = 0;
  for (const { candidate: one } of a)
    for (const { candidate: other } of b) sum += scoreSameStory(one.signature, other.signature, frequency);
  return sum / (a.length * b.length) >= ONE_EVENT_MEAN;
}

/** Whether a document, read anew, still belongs to the story it is in; true for one that is alone there. */
export function staysIn(
  signature: StorySignature,
  members: readonly StoryCandidate[],
  frequency?: KeyFrequency,
): boolean {
  return (
    members.length === 0 || members.some((it) => scoreSameStory(signature, it.signature, frequency) >= LEAVE_THRESHOLD)
  );
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
