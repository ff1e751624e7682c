/** Which addresses are likely one page in other clothes; a hint to look for, never a reason to drop one. */

const INDEX_DOCUMENT = /\/(?:index|default|home)\.(?:html?|php\d?|aspx?|jsp|shtml|cfm)$/i;
const MOBILE_OR_WWW = /^(?:www\d?|m|mobile|amp|touch|wap)\.(?=[^.]+\.)/i;
/** `/amp`, `/amp/` and `.amp.html` at the end, `/amp/` in front. */
const AMP_PATH = /(?:\/amp\/?|\.amp(?=\.html?$))$|^\/amp(?=\/)|\.amp(?=\.html?$)/i;
const PRINT_PATH = /\/(?:print|imprimer|printer|in)\/?$/i;
const VARIANT_PARAMETERS = new Set(['amp', 'outputtype', 'print', 'printable', 'mobile', 'view_mode', 'm']);
const VARIANT_VALUES = new Set(['', '1', 'true', 'amp', 'print', 'yes']);

/**
 * A key that is equal for the usual variants of one page: http and https, with and without `www.`, mobile, AMP and
 * print editions, with and without the index document and the trailing slash. Takes a canonical URL. Two pages with one
 * key may be joined once rel=canonical or their content says so too.
 */
export function duplicateKey(url: string): string {
  const parsed = new URL(url);
  const host = parsed.host.replace(MOBILE_OR_WWW, '');
  const path = parsed.pathname
    .replace(INDEX_DOCUMENT, '/')
    .replace(AMP_PATH, '')
    .replace(PRINT_PATH, '')
    .replace(/\/+$/, '');
  const query = parsed.search
    .slice(1)
    .split('&')
    .filter((part) => {
      const [name = '', value = ''] = part.split('=');
      return part !== '' && !(VARIANT_PARAMETERS.has(name.toLowerCase()) && VARIANT_VALUES.has(value.toLowerCase()));
    });
  return query.length === 0 ? `${host}${path}` : `${host}${path}?${query.join('&')}`;
}
