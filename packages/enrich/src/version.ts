/** The version of what is read out of a document's text. */

/** Counted up when documents read by an earlier version are worth reading again (`newsloom enrich --again`). */
export const ENRICHER_VERSION = 2;
