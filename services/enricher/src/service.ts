/** The enricher: documents get mentions, entities and a story. */
import { buildNeuralTagger, openTagger, type TextTagger } from '@newsloom/enrich';
import type { DocumentId } from '@newsloom/model';
import type { Service, ServiceContext } from '@newsloom/service';
import { clusterDocument } from './cluster-document.ts';
import { enrichDocument } from './enrich-document.ts';
import { openTokenModel } from './neural-model.ts';
import { shipNames } from './ship-names.ts';

/** Enriching is work for the processor: more at once than this only waits for the database. */
const ENRICH_AT_ONCE = 2;
/** Stories are built one document at a time, over all processes. */
const CLUSTER_AT_ONCE = 1;

/** The tagger that ships, opened with the first document: reading the weights must not delay the first fetch. */
function openLater(): TextTagger {
  let tagger: TextTagger | null = null;
  return {
    tag(text, options) {
      tagger ??= openTagger();
      return tagger.tag(text, options);
    },
  };
}

/** Starts enriching and placing documents. Throws where the model that the settings name cannot be opened. */
export async function startEnricher(context: ServiceContext): Promise<Service> {
  const { store, now, settings } = context;
  const tools = {
    store,
    now,
    tagger: settings.nerModel === null ? openLater() : buildNeuralTagger(await openTokenModel(settings.nerModel)),
  };
  const onFailed = async ({ documentId }: { documentId?: string }, reason: string) => {
    if (documentId) await store.documents.markFailed(documentId as DocumentId, reason);
  };
  let shipped: Promise<void> | null = null;
  const enrich = async (payload: Parameters<typeof enrichDocument>[0]) => {
    shipped ??= shipNames(store, now()).catch((error: unknown) => {
      shipped = null;
      throw error;
    });
    await shipped;
    return enrichDocument(payload, tools);
  };
  const enriching = context.work('enrich', enrich, {
    concurrency: ENRICH_AT_ONCE,
    onFailed,
  });
  const clustering = context.work('cluster', (payload) => clusterDocument(payload, tools), {
    concurrency: CLUSTER_AT_ONCE,
    onFailed,
  });
  return {
    async close() {
      await Promise.all([enriching.close(), clustering.close()]);
    },
  };
}
