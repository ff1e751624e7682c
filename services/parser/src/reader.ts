/** A page-reading process: reads one page at a time and may be killed at any point. */
import { noticeFeeds, readListing, readPage, readText, withFeedFacts } from '@newsloom/extract';
import type { ReadReply, ReadRequest } from './read-protocol.ts';

process.on('message', ({ id, bytes, context }: ReadRequest) => {
  let reply: ReadReply;
  try {
    const plain = /^text\/plain\b/i.test(context.contentType ?? '');
    const page = plain ? (readListing(bytes, context) ?? readText(bytes, context)) : readPage(bytes, context);
    reply = { id, page: noticeFeeds(withFeedFacts(page, context.facts)) };
  } catch (error) {
    reply = { id, fault: String((error as Error)?.message ?? error).slice(0, 300) };
  }
  process.send?.(reply);
});
process.once('disconnect', () => process.exit(0));
