/** Tells what is wrong with a source's rules before they are saved. */
import type { SourceRules } from '@newsloom/model';
import { selectorFault } from './selector.ts';

const MOST_REMOVALS = 50;
const OFFSET = /^(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;
const SELECTORS = ['body', 'title', 'date', 'authors', 'image', 'section'] as const;

/** Sentences, each naming a rule and its fault; none where the rules can be used. Never throws. */
export function lintRules(rules: SourceRules): string[] {
  const faults: string[] = [];
  const removals = rules.remove ?? [];
  if (removals.length > MOST_REMOVALS) faults.push(`"remove" has more than ${MOST_REMOVALS} selectors`);
  for (const [at, selector] of removals.slice(0, MOST_REMOVALS).entries()) {
    const fault = selectorFault(selector);
    if (fault) faults.push(`"remove.${at}" ${fault}`);
    else if (/\s@[\w:-]+$/.test(selector)) faults.push(`"remove.${at}" names an attribute; whole elements are removed`);
    else if (/^(?:\*|html|body|head)$/i.test(selector.trim())) faults.push(`"remove.${at}" takes the whole page away`);
  }
  for (const name of SELECTORS) {
    const selector = rules[name];
    if (selector === undefined) continue;
    const fault = selectorFault(selector);
    if (fault) faults.push(`"${name}" ${fault}`);
  }
  if (rules.body !== undefined && /\s@[\w:-]+$/.test(rules.body)) {
    faults.push('"body" names an attribute; a body is the text of elements');
  }
  if (rules.timeZone !== undefined && !OFFSET.test(rules.timeZone)) {
    faults.push('"timeZone" must be an offset such as "+07:00", or "Z"');
  }
  return faults;
}
