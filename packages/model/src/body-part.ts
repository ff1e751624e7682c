/** The structure of an article's body: what each stretch of its text is, by offsets, so that the plain text stays as it is. */

/** A container around a part: the kind of element, and a number that parts inside the same one share. */
export type BodyContainer = { tag: 'blockquote' | 'ul' | 'ol' | 'li' | 'table' | 'tr' | 'td' | 'th'; id: number };

/** A stretch inside a part: offsets into the body, in UTF-16 units. */
export type BodyMark =
  | { kind: 'strong' | 'emphasis' | 'code' | 'sub' | 'sup'; start: number; end: number }
  /** `href` is an absolute http(s) URL. */
  | { kind: 'link'; start: number; end: number; href: string };

/** One part of a body. What lies between the parts is white space, and the bars between the cells of a row. */
export type BodyPart = { start: number; end: number; inside: BodyContainer[] } & (
  | { kind: 'paragraph' | 'preformatted'; marks: BodyMark[] }
  | { kind: 'heading'; level: number; marks: BodyMark[] }
  /** Stands before the text at its offset and has none of its own, but in a gallery: there it spans its caption in the body. */
  | { kind: 'image'; src: string; alt: string; caption: string }
);
