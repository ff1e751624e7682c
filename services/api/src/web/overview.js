/** The strip of numbers at the top, kept up to date by server-sent events. */
import { el, numberText } from './dom.js';

const STEPS = ['seeds', 'fetch', 'render', 'parse', 'enrich', 'cluster'];

/** Shows the numbers in `place`, and says in `status` when they stop coming. */
export function showOverview(place, status, about) {
  let stream = null;
  const listen = () => {
    stream = new EventSource('/api/live');
    stream.addEventListener('stats', (event) => {
      const stats = JSON.parse(event.data);
      place.replaceChildren(figures(stats), line(stats.queues));
      document.dispatchEvent(new CustomEvent('stats', { detail: stats }));
      about.textContent = `Newsloom ${stats.version} · facts: ${stats.store} · queues: ${stats.carrier}`;
      status.textContent = '';
    });
    stream.addEventListener('error', () => {
      status.textContent = 'The numbers above have stopped: Newsloom does not answer. Trying again…';
    });
  };
  // A browser opens six connections to one server at most; hidden tabs must not hold them.
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) return stream ?? listen();
    stream?.close();
    stream = null;
  });
  if (!document.hidden) listen();
}

function figures({ documents, stories, urls, entities }) {
  const shown = [
    [documents.documents, 'documents', documents.waiting ? `${numberText(documents.waiting)} being enriched` : ''],
    [stories.shared, 'shared stories', ''],
    [entities, 'entities', ''],
    [urls.known, 'addresses', urls.due ? `${numberText(urls.due)} due` : 'none due'],
  ];
  return el(
    'dl',
    { class: 'figures' },
    shown.map(([n, name, more]) =>
      el('div', {}, el('dt', {}, name), el('dd', {}, numberText(n), more && el('small', {}, more))),
    ),
  );
}

function line(queues) {
  return el(
    'ol',
    { class: 'line', 'aria-label': 'Queues' },
    STEPS.map((name) => {
      const { waiting, active, delayed, failed } = queues[name];
      const busy = active > 0 ? 'busy' : '';
      return el(
        'li',
        { class: busy },
        el(
          'a',
          { href: `/queues/queue/${name}` },
          el('strong', {}, name),
          el('span', {}, numberText(waiting + delayed), el('i', {}, ' waiting')),
          active > 0 && el('span', {}, numberText(active), el('i', {}, ' active')),
          failed > 0 && el('span', { class: 'failed' }, numberText(failed), el('i', {}, ' failed')),
        ),
      );
    }),
  );
}
