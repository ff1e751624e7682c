/** The version of the reading rules: raised whenever the same bytes may read differently. */
export const PARSER_VERSION = 3;
