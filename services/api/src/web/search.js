/** Search over all documents, and documents as a list. */
import { ask, dateText, el, entityChip, languageName, numberText, pager, queryOf } from './dom.js';
import { field, goTo, none, valuesOf } from './parts.js';

/** Search over all documents, and the latest ones before anything is asked. */
export async function searchView(_, values, again) {
  const narrowed = ['lang', 'source', 'from', 'to'].some((name) => values[name]);
  const form = el(
    'form',
    {
      class: 'search',
      role: 'search',
      onsubmit: (event) => {
        event.preventDefault();
        goTo('', valuesOf(event.target));
      },
    },
    el(
      'div',
      { class: 'row' },
      field('Search in all documents, with or without diacritics', 'q', {
        type: 'search',
        value: values.q ?? '',
        class: 'grow',
        autocomplete: 'off',
      }),
      el('button', { type: 'submit' }, 'Search'),
    ),
    el(
      'details',
      { open: narrowed },
      el('summary', {}, 'Narrow it down'),
      el(
        'div',
        { class: 'row' },
        field('Language', 'lang', { value: values.lang ?? '', placeholder: 'vi', size: 6 }),
        field('Source', 'source', { value: values.source ?? '', placeholder: 'example.vn', size: 18 }),
        field('Dated from', 'from', { value: values.from ?? '', placeholder: '2026-11', size: 11 }),
        field('to', 'to', { value: values.to ?? '', placeholder: '2026-11-20', size: 11 }),
      ),
    ),
  );
  const page = await ask(`/api/documents${queryOf(values)}`);
  const asked = Object.keys(values).some((name) => name !== 'offset');
  const news = el('p', { role: 'status' });
  if (Object.keys(values).length === 0) tellNews(news, page.total, again);
  const found = page.exact ? numberText(page.total) : `More than ${numberText(page.total)}`;
  const title = asked ? `${found} found` : 'Latest documents';
  const empty = asked
    ? 'No document matches. Fewer words, or another spelling, may find more.'
    : 'No documents yet. Add an address under Seeds, and they appear here.';
  return el(
    'div',
    {},
    form,
    el('h1', { class: 'small' }, title),
    news,
    page.items.length === 0 ? none(empty) : documentList(page.items),
    pager(page, (offset) => goTo('', { ...values, offset })),
  );
}

/** Says in `place` when there are more documents than `shown`; where there were none, the first are shown by themselves. */
function tellNews(place, shown, again) {
  const hear = ({ detail: { documents } }) => {
    if (!place.isConnected) return document.removeEventListener('stats', hear);
    const more = documents.documents - shown;
    if (more <= 0) return;
    const typing = document.activeElement?.matches('input');
    if (shown === 0 && !typing) return again();
    place.replaceChildren(el('button', { type: 'button', onclick: () => again() }, `Show ${numberText(more)} new`));
  };
  // Heard from the next task on: by then the view is on the page.
  setTimeout(() => document.addEventListener('stats', hear));
}

/** Documents as a list, whoever asked for them. */
export function documentList(items) {
  return el(
    'ol',
    { class: 'documents' },
    items.map((it) =>
      el(
        'li',
        {},
        el('h2', { lang: it.lang }, el('a', { href: `#/documents/${it.id}` }, it.title ?? 'Untitled')),
        el(
          'p',
          { class: 'byline' },
          el('a', { href: `#/${queryOf({ source: it.sourceId })}` }, it.sourceId),
          ` · ${dateText(it.date)}`,
          it.lang && ` · ${languageName(it.lang)}`,
          it.authors.length > 0 && ` · ${it.authors.join(', ')}`,
        ),
        el('p', { class: 'excerpt', lang: it.lang }, excerpt(it)),
        el(
          'p',
          { class: 'chips' },
          it.storyDocuments > 1 &&
            el(
              'a',
              { class: 'chip story', href: `#/stories/${it.storyId}` },
              `Story of ${numberText(it.storyDocuments)}`,
            ),
          it.copyOf && el('a', { class: 'chip', href: `#/documents/${it.copyOf}` }, 'Copy'),
          it.entities.map(entityChip),
        ),
      ),
    ),
  );
}

/** The passage of a document, with the words that were searched for marked. */
function excerpt({ excerpt: text, marks }) {
  const parts = [];
  let at = 0;
  for (const [start, end] of marks) {
    parts.push(text.slice(at, start), el('mark', { class: 'hit' }, text.slice(start, end)));
    at = end;
  }
  parts.push(text.slice(at));
  return text.length >= 200 ? [...parts, '…'] : parts;
}
