/** Links the documents of one batch: names met in earlier documents decide between homonyms in later ones. */
import type { EntityId, EntityRef, LinkedMention } from '@newsloom/model';
import type { LinkDocument } from './items.ts';
import { type Alias, linkMentions } from './link.ts';

/** Links documents one after another and remembers their names. */
export type Linker = {
  /** The document's mentions with their entities, in the order given. */
  link(document: LinkDocument): LinkedMention[];
  /** Every entity met so far, each with its fullest name, in order of first mention. */
  entities(): EntityRef[];
};

/** Entities remembered around a person's name, the latest. */
const MOST_CONTEXT = 100;

function sameAlias(a: Alias, b: Alias): boolean {
  return a.entityId === b.entityId && a.name === b.name && (a.born ?? null) === (b.born ?? null);
}

/** Opens a linker with no names but the shipped ones. */
export function openLinker(): Linker {
  const aliases = new Map<string, Alias[]>();
  const entities = new Map<EntityId, EntityRef>();
  return {
    link(document) {
      const linked = linkMentions(document, (type, key) => aliases.get(`${type}|${key}`) ?? []);
      for (const entity of linked.entities) {
        const known = entities.get(entity.id);
        if (!known || entity.name.length > known.name.length) entities.set(entity.id, entity);
      }
      for (const { type, under, ...alias } of linked.aliases) {
        const names = aliases.get(`${type}|${under}`) ?? [];
        const known = names.find((other) => sameAlias(other, alias));
        if (known) {
          known.context = [...new Set([...(known.context ?? []), ...(alias.context ?? [])])].slice(-MOST_CONTEXT);
          continue;
        }
        names.push(alias);
        aliases.set(`${type}|${under}`, names);
      }
      return linked.mentions;
    },
    entities: () => [...entities.values()],
  };
}
