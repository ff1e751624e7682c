/** Takes document files in as if they had been fetched. */
import { hostOf, sourceOf } from '@newsloom/frontier';
import { captureIdOf, digestOf, type SourceId, urlIdOf } from '@newsloom/model';
import { type Offer, packBody, type Store } from '@newsloom/store';

/** A document in a file. `url` is the address it says it has, else its own (`file:`). */
export type DocumentFile = { path: string; bytes: Uint8Array; contentType: string; url: string };

/** Owner of documents that do not say where they come from. */
const FILE_SOURCE = 'file' as SourceId;

/** Makes a file's content a capture of the crawl, waiting to be read. */
export async function ingestDocument(store: Store, crawlId: string, file: DocumentFile, at: Date): Promise<void> {
  const id = urlIdOf(file.url);
  const isFile = file.url.startsWith('file:');
  const offer: Offer = {
    id,
    url: file.url,
    host: isFile ? FILE_SOURCE : hostOf(file.url),
    sourceId: isFile ? FILE_SOURCE : (sourceOf(file.url) as SourceId),
    kind: 'article',
    priority: 0,
    depthLeft: null,
    redirects: 0,
    facts: null,
    crawls: [{ crawlId, depthLeft: 0, seed: true }],
  };
  await store.frontier.offer([offer], { foundOn: null, now: at });
  const digest = digestOf(file.bytes);
  const captureId = captureIdOf(id, digest);
  const blob = await packBody(file.bytes, { encoding: 'identity', bytes: null });
  await store.captures.save(
    {
      id: captureId,
      urlId: id,
      url: file.url,
      status: 200,
      contentType: file.contentType,
      xRobotsTag: null,
      headers: {},
      digest,
      fetchedAt: at,
    },
    blob,
  );
  await store.crawls.takeIn(crawlId, id, captureId, at);
}
