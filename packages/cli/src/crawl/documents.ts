/** Takes document files in as if they had been fetched. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readText } from '@newsloom/extract';
import { canonicalize, hostOf, sourceOf } from '@newsloom/frontier';
import { captureIdOf, digestOf, type SourceId, urlIdOf } from '@newsloom/model';
import { type Offer, packBody, type Store } from '@newsloom/store';

/** Owner of documents that do not say where they come from. */
const FILE_SOURCE = 'file' as SourceId;

export type DocumentFile = { path: string; bytes: Uint8Array; contentType: string; url: string };

/**
 * Reads a document file. A text in the form `URL / ---- / title / ---- / body` says its address itself; any other file
 * has its own.
 * @throws Error with `exitCode` 66 where the file cannot be read
 */
export async function readDocumentFile(path: string, fetchedAt: Date): Promise<DocumentFile> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw Object.assign(new Error(`cannot read the document ${path}: ${(cause as Error).message}`, { cause }), {
      exitCode: 66,
    });
  }
  const own = pathToFileURL(resolve(path)).href;
  if (looksLikeMarkup(bytes)) return { path, bytes, contentType: 'text/html', url: own };
  const said = readText(bytes, { url: own, contentType: 'text/plain', fetchedAt: fetchedAt.toISOString() }).url;
  return { path, bytes, contentType: 'text/plain', url: (said && canonicalize(said)) || own };
}

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

/** True where a file begins with markup. */
function looksLikeMarkup(bytes: Uint8Array): boolean {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 1024)).replace(/^(?:ï»¿|\s)+/, '');
  return /^<(?:!doctype|html|head|body|\?xml|!--|article|div|meta)/i.test(head);
}
