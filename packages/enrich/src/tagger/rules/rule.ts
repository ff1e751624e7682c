/** What a rule is: a pattern tried where a token starts, and how its match is valued. */
import type { MentionType } from '@newsloom/model';

/** What rules know besides the match. */
export type RuleContext = {
  /** `vi`, `fr`, `en` or another; unknown is ''. */
  language: string;
  /** The document's day, if known. */
  day: { year: number; month: number; day: number } | null;
  /** The text before the match, at most 24 characters. */
  before: string;
};

/** A pattern (sticky) for some languages (all where `languages` is absent). */
export type Rule = {
  type: MentionType;
  languages?: readonly string[];
  pattern: RegExp;
  /**
   * The value of a match: a string, `null` where it has none, or false where the match is not one after all.
   * `skip` is how many characters at the start do not belong to the mention, `drop` how many at the end.
   */
  read(match: RegExpExecArray, context: RuleContext): { value: string | null; skip?: number; drop?: number } | false;
};
