/** Takes the commonest endings of French and English words off. */

/** The stem of a folded word; Vietnamese words have no endings and keep theirs, being short. */
export function stem(word: string): string {
  return word.length > 5 ? word.replace(/(?:ements?|ations?|ings?|ies|ees|es|ed|e|s)$/, '') : word.replace(/s$/, '');
}
