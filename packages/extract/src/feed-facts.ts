/** Completes an article by what a feed says about it, where the page itself says nothing. */
import type { Article, FeedFacts, ReadPage } from '@newsloom/model';

/** Longest text in a provenance, in characters. */
const MAX_AT = 200;

/**
 * Gives an article the description, tags, language and picture its feed states, each only where the page has none, and
 * the feed's own name for it. Title, date and authors of a feed were candidates while the page was read.
 *
 * @returns the page itself where there is nothing to add.
 */
export function withFeedFacts(page: ReadPage, facts: FeedFacts | undefined): ReadPage {
  const { article } = page;
  if (!article || !facts) return page;
  const provenance = { ...article.provenance };
  const added: Partial<Article> = {};
  const take = (field: 'description' | 'tags' | 'lang' | 'image', at: string): void => {
    provenance[field] = { from: 'feed', at };
  };
  if (!article.description && facts.summary) {
    added.description = facts.summary;
    take('description', 'summary');
  }
  if (article.tags.length === 0 && facts.tags && facts.tags.length > 0) {
    added.tags = facts.tags;
    take('tags', 'category');
  }
  if (article.lang === null && facts.lang) {
    added.lang = facts.lang;
    take('lang', 'language');
  }
  if (article.image === null && facts.image) {
    added.image = facts.image;
    take('image', 'image');
  }
  if (facts.guid) provenance.guid = { from: 'feed', at: facts.guid.slice(0, MAX_AT) };
  return { ...page, article: { ...article, ...added, provenance } };
}
