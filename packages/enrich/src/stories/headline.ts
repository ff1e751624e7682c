/** The headline of a story. */

/** A document of a story, as far as its headline needs it. */
export type HeadlineDocument = { title: string | null; lang: string | null; date: string | null; fetchedAt: string };

/** A headline has about this many characters; much shorter ones are labels, much longer ones sentences. */
const GOOD_LENGTH = { least: 25, most: 130 } as const;

/**
 * The title of the earliest document whose title has a headline's length, in the language most of the documents have;
 * any title where there is none; null where no document has one.
 */
export function storyHeadline(documents: readonly HeadlineDocument[]): string | null {
  const titled = documents.filter((document) => (document.title ?? '').trim() !== '');
  if (titled.length === 0) return null;
  const counts = new Map<string | null, number>();
  for (const { lang } of titled) counts.set(lang, (counts.get(lang) ?? 0) + 1);
  const rank = (document: HeadlineDocument): number => {
    const length = (document.title as string).trim().length;
    return (
      (length >= GOOD_LENGTH.least && length <= GOOD_LENGTH.most ? 1000 : 0) + (counts.get(document.lang) as number)
    );
  };
  const earliest = (document: HeadlineDocument): string => document.date ?? document.fetchedAt;
  const [best] = titled.sort((a, b) => rank(b) - rank(a) || earliest(a).localeCompare(earliest(b)));
  return best?.title?.trim() ?? null;
}
