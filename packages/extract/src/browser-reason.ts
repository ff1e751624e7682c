/** Whether a page without an article is likely an empty shell that scripts fill, by counting its text and scripts. */

/** With this much text of its own, a page has said what it has to say; shells hold a name and a "please wait". */
const SHELL_CHARS = 300;
/** A page with more links than this is a list, whatever its scripts add; shells have a few in their footer. */
const SHELL_LINKS = 15;
/** How much of a page is looked at, in characters: a shell is small. */
const LOOKED_AT_CHARS = 2_000_000;

/** Elements whose content nobody sees, matched to their end or to the end of the page. */
const UNSEEN = /<(script|style|noscript|template|svg|head)\b[^<>]*>(?:[\s\S]*?<\/\1\s*>|[\s\S]*$)/gi;
const SCRIPT = /<script\b([^<>]*)>/gi;
/** Data in a script element is no script. */
const DATA_TYPE =
  /\btype\s*=\s*["']?(?:application\/(?:ld\+)?json|importmap|speculationrules|text\/(?:html|template|x-))/i;

/**
 * Why a browser may find text in a page where none was found: `body empty, 4 scripts`; null where its markup says all.
 * Linear in the size of the page.
 * @param html the page as text; its charset does not matter
 */
export function browserReason(html: string): string | null {
  const page = html.slice(0, LOOKED_AT_CHARS);
  const scripts = [...page.matchAll(SCRIPT)].filter(([, attributes]) => !DATA_TYPE.test(attributes ?? '')).length;
  if (scripts === 0) return null;
  const seen = page.replace(UNSEEN, ' ');
  if ((seen.match(/<a\s/gi)?.length ?? 0) > SHELL_LINKS) return null;
  const text = seen
    .replace(/<[^<>]*>/g, ' ')
    .replace(/&\w+;|\s+/g, ' ')
    .trim();
  if (text.length >= SHELL_CHARS) return null;
  const body = text === '' ? 'body empty' : `body of ${text.length} characters`;
  return `${body}, ${scripts} ${scripts === 1 ? 'script' : 'scripts'}`;
}
