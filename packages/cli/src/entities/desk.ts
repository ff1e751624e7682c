/** Entities from the command line: straight from the store, or through the Newsloom that has it open. */
import { describeEntity, type EntityDescription, nameEntity, splitEntity } from '@newsloom/api/entity-desk';
import { type BroughtNames, bringNames, type ExportedName, exportNames } from '@newsloom/api/entity-names';
import { fold } from '@newsloom/enrich';
import type { EntityId } from '@newsloom/model';
import { readSettings, type Settings } from '@newsloom/runtime';
import { type Decider, type Entity, type EntityDecision, type Partner, type Store, StoreError } from '@newsloom/store';
import { askRunning } from '../running.ts';
import { openStore } from '../stores.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Who = Omit<Decider, 'via'>;

/** What the subcommands ask for. Dates may be text where the answer came over the API. */
export type Desk = {
  list(ask: { q: string | undefined; type: string | undefined; limit: number }): Promise<Entity[]>;
  find(id: string): Promise<EntityDescription>;
  related(id: string, limit: number): Promise<Partner[]>;
  merge(from: string, into: string, who: Who): Promise<EntityDecision>;
  split(
    from: string,
    ask: { names: string[]; documents: string[]; name: string | null },
    who: Who,
  ): Promise<EntityDecision>;
  name(entity: string, ask: { name: string; lang: string | null }): Promise<void>;
  undo(decision: number, who: Who): Promise<EntityDecision>;
  decisions(entity: string | undefined, limit: number): Promise<EntityDecision[]>;
  bring(rows: unknown[]): Promise<BroughtNames>;
  names(after: number, limit: number, shipped: boolean): Promise<{ items: ExportedName[]; next: number | null }>;
  close(): Promise<void>;
};

/** Opens the desk the settings lead to. @throws StoreError, NotRunning, SettingsError */
export async function openDesk(env: Environment, now: () => Date): Promise<Desk> {
  const settings = readSettings(env);
  try {
    const store = await openStore(settings);
    return storeDesk(store, now);
  } catch (error) {
    if (!(error instanceof StoreError && error.code === 'in-use')) throw error;
    return apiDesk(settings);
  }
}

const failed = (message: string, exitCode: number) => Object.assign(new Error(message), { exitCode });

function storeDesk(store: Store, now: () => Date): Desk {
  const via = 'cli' as const;
  return {
    list: ({ q, type, limit }) =>
      store.entities.list({ prefix: q === undefined ? undefined : fold(q), type, limit, offset: 0 }),
    async find(id) {
      const found = await describeEntity(store, id as EntityId);
      if (!found) throw failed(`There is no entity ${id}.`, 1);
      return found;
    },
    related: (id, limit) => store.entityViews.related(id as EntityId, { type: null, limit }),
    merge: (from, into, who) => store.entityDecisions.merge(from as EntityId, into as EntityId, { ...who, via }, now()),
    split: (from, ask, who) => splitEntity(store, from as EntityId, ask, { ...who, via }, now()),
    async name(id, ask) {
      const found = await store.entities.find(id as EntityId);
      if (!found) throw failed(`There is no entity ${id}.`, 1);
      const refused = await nameEntity(store, found, ask, now());
      if (refused !== null) throw failed(`${refused}.`, 65);
    },
    undo: (decision, who) => store.entityDecisions.undo(decision, who, now()),
    decisions: (entity, limit) =>
      store.entityDecisions.list({ entityId: (entity ?? null) as EntityId | null, limit, offset: 0 }),
    bring: (rows) => bringNames(store, rows, now()),
    names: (after, limit, shipped) => exportNames(store, after, limit, shipped),
    close: () => store.close(),
  };
}

function apiDesk(settings: Settings): Desk {
  const ask = <T>(path: string, body?: unknown) => askRunning(settings, path, body) as Promise<T>;
  const query = (values: Record<string, string | number | undefined>) =>
    new URLSearchParams(
      Object.entries(values).flatMap(([name, value]): [string, string][] =>
        value === undefined ? [] : [[name, String(value)]],
      ),
    );
  const said = ({ by, why }: Who) => ({ by, ...(why !== null && { why }) });
  const id = encodeURIComponent;
  return {
    list: async (values) => (await ask<{ items: Entity[] }>(`/api/entities?${query(values)}`)).items,
    find: (entity) => ask(`/api/entities/${id(entity)}?limit=1`),
    related: async (entity, limit) =>
      (await ask<{ items: Partner[] }>(`/api/entities/${id(entity)}/related?limit=${limit}`)).items,
    merge: (from, into, who) => ask(`/api/entities/${id(from)}/merge`, { into, ...said(who) }),
    split: (from, { names, documents, name }, who) =>
      ask(`/api/entities/${id(from)}/split`, { names, documents, ...(name !== null && { name }), ...said(who) }),
    name: async (entity, { name, lang }) => {
      await ask(`/api/entities/${id(entity)}/names`, { name, ...(lang !== null && { lang }) });
    },
    undo: (decision, who) => ask(`/api/entity-decisions/${decision}/undo`, said(who)),
    decisions: async (entity, limit) =>
      (await ask<{ items: EntityDecision[] }>(`/api/entity-decisions?${query({ entity, limit })}`)).items,
    bring: (rows) => ask('/api/entity-names', { rows }),
    names: (after, limit, shipped) => ask(`/api/entity-names?${query({ after, limit, shipped: String(shipped) })}`),
    close: async () => {},
  };
}
