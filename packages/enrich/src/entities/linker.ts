/** Links the documents of one batch: names met in earlier documents decide between homonyms in later ones. */
import type { EntityId, EntityRef, EntityType, LinkedMention } from '@newsloom/model';
import { type Alias, type LinkDocument, linkMentions } from './link.ts';

/** Links documents one after another and remembers their names. */
export type Linker = {
  /** The document's mentions with their entities, in the order given. */
  link(document: LinkDocument): LinkedMention[];
  /** Every entity met so far, each with its fullest name, in order of first mention. */
  entities(): EntityRef[];
};

/** Opens a linker with no names but the shipped ones. */
export function openLinker(): Linker {
  const aliases = new Map<string, Alias[]>();
  const entities = new Map<EntityId, EntityRef>();
  const lookup = (type: EntityType, key: string): readonly Alias[] => aliases.get(`${type}|${key}`) ?? [];
  return {
    link(document) {
      const linked = linkMentions(document, lookup);
      for (const entity of linked.entities) {
        const known = entities.get(entity.id);
        if (!known || entity.name.length > known.name.length) entities.set(entity.id, entity);
        const base = `${entity.type}|${entity.key.replace(/~.*$/, '')}`;
        const names = aliases.get(base) ?? [];
        if (!names.some((alias) => alias.entityId === entity.id && alias.name === entity.name)) {
          names.push({ name: entity.name, entityId: entity.id, key: entity.key, lang: document.lang });
          aliases.set(base, names);
        }
      }
      return linked.mentions;
    },
    entities: () => [...entities.values()],
  };
}
