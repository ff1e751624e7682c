/** Decides which document is the original of the same text, and which are its copies. */
import { type Fingerprint, isNearDuplicate } from './fingerprint.ts';

/** A document that shares a band, with its own original where it is a copy. */
export type DuplicateCandidate = {
  documentId: string;
  /** First seen, in milliseconds. */
  seenMs: number;
  fingerprint: Fingerprint;
  copyOf: string | null;
};

/**
 * The original of a document's text: of its near-duplicates the one seen first, or that one's own original; null where the
 * document is the original itself, being alone or the first. Ties go to the smaller id, so that every process decides alike.
 */
export function originalOf(
  document: Omit<DuplicateCandidate, 'copyOf'>,
  candidates: readonly DuplicateCandidate[],
): string | null {
  const [first] = candidates
    .filter((it) => it.copyOf !== document.documentId && isNearDuplicate(document.fingerprint, it.fingerprint))
    .sort((a, b) => a.seenMs - b.seenMs || (a.documentId < b.documentId ? -1 : 1));
  if (!first) return null;
  const later =
    first.seenMs < document.seenMs || (first.seenMs === document.seenMs && first.documentId < document.documentId);
  return later ? (first.copyOf ?? first.documentId) : null;
}

/**
 * What becomes of a document's copies when its text has changed: those that no longer resemble it get the first of them as
 * their original.
 * @returns the copies that leave, each with its new original (null for the new original itself)
 */
export function leavingCopies(
  document: Pick<DuplicateCandidate, 'documentId' | 'fingerprint'>,
  copies: readonly DuplicateCandidate[],
): { documentId: string; copyOf: string | null }[] {
  const leaving = copies
    .filter((it) => !isNearDuplicate(document.fingerprint, it.fingerprint))
    .sort((a, b) => a.seenMs - b.seenMs || (a.documentId < b.documentId ? -1 : 1));
  const [first] = leaving;
  return leaving.map((it) => ({
    documentId: it.documentId,
    copyOf: it === first ? null : (first?.documentId ?? null),
  }));
}

/** A fingerprint's bands as numbers for an index: the band's place above the 32 bits of its hash. */
export const bandNumbers = ({ bands }: Fingerprint): number[] =>
  bands.map((band) => Number.parseInt(band.slice(0, 1), 36) * 2 ** 32 + Number.parseInt(band.slice(1), 36));

/** The way back, for comparing what an index found. */
export const bandsOf = (numbers: readonly number[]): string[] =>
  numbers.map((it) => Math.floor(it / 2 ** 32).toString(36) + (it % 2 ** 32).toString(36).padStart(7, '0'));
