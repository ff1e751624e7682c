/** What can be asked and decided about one entity: for the API, and for the command where no API runs. */
import { entityId, fold, planImport, readImportRow } from '@newsloom/enrich';
import type { EntityId, EntityType } from '@newsloom/model';
import { type Decider, type Entity, type EntityDecision, type Store, StoreError } from '@newsloom/store';

/** Names, roles and stories shown with an entity. */
const SHOWN_NAMES = 50;
const SHOWN_ROLES = 30;
const SHOWN_STORIES = 10;

type EntityStore = Pick<Store, 'entities' | 'aliases' | 'roles' | 'entityDecisions' | 'entityViews'>;

/** All that is known of an entity, or of the one it was merged into; null where there is none. */
export async function describeEntity(store: EntityStore, id: EntityId) {
  const entity = await store.entities.find(id);
  if (!entity) return null;
  const [names, roles, holders, stories, span, decisions] = await Promise.all([
    store.aliases.ofEntity(entity.id, SHOWN_NAMES),
    store.roles.ofEntity(entity.id, SHOWN_ROLES),
    store.roles.ofBody(entity.id, SHOWN_ROLES),
    store.entityViews.stories(entity.id, SHOWN_STORIES),
    store.entityViews.span(entity.id),
    store.entityDecisions.list({ entityId: entity.id, limit: SHOWN_ROLES, offset: 0 }),
  ]);
  return {
    ...entity,
    ...span,
    names: names.map(({ name, lang, source, confidence, addedAt }) => ({ name, lang, source, confidence, addedAt })),
    roles,
    holders,
    stories,
    decisions,
  };
}

/** What `describeEntity` answers with. */
export type EntityDescription = NonNullable<Awaited<ReturnType<typeof describeEntity>>>;

/** Takes names or documents out of an entity into a new one. */
export function splitEntity(
  store: EntityStore,
  from: EntityId,
  ask: { names: string[]; documents: string[]; name: string | null },
  who: Decider,
  now: Date,
): Promise<EntityDecision> {
  const fresh = (type: string, key: string, turn: number) => {
    const own = `${key}#${turn}`;
    return { id: entityId(type as EntityType, own), key: own };
  };
  const names = ask.names.map((name) => name.normalize('NFC').trim());
  return store.entityDecisions.split(from, { ...ask, names, fold }, fresh, who, now);
}

/** Lets a name mean an entity from now on, because a person says so. Answers with a sentence where it cannot. */
export async function nameEntity(
  store: EntityStore,
  entity: Pick<Entity, 'id' | 'type' | 'key'>,
  ask: { name: string; lang: string | null },
  now: Date,
): Promise<string | null> {
  const { type, key } = entity;
  try {
    const row = readImportRow({
      name: ask.name,
      type,
      key,
      ...(ask.lang !== null && { lang: ask.lang }),
      confidence: 1,
    });
    const [planned] = planImport([row], []);
    if (planned === undefined || typeof planned === 'string') return planned ?? null;
    await store.aliases.bring([{ ...planned, entityId: entity.id, key }], 'person', now);
    return null;
  } catch (error) {
    if (error instanceof StoreError) throw error;
    return (error as Error).message;
  }
}
