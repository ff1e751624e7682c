/** Elements, answers of the API, and dates as people read them. Data becomes text nodes, never markup. */

/**
 * Makes an element. Strings and numbers become text; null and false are left out.
 * @param {string} tag
 * @param {Record<string, unknown>} attributes `on*` functions become listeners
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Asks the API; throws an Error with its sentence when it refuses. */
export async function ask(path, options = {}) {
  let response;
  try {
    // By the origin: an address opened as http://user:secret@host would make a fetch that browsers refuse.
    response = await fetch(new URL(path, location.origin), { headers: { accept: 'application/json' }, ...options });
  } catch {
    throw new Error('Newsloom does not answer. Is it still running?');
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error?.message ?? `Newsloom answered with status ${response.status}.`);
  return answer;
}

/** A query string out of the values that are set. */
export function queryOf(values) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value) query.set(name, value);
  const text = query.toString();
  return text && `?${text}`;
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** A document's date, only as exact as known, in the publisher's own zone: `20 Nov 2026, 08:30 (+07:00)`. */
export function dateText(value) {
  const [, year, month, day, time, zone] =
    /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T(\d\d:\d\d)[\d:.]*(Z|[+-]\d\d:?\d\d)?)?/.exec(value ?? '') ?? [];
  if (!year) return 'undated';
  const dayText = [day && Number(day), month && MONTHS[Number(month) - 1], year].filter(Boolean).join(' ');
  return time ? `${dayText}, ${time}${zone ? ` (${zone === 'Z' ? 'UTC' : zone})` : ''}` : dayText;
}

/** A moment in the reader's own zone. */
export function momentText(iso) {
  return iso ? new Date(iso).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' }) : '';
}

const LANGUAGES = new Intl.DisplayNames(['en'], { type: 'language' });

/** The name of a language: `Vietnamese` for `vi`. */
export function languageName(code) {
  try {
    return LANGUAGES.of(code) ?? code;
  } catch {
    return code;
  }
}

const numbers = new Intl.NumberFormat('en');
export const numberText = (n) => numbers.format(n ?? 0);

/** A link that leaves Newsloom: only http(s), and it says nothing about where it came from. */
export function outside(url, text = url) {
  const href = /^https?:\/\//i.test(url ?? '') ? url : null;
  return el('a', { href, rel: 'noreferrer noopener nofollow', target: '_blank', class: 'outside' }, text);
}

export const TYPE_NAMES = {
  PER: 'Person',
  ORG: 'Organisation',
  LOC: 'Place',
  MISC: 'Other',
  DATE: 'Date',
  TIME: 'Time',
  MONEY: 'Money',
  PERCENT: 'Share',
  QUANTITY: 'Quantity',
};

/** A small link to an entity, coloured by its type. */
export function entityChip({ id, type, name }) {
  return el('a', { class: `chip ${type}`, href: `#/entities/${id}`, title: TYPE_NAMES[type] ?? type }, name);
}

/** The buttons before and after a page of a list. */
export function pager(page, goTo) {
  const { offset, limit, more, items } = page;
  if (offset === 0 && !more) return null;
  return el(
    'nav',
    { class: 'pager', 'aria-label': 'Pages' },
    el(
      'button',
      { type: 'button', disabled: offset === 0, onclick: () => goTo(Math.max(0, offset - limit)) },
      'Earlier page',
    ),
    el('span', {}, `${numberText(offset + 1)} to ${numberText(offset + items.length)}`),
    el('button', { type: 'button', disabled: !more, onclick: () => goTo(offset + limit) }, 'Next page'),
  );
}
