/** A page-reading process: reads one page at a time and may be killed at any point. */
import { browserReason, noticeFeeds, readListing, readPage, readText, withFeedFacts } from '@newsloom/extract';
import type { ReadReply, ReadRequest } from './read-protocol.ts';

/** Kinds that a page with next to no text is taken for. */
const MAY_BE_SHELL = new Set(['other', 'front', 'error', 'article']);

process.on('message', ({ id, bytes, context }: ReadRequest) => {
  let reply: ReadReply;
  try {
    const plain = /^text\/plain\b/i.test(context.contentType ?? '');
    const page =
      readListing(bytes, { ...context, isPlain: plain }) ??
      (plain ? readText(bytes, context) : readPage(bytes, context));
    const browser =
      page.article || !MAY_BE_SHELL.has(page.kind) ? null : browserReason(Buffer.from(bytes).toString('latin1'));
    reply = { id, page: { ...noticeFeeds(withFeedFacts(page, context.facts)), ...(browser && { browser }) } };
  } catch (error) {
    reply = { id, fault: String((error as Error)?.message ?? error).slice(0, 300) };
  }
  process.send?.(reply);
});
process.once('disconnect', () => process.exit(0));

// The weights are loaded by the first article: that time is no page's.
const FIRST =
  '<title>A</title><article><h1>A</h1><p>By Jane Doe, 2 May 2025</p><img src="/a.jpg"><p>One sentence.</p></article>';
readPage(Buffer.from(FIRST), { url: 'https://a.example/a', fetchedAt: '2025-05-02T00:00:00Z', asArticle: true });
process.send?.({ ready: true } satisfies ReadReply);
