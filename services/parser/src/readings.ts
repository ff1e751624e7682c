/** What reading a capture gave, and how that differs from what was read of it before. */
import type { Article } from '@newsloom/model';
import type { Document } from '@newsloom/store';

/** Fields whose yield is watched, in the order they are shown. */
const FIELDS = ['title', 'date', 'authors', 'body', 'image', 'lang', 'description', 'section', 'tags'] as const;

/** The fields of an article that have a value. */
export const fieldsOf = (article: Article): string[] =>
  FIELDS.filter((name) => {
    const value = article[name];
    return Array.isArray(value) ? value.length > 0 : value !== null && value !== '';
  });

/**
 * What reading the same capture again changed: the fields that differ, `new` where there was no document before, `lost`
 * where there is no article any more (the document stays), `unreadable` where the page could not be read at all.
 */
export function changesOf(before: Document | null, now: Article | 'unreadable' | null): string[] {
  if (now === 'unreadable') return ['unreadable'];
  if (!now) return before ? ['lost'] : [];
  if (!before) return ['new'];
  const same: Record<string, boolean> = {
    title: before.title === now.title,
    date: before.date === (now.date?.value ?? null),
    dateModified: before.dateModified === (now.dateModified?.value ?? null),
    authors: sameList(before.authors, now.authors),
    agencies: sameList(before.agencies, now.agencies),
    body: before.body === now.body,
    image: before.image === now.image,
    imageCaption: before.imageCaption === (now.imageCaption ?? null),
    lang: before.lang === now.lang,
    description: before.description === now.description,
    section: before.section === now.section,
    tags: sameList(before.tags, now.tags),
  };
  return Object.keys(same).filter((field) => !same[field]);
}

const sameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((it, at) => it === b[at]);
