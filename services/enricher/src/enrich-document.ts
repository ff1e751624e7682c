/** Finds the mentions of one document, the entities they name, and what it says of them. */
import {
  type Alias,
  type AliasLookup,
  ENRICHER_VERSION,
  fold,
  mendMentions,
  namesToAsk,
  openLinking,
  type TextTagger,
  tokenize,
} from '@newsloom/enrich';
import { done, job, type Outcome, type Payload } from '@newsloom/jobs';
import type { DocumentId } from '@newsloom/model';
import type { KnownAlias, Store } from '@newsloom/store';
import { digestOf } from './digest.ts';

export type EnrichTools = {
  store: Pick<Store, 'documents' | 'entities' | 'aliases'>;
  tagger: TextTagger;
  now: () => Date;
};

export async function enrichDocument({ documentId }: Payload<'enrich'>, tools: EnrichTools): Promise<Outcome> {
  const { store, tagger, now } = tools;
  const document = await store.documents.find(documentId as DocumentId);
  if (!document) return done('document-expired');

  const { id, lang, body: text, date } = document;
  const tagged = await tagger.tag(text, { lang, ...(date && { date }) });
  const tokens = tokenize(text);
  const known = await store.aliases.known(namesToAsk(tokens, tagged));
  const learned = known.map((name) => ({ ...name, lang: null, generic: false, national: false }));
  const mentions = mendMentions(tokens, tagged, lang, learned);

  const linking = openLinking({ id, lang, text, mentions, date });
  const linked = linking.link(lookupOf(await store.aliases.lookUp(linking.asks)));
  const named = <T extends { name: string }>(it: T) => ({ ...it, search: fold(it.name) });
  await store.entities.save(
    id,
    {
      mentions: linked.mentions,
      entities: linked.entities.map(named),
      bodies: linked.bodies.map(named),
      aliases: linked.aliases.map((alias) => ({
        ...named(alias),
        born: alias.born ?? null,
        private: alias.private ?? false,
        context: alias.context ?? [],
      })),
      roles: linked.roles.map((role) => ({ ...role, lang })),
    },
    document.fetchedAt,
    now(),
    ENRICHER_VERSION,
  );
  await store.documents.saveDigest(id, digestOf(document, linked.mentions));
  return done('enriched', job('cluster', { documentId }));
}

/** Names already known, as linking asks for them. */
function lookupOf(aliases: readonly KnownAlias[]): AliasLookup {
  const byKey = new Map<string, Alias[]>();
  for (const alias of aliases) {
    const under = `${alias.type}|${alias.under}`;
    byKey.set(under, [...(byKey.get(under) ?? []), alias]);
  }
  return (type, key) => byKey.get(`${type}|${key}`) ?? [];
}
