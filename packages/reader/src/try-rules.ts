/** Tries a source's rules out on captures of it, beside the way they are read now, before anybody saves them. */
import type { Article, ReadPage, SourceRules } from '@newsloom/model';
import type { ReadContext, ReadResult } from './read-protocol.ts';

/** A capture to try on, as it was kept. */
export type TriedCapture = { url: string; bytes: Uint8Array; context: ReadContext };

/** What rules make of one capture. */
export type RuleTrial = {
  url: string;
  /** Fields whose value differs, as they are read now and as the rules would read them; shortened. */
  changes: { field: string; before: string | null; after: string | null }[];
  /** Rules that found nothing on this page. */
  missed: string[];
  /** Why the page could not be read with the rules. */
  unreadable: string | null;
};

const FIELDS = ['title', 'date', 'dateModified', 'authors', 'image', 'section', 'body'] as const;
const SHOWN_CHARS = 300;

/**
 * Reads each capture twice, as it is read now and with the rules.
 * @param read reads a page in a process that may be killed
 */
export async function tryRules(
  captures: readonly TriedCapture[],
  now: SourceRules | undefined,
  rules: SourceRules,
  read: (bytes: Uint8Array, context: ReadContext) => Promise<ReadResult>,
): Promise<RuleTrial[]> {
  const trials: RuleTrial[] = [];
  for (const { url, bytes, context } of captures) {
    const before = await read(bytes, { ...context, ...(now && { rules: now }) });
    const after = await read(bytes, { ...context, rules });
    if (after.kind === 'unreadable') {
      trials.push({ url, changes: [], missed: [], unreadable: `${after.why}: ${after.detail}` });
      continue;
    }
    const old = before.kind === 'unreadable' ? null : before.article;
    trials.push({ url, changes: changesOf(old, after.article), missed: missedBy(rules, after), unreadable: null });
  }
  return trials;
}

function changesOf(before: Article | null, after: Article | null): RuleTrial['changes'] {
  return FIELDS.flatMap((field) => {
    const [a, b] = [textOf(before, field), textOf(after, field)];
    return a === b
      ? []
      : [{ field, before: a?.slice(0, SHOWN_CHARS) ?? null, after: b?.slice(0, SHOWN_CHARS) ?? null }];
  });
}

function textOf(article: Article | null, field: (typeof FIELDS)[number]): string | null {
  const value = article?.[field] ?? null;
  if (value === null || typeof value === 'string') return value;
  return Array.isArray(value) ? value.join(', ') : value.value;
}

/** Rules for a field that the page was not read by. */
function missedBy(rules: SourceRules, { article }: ReadPage): string[] {
  const fields = ['title', 'date', 'authors', 'image', 'section', 'body'] as const;
  return fields.filter((field) => rules[field] !== undefined && article?.provenance[field]?.from !== 'rule');
}
