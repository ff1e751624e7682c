/** Accepts one seed: an address somebody asked us to follow becomes due. */
import { canonicalize, hostOf, sourceOf } from '@newsloom/frontier';
import { done, job, type Outcome, type Payload, quarantine } from '@newsloom/jobs';
import { type SourceId, urlIdOf } from '@newsloom/model';
import type { SourceBook } from '@newsloom/service';
import type { Store } from '@newsloom/store';

export type AcceptTools = {
  store: Pick<Store, 'seeds'>;
  sources: Pick<SourceBook, 'for'>;
  now: () => Date;
};

/** Link hops followed from a seed that does not say, of a source that does not say either. */
const DEFAULT_DEPTH = 1;

export async function acceptSeed(seed: Payload<'seeds'>, { store, sources, now }: AcceptTools): Promise<Outcome> {
  const url = canonicalize(seed.url);
  if (!url)
    return quarantine(
      `not a valid seeds job: "url": ${JSON.stringify(withoutCredentials(seed.url))} is not an address that can be fetched`,
    );

  if (seed.again) return done(await store.seeds.tick(urlIdOf(url), now()));

  const sourceId = (seed.source ?? sourceOf(url)) as SourceId;
  const { scope = {}, priority = 0 } = await sources.for(sourceId);
  const most = scope.depth ?? Number.POSITIVE_INFINITY;
  const { isNew, readAgain } = await store.seeds.accept(
    {
      urlId: urlIdOf(url),
      sourceId,
      url,
      host: hostOf(url),
      kind: seed.kind ?? 'auto',
      priority: seed.priority ?? priority,
      depth: Math.min(seed.depth ?? scope.depth ?? DEFAULT_DEPTH, most),
      everyMs: seed.every ?? null,
      tags: seed.tags ?? [],
    },
    now(),
  );
  return done(isNew ? 'accepted' : 'known', ...readAgain.map((captureId) => job('parse', { captureId })));
}

/** What is told of an address that cannot be read: a name and password in it are nobody's business. */
const withoutCredentials = (url: string): string => url.replace(/\/\/[^/?#]*@/, '//');
