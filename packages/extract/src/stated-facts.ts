/** Reads what a page states about itself beside its text: standfirst, section, tags, each with where it stands. */
import type { FieldOrigin, Provenance } from '@newsloom/model';
import { metaOf, type PageFacts } from './facts.ts';
import { keyOf, oneLine } from './words.ts';

/** Longest and most tags. */
const MAX_TAG = 80;
const MAX_TAGS = 40;
/** Most values named that were passed over, and how much of each is shown. */
const MAX_OVER = 5;
const SHOWN = 200;

/** Standfirst, section and tags of a page; those it does not state have no provenance. */
export type StatedFacts = {
  description: string | null;
  section: string | null;
  tags: string[];
  provenance: Pick<Provenance, 'description' | 'section' | 'tags'>;
};

type Candidate = { from: string; at: string; value: string };

const sourceOf = (meta: string): string => (/^(?:og|article):/.test(meta) ? 'opengraph' : 'meta');

function metas(facts: PageFacts, ...names: string[]): Candidate[] {
  return names.flatMap((name) => {
    const value = metaOf(facts, name);
    return value ? [{ from: sourceOf(name), at: name, value }] : [];
  });
}

/** The first candidate, with the others that say something else. */
function first(found: readonly Candidate[]): { value: string; origin: FieldOrigin } | null {
  const [best, ...others] = found;
  if (!best) return null;
  const said = new Set([keyOf(best.value)]);
  const over: { from: string; value: string }[] = [];
  for (const { from, value } of others)
    if (!said.has(keyOf(value)) && over.length < MAX_OVER && said.add(keyOf(value)))
      over.push({ from, value: value.slice(0, SHOWN) });
  return { value: best.value, origin: { from: best.from, at: best.at, ...(over.length > 0 && { over }) } };
}

/** Reads what a page states about itself. */
export function statedFacts(facts: PageFacts): StatedFacts {
  const [linked] = facts.linked.articles;
  const ld = (at: string, value: string | null | undefined): Candidate[] =>
    value ? [{ from: 'json-ld', at, value }] : [];
  const description = first([
    ...metas(facts, 'og:description', 'description', 'twitter:description'),
    ...ld('description', linked?.description),
  ]);
  const section = first([
    ...metas(facts, 'article:section', 'og:section', 'section', 'dc.subject'),
    ...ld('articleSection', linked?.section),
  ]);
  const tags = tagsOf(facts);
  return {
    description: description?.value ?? null,
    section: section?.value ?? null,
    tags: tags.tags,
    provenance: {
      ...(description && { description: description.origin }),
      ...(section && { section: section.origin }),
      ...(tags.places.length > 0 && {
        tags: { from: tags.places[0]?.from as string, at: tags.places.map(({ at }) => at).join(', ') },
      }),
    },
  };
}

function tagsOf(facts: PageFacts): { tags: string[]; places: { from: string; at: string }[] } {
  const tags = new Map<string, string>();
  const places = new Map<string, { from: string; at: string }>();
  const add = (value: string, from: string, at: string): void => {
    const tag = oneLine(value);
    if (tag === '' || tag.length >= MAX_TAG || tags.size >= MAX_TAGS || tags.has(keyOf(tag))) return;
    tags.set(keyOf(tag), tag);
    places.set(at, { from, at });
  };
  for (const value of facts.metas.get('article:tag') ?? [])
    for (const one of value.split(',')) add(one, 'opengraph', 'article:tag');
  for (const value of facts.linked.articles[0]?.keywords ?? []) add(value, 'json-ld', 'keywords');
  for (const name of ['news_keywords', 'keywords', 'parsely-tags'])
    for (const one of (facts.metas.get(name)?.[0] ?? '').split(/[,;]/)) add(one, 'meta', name);
  return { tags: [...tags.values()], places: [...places.values()] };
}
