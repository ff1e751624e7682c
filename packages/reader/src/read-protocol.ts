/** What the parser and its page-reading processes say to each other. */
import type { FeedFacts, ReadPage, SourceRules } from '@newsloom/model';

/** How a page came, as far as reading it needs. */
export type ReadContext = {
  url: string;
  contentType: string | null;
  xRobotsTag: string | null;
  /** Product token that directives for one agent are read for. */
  agent: string;
  /** ISO 8601; relative dates count from here. */
  fetchedAt: string;
  facts?: FeedFacts;
  /** The address is known to be an article. */
  asArticle?: boolean;
  /** Whether the article carries the structure of its body. */
  structured?: boolean;
  /** The rules of its source. */
  rules?: SourceRules;
};

export type ReadRequest = { id: number; bytes: Uint8Array; context: ReadContext };
/** `ready` is said once, when the process has loaded what it reads with. */
export type ReadReply = { id: number; page: ReadPage } | { id: number; fault: string } | { ready: true };

/** A page that was read, or why it could not be: its process was killed by the deadline, by memory, or by itself. */
export type ReadResult =
  | ReadPage
  | { kind: 'unreadable'; why: 'deadline' | 'memory' | 'crash' | 'fault'; detail: string };
