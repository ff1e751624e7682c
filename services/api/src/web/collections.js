/** Stories and entities: the lists, and one with its documents. */
import {
  ask,
  dateText,
  el,
  entityChip,
  languageName,
  momentText,
  numberText,
  pager,
  queryOf,
  TYPE_NAMES,
} from './dom.js';
import { field, goTo, heading, none, valuesOf } from './parts.js';
import { documentList } from './search.js';

export async function storiesView(values) {
  const page = await ask(`/api/stories${queryOf(values)}`);
  return el(
    'div',
    {},
    heading('Stories', 'Events that two documents or more tell, in whatever language; the latest told first.'),
    page.items.length === 0
      ? none('No event has been told twice yet.')
      : el(
          'ol',
          { class: 'documents' },
          page.items.map((story) =>
            el(
              'li',
              {},
              el('h2', {}, el('a', { href: `#/stories/${story.id}` }, story.headline)),
              el('p', { class: 'byline' }, storyLine(story)),
            ),
          ),
        ),
    pager(page, (offset) => goTo('stories', { ...values, offset })),
  );
}

const storyLine = ({ documents, langs, sources, updatedAt }) =>
  [
    `${numberText(documents)} document${documents === 1 ? '' : 's'}`,
    langs.map(languageName).join(', '),
    sources.join(', '),
    `last told ${momentText(updatedAt)}`,
  ]
    .filter(Boolean)
    .join(' · ');

export async function storyView(id, values) {
  const story = await ask(`/api/stories/${encodeURIComponent(id)}${queryOf(values)}`);
  document.title = `${story.headline} – Newsloom`;
  return el(
    'div',
    {},
    el('p', { class: 'kicker' }, 'Story'),
    heading(story.headline, storyLine(story)),
    el('p', { class: 'chips' }, story.entities.map(entityChip)),
    timeline(story.timeline),
    documentList(story.documentPage.items),
    pager(story.documentPage, (offset) => goTo(`stories/${id}`, { offset })),
    history(story.events),
  );
}

/** The days of a story: who told what first, and what came after. */
function timeline(days) {
  if (days.length < 2) return null;
  return el(
    'ol',
    { class: 'timeline', 'aria-label': 'Timeline' },
    days.map(({ day, documents }) =>
      el(
        'li',
        {},
        el('time', { datetime: day }, dateText(day)),
        el(
          'ul',
          {},
          documents.map((it) =>
            el(
              'li',
              { lang: it.lang },
              el('a', { href: `#/documents/${it.id}` }, it.title ?? 'Untitled'),
              el('span', { class: 'quiet' }, ` ${it.sourceId}${it.copy ? ', a copy' : ''}`),
            ),
          ),
        ),
      ),
    ),
  );
}

/** Merges and splits, and who made them. */
function history(events) {
  if (events.length === 0) return null;
  return el(
    'details',
    { class: 'facts' },
    el('summary', {}, `Merged and split ${numberText(events.length)} ${events.length === 1 ? 'time' : 'times'}`),
    el(
      'ul',
      {},
      events.map(({ kind, otherId, documents, actor, reason, at, undoneAt }) =>
        el(
          'li',
          {},
          `${momentText(at)}: ${kind === 'merge' ? 'took in' : 'gave up'} ${otherId} with ${numberText(documents.length)} `,
          `${documents.length === 1 ? 'document' : 'documents'}, by ${actor}`,
          reason && ` (${reason})`,
          undoneAt && `; taken back ${momentText(undoneAt)}`,
        ),
      ),
    ),
  );
}

export async function entitiesView(values) {
  const page = await ask(`/api/entities${queryOf(values)}`);
  const select = el(
    'select',
    { name: 'type' },
    el('option', { value: '' }, 'of any kind'),
    ['PER', 'ORG', 'LOC', 'MISC'].map((type) =>
      el('option', { value: type, selected: values.type === type }, TYPE_NAMES[type]),
    ),
  );
  return el(
    'div',
    {},
    heading('Entities', 'Persons, organisations and places, those named in most documents first.'),
    el(
      'form',
      {
        class: 'search',
        onsubmit: (event) => {
          event.preventDefault();
          goTo('entities', valuesOf(event.target));
        },
      },
      el(
        'div',
        { class: 'row' },
        field('How a word of the name begins', 'q', {
          type: 'search',
          value: values.q ?? '',
          class: 'grow',
          autocomplete: 'off',
        }),
        el('label', {}, el('span', {}, 'Kind'), select),
        el('button', { type: 'submit' }, 'Find'),
      ),
    ),
    page.items.length === 0
      ? none('No entity has such a name.')
      : el(
          'ol',
          { class: 'plain' },
          page.items.map((it) =>
            el(
              'li',
              {},
              entityChip(it),
              el('span', { class: 'quiet' }, ` ${numberText(it.documents)} document${it.documents === 1 ? '' : 's'}`),
            ),
          ),
        ),
    pager(page, (offset) => goTo('entities', { ...values, offset })),
  );
}
