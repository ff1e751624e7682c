/** One document: its text with the mentions marked, where each field came from, and how it was before. */
import { ask, dateText, el, languageName, momentText, outside, queryOf, TYPE_NAMES } from './dom.js';
import { versionsOf } from './versions.js';

const FIELDS = {
  title: 'Title',
  date: 'Date',
  dateModified: 'Date modified',
  authors: 'Authors',
  body: 'Text',
  lang: 'Language',
  image: 'Image',
  canonicalUrl: 'Canonical address',
  description: 'Description',
  tags: 'Tags',
  guid: 'Name in its feed',
};

/** The view of the document with this id. */
export async function documentView(id) {
  const it = await ask(`/api/documents/${encodeURIComponent(id)}`);
  document.title = `${it.title ?? 'Untitled'} – Newsloom`;
  const credits = [...it.authors, ...it.agencies].join(', ');
  return el(
    'article',
    { class: 'document' },
    el(
      'p',
      { class: 'kicker' },
      el('a', { href: `#/sources/${encodeURIComponent(it.sourceId)}` }, it.sourceId),
      it.section && ` · ${it.section}`,
    ),
    el('h1', { lang: it.lang }, it.title ?? 'Untitled'),
    el(
      'p',
      { class: 'byline' },
      dateText(it.date),
      it.dateModified && it.dateModified !== it.date && ` · modified ${dateText(it.dateModified)}`,
      credits && ` · ${credits}`,
      it.lang && ` · ${languageName(it.lang)}`,
      ' · ',
      outside(it.url, 'at the publisher'),
      it.image && [' · ', outside(it.image, 'lead image'), it.imageCaption && `: ${it.imageCaption}`],
    ),
    it.goneAt &&
      el(
        'p',
        { class: 'trouble' },
        `Its publisher no longer serves it, since ${momentText(it.goneAt)}; it is kept here.`,
      ),
    it.story?.documents > 1 && partOf(it.story),
    copiesOf(it),
    inShort(it),
    legend(it.mentions),
    el('div', { class: 'text', lang: it.lang }, paragraphs(it.body, it.mentions, it.passages ?? [])),
    provenance(it),
    versionsOf(it),
  );
}

const partOf = ({ id, headline, documents }) =>
  el(
    'p',
    { class: 'part' },
    el('a', { class: 'chip story', href: `#/stories/${id}` }, `Story of ${documents}`),
    ` ${headline}`,
  );

/** Where else the same text stands, and which was seen first. */
function copiesOf({ copyOf, copies }) {
  if (copyOf) {
    return el(
      'p',
      { class: 'part' },
      el('a', { class: 'chip', href: `#/documents/${copyOf}` }, 'Copy'),
      ' of a text that was seen elsewhere before',
    );
  }
  if (copies.length === 0) return null;
  return el(
    'p',
    { class: 'part' },
    'The same text, seen later: ',
    copies.map((copy, i) => [i > 0 ? ', ' : '', el('a', { href: `#/documents/${copy.id}` }, copy.sourceId)]),
  );
}

/** Its summary and keywords, marked as what they are: chosen by a program. */
function inShort({ body, lang, summary, keywords }) {
  const sentences = (summary ?? []).map(({ start, end }) => body.slice(start, end)).join(' ');
  if (sentences === '' && keywords.length === 0) return null;
  return el(
    'aside',
    { class: 'short', 'aria-label': 'In short' },
    sentences !== '' &&
      sentences.length < body.length * 0.6 &&
      el('p', { lang }, el('strong', {}, 'In short, in its own sentences: '), sentences),
    keywords.length > 0 &&
      el(
        'p',
        { class: 'chips', lang },
        keywords.map((word) => el('a', { class: 'chip', href: `#/${queryOf({ q: `"${word}"` })}` }, word)),
      ),
  );
}

/** Paragraphs of a text, each with its mentions as marks. Offsets are UTF-16 code units, as strings have here. */
function paragraphs(body, mentions, passages) {
  const fitting = mentions.filter((mention) => body.slice(mention.start, mention.end) === mention.text);
  const found = [];
  for (const match of body.matchAll(/[^\n]+(?:\n(?!\n)[^\n]*)*/g)) {
    const end = match.index + match[0].length;
    const inside = fitting.filter((mention) => mention.start >= match.index && mention.end <= end);
    const own = passages.find((passage) => passage.start <= match.index && end <= passage.end);
    found.push(el('p', { lang: own?.lang }, marked(body, match.index, end, inside)));
  }
  return found;
}

function marked(body, from, to, mentions) {
  const parts = [];
  let at = from;
  for (const mention of mentions) {
    if (mention.start < at) continue;
    parts.push(body.slice(at, mention.start), mark(mention));
    at = mention.end;
  }
  parts.push(body.slice(at, to));
  return parts;
}

function mark({ text, type, entityId, name, value }) {
  const says = [TYPE_NAMES[type] ?? type, name ?? value].filter(Boolean).join(': ');
  const inner = el('mark', { class: type, title: says }, text);
  return entityId ? el('a', { class: 'mention', href: `#/entities/${entityId}` }, inner) : inner;
}

function legend(mentions) {
  const types = [...new Set(mentions.map((mention) => mention.type))];
  if (types.length === 0) return null;
  return el(
    'ul',
    { class: 'legend', 'aria-label': 'Colours of the mentions' },
    types.map((type) => el('li', {}, el('mark', { class: type }, TYPE_NAMES[type] ?? type))),
  );
}

function provenance(it) {
  const order = Object.keys(FIELDS);
  const origins = Object.entries(it.provenance).sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  const rows = origins.map(([field, origin]) =>
    el(
      'tr',
      {},
      el('th', { scope: 'row' }, FIELDS[field] ?? field),
      el('td', {}, origin.from),
      el('td', {}, origin.at ?? ''),
      el(
        'td',
        {},
        (origin.over ?? []).map((other) => el('div', {}, `${other.from}: ${other.value}`)),
      ),
    ),
  );
  return el(
    'details',
    { class: 'facts', open: true },
    el('summary', {}, 'Where it comes from'),
    el(
      'div',
      { class: 'wide' },
      el(
        'table',
        {},
        el(
          'thead',
          {},
          el(
            'tr',
            {},
            ['Field', 'Read from', 'At', 'Chosen over'].map((name) => el('th', { scope: 'col' }, name)),
          ),
        ),
        el('tbody', {}, rows),
      ),
    ),
    el(
      'p',
      {},
      `Fetched ${momentText(it.fetchedAt)}, read by parser version ${it.parserVersion}, `,
      it.enrichedAt ? `enriched ${momentText(it.enrichedAt)}. ` : 'not enriched yet. ',
      el('a', { href: `#/trace?url=${encodeURIComponent(it.url)}` }, 'Trace its address'),
    ),
    terms(it.directives),
  );
}

/** What the publisher says about the use of the page. */
function terms(directives) {
  if (directives.length === 0) return null;
  return el(
    'p',
    { class: 'terms' },
    'Its publisher says: ',
    directives.map((directive, i) => [i > 0 ? ', ' : '', el('code', {}, directive)]),
  );
}
