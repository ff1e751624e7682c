/** Entities and decisions as text for a terminal. */
import type { EntityDescription } from '@newsloom/api/entity-desk';
import type { Entity, EntityDecision, Partner } from '@newsloom/store';

/** Dates come as text where the answer came over the API. */
const day = (value: Date | string | null): string =>
  value === null ? '-' : new Date(value).toISOString().slice(0, 10);
const between = (first: Date | string | null, last: Date | string | null): string =>
  day(first) === day(last) ? day(first) : `${day(first)} to ${day(last)}`;
const plural = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;

/** One entity a line: id, type, documents, name. */
export function entityTable(entities: readonly Pick<Entity, 'id' | 'type' | 'name' | 'documents'>[]): string {
  return entities
    .map(({ id, type, name, documents }) => `${id}  ${type.padEnd(4)}  ${String(documents).padStart(6)}  ${name}\n`)
    .join('');
}

/** All that is known of an entity. */
export function entityPage(it: EntityDescription, related: readonly Partner[]): string {
  const lines = [
    it.name,
    `  ${it.type} ${it.id}${it.wikidata ? ` (${it.wikidata})` : ''}, in ${plural(it.documents, 'document')}, ${between(it.firstSaid, it.lastSaid)}`,
  ];
  const section = (title: string, rows: string[]): void => {
    if (rows.length > 0) lines.push('', title, ...rows.map((row) => `  ${row}`));
  };
  section(
    'Names',
    [...new Map(it.names.map((alias) => [alias.name, alias])).values()].map(
      ({ name, lang, source }) => `${name}  (${[lang, source].filter(Boolean).join(', ')})`,
    ),
  );
  section(
    'Roles',
    it.roles.map(
      ({ role, office, body, documents, firstSaid, lastSaid, evidence }) =>
        `${role}  [${office}${body ? `, ${body.name}` : ''}]  ${between(firstSaid, lastSaid)}, ${plural(documents, 'document')}, such as ${evidence.documentId}`,
    ),
  );
  section(
    'Held by',
    it.holders.map(
      ({ name, role, firstSaid, lastSaid, documents }) =>
        `${name}: ${role}  ${between(firstSaid, lastSaid)}, ${plural(documents, 'document')}`,
    ),
  );
  section(
    'Named with',
    related.map(({ name, together, documents }) => `${name}  (${together} together, ${documents} in all)`),
  );
  section(
    'Stories',
    it.stories.map(({ id, headline, documents }) => `${id}  ${headline}  (${plural(documents, 'document')})`),
  );
  section(
    'Decisions',
    it.decisions.map((decision) => decisionLine(decision).trimEnd()),
  );
  return `${lines.join('\n')}\n`;
}

/** A decision as one line. */
export function decisionLine({
  id,
  what,
  entity,
  other,
  names,
  documents,
  why,
  by,
  at,
  undone,
}: EntityDecision): string {
  const of = (it: { id: string; name: string }): string => `${it.name} (${it.id})`;
  const moved = [
    ...names.map((name) => JSON.stringify(name)),
    ...(documents.length > 0 ? [plural(documents.length, 'document')] : []),
  ];
  const done =
    what === 'merge' ? `${of(entity)} is ${of(other)}` : `${moved.join(', ')} of ${of(entity)} went to ${of(other)}`;
  const reason = why === null ? '' : `: ${why}`;
  const back =
    undone === null ? '' : `; undone by ${undone.by} on ${day(undone.at)}${undone.why ? `: ${undone.why}` : ''}`;
  return `${id}  ${day(at)}  ${by}  ${what}  ${done}${reason}${back}\n`;
}
