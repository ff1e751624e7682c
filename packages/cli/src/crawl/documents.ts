/** Reads document files: what they are, and which address they have. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readText } from '@newsloom/extract';
import { canonicalize } from '@newsloom/frontier';
import type { DocumentFile } from './document-file.ts';

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

/** True where a file begins with markup. */
function looksLikeMarkup(bytes: Uint8Array): boolean {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 1024)).replace(/^(?:ï»¿|\s)+/, '');
  return /^<(?:!doctype|html|head|body|\?xml|!--|article|div|meta)/i.test(head);
}
