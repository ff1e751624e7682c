/** Accepts one seed: an address somebody asked us to follow becomes due. */
import { canonicalize, hostOf, sourceOf } from '@newsloom/frontier';
import { done, job, type Outcome, type Payload, quarantine } from '@newsloom/jobs';
import { type SourceId, urlIdOf } from '@newsloom/model';
import type { Store } from '@newsloom/store';

export type AcceptTools = {
  store: Pick<Store, 'seeds'>;
  now: () => Date;
};

/** Link hops followed from a seed that does not say. */
const DEFAULT_DEPTH = 1;

export async function acceptSeed(seed: Payload<'seeds'>, { store, now }: AcceptTools): Promise<Outcome> {
  const url = canonicalize(seed.url);
  if (!url)
    return quarantine(
      `not a valid seeds job: "url": ${JSON.stringify(withoutCredentials(seed.url))} is not an address that can be fetched`,
    );

  const { isNew, readAgain } = await store.seeds.accept(
    {
      urlId: urlIdOf(url),
      sourceId: (seed.source ?? sourceOf(url)) as SourceId,
      url,
      host: hostOf(url),
      kind: seed.kind ?? 'auto',
      priority: seed.priority ?? 0,
      depth: seed.depth ?? DEFAULT_DEPTH,
      everyMs: seed.every ?? null,
      tags: seed.tags ?? [],
    },
    now(),
  );
  return done(isNew ? 'accepted' : 'known', ...readAgain.map((captureId) => job('parse', { captureId })));
}

/** What is told of an address that cannot be read: a name and password in it are nobody's business. */
const withoutCredentials = (url: string): string => url.replace(/\/\/[^/?#]*@/, '//');
