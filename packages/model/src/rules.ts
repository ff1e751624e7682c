/** How the pages of one source are read, where the general way fails: rules as data. */

/**
 * Selectors are CSS; one for a field may end in ` @name` to take an attribute instead of the text. What a rule does not
 * find on a page is read the general way.
 */
export type SourceRules = {
  /** Elements that are taken away before the page is read. */
  remove?: string[] | undefined;
  /** Elements whose text is the body, in the order of the page. */
  body?: string | undefined;
  title?: string | undefined;
  date?: string | undefined;
  /** Each element is one author, or a list of them. */
  authors?: string | undefined;
  image?: string | undefined;
  section?: string | undefined;
  /** Offset of times that say no zone, such as `+07:00`. */
  timeZone?: string | undefined;
};
