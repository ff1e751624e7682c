/** A feature of a document, as its signature carries it. */

/** A key and how much it weighs in the document. */
export type Weighted = [key: string, weight: number];
