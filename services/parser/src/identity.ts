/** Which document a page is: the canonical address it names, where that can be believed, else its own. */
import { canonicalize, sourceOf } from '@newsloom/frontier';

/**
 * The canonical URL of a page. A canonical link is believed within its own source, and not when it points to the home
 * page from elsewhere: some sites name that on every page, which would make all their articles one.
 * @param url canonical URL the page was fetched from
 * @param named rel=canonical or its equivalents, or null
 */
export function identityOf(url: string, named: string | null): string {
  const canonical = named === null ? null : canonicalize(named, url);
  if (canonical === null || canonical === url) return url;
  // A document taken in from a file is the page it says it is.
  if (url.startsWith('file:')) return canonical;
  if (sourceOf(canonical) !== sourceOf(url)) return url;
  const home = new URL(canonical);
  if (home.pathname === '/' && home.search === '' && new URL(url).pathname !== '/') return url;
  return canonical;
}
