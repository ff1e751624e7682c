/** One spelling for a query, without the parameters that do not choose the page. */
import { normalizePercent } from './percent.ts';
import { isSessionParameter, isSignatureParameter, isTrackingParameter } from './tracking.ts';

/** Names that may be put in order. A query with another kind of name (`?crop/1420x708`) is a path of its own. */
const ORDINARY_NAME = /^[^/?:@\\]+$/;

type Parameter = { name: string; value: string | null };

/**
 * Cleans a query as the WHATWG parser writes it, with its `?` or empty; the answer has its `?` or is empty.
 * Tracking and session parameters go, percent-encoding is normalised, empty and nameless parts go, `b=` becomes `b`,
 * a space in a value is `+` (the form encoding every server reads), and the parameters stand in the order of their
 * names, those of one name as they came. A signed query only loses its tracking parameters.
 */
export function cleanQuery(search: string, hosts: readonly string[]): string {
  if (search.length < 2) return '';
  const parameters = normalizePercent(search.slice(1)).split('&').map(parseParameter);
  const signed = parameters.some(({ name }) => isSignatureParameter(name));
  const ordinary = parameters.every(({ name }) => name === '' || ORDINARY_NAME.test(name));

  const kept = parameters.filter(({ name, value }) => {
    if (isTrackingParameter(name, value ?? '', hosts)) return false;
    if (signed || !ordinary) return true;
    return name !== '' && !isSessionParameter(name, value ?? '');
  });
  if (!signed && ordinary) {
    kept.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    for (const parameter of kept) parameter.value = parameter.value?.replaceAll('%20', '+') || null;
  }
  const query = kept.map(({ name, value }) => (value === null ? name : `${name}=${value}`)).join('&');
  return query === '' ? '' : `?${query}`;
}

function parseParameter(part: string): Parameter {
  const at = part.indexOf('=');
  return at === -1 ? { name: part, value: null } : { name: part.slice(0, at), value: part.slice(at + 1) };
}
