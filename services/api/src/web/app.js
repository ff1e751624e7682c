/** The page: a view for each address after the #. */
import { seedsView, traceView } from './addresses.js';
import { entitiesView, storiesView, storyView } from './collections.js';
import { documentView } from './document.js';
import { el } from './dom.js';
import { entityView } from './entity.js';
import { showOverview } from './overview.js';
import { searchView } from './search.js';
import { sourcesView, sourceView } from './sources.js';

const main = document.querySelector('#main');

/** Views by the first part of the address. Each answers with what is shown. */
const VIEWS = {
  '': searchView,
  documents: (id) => documentView(id),
  stories: (id, values) => (id ? storyView(id, values) : storiesView(values)),
  entities: (id, values) => (id ? entityView(id, values) : entitiesView(values)),
  trace: (_, values) => traceView(values),
  seeds: (_, values) => seedsView(values),
  sources: (id, values, again) => (id ? sourceView(id, again) : sourcesView(values)),
};

let turn = 0;

/** Shows the view that the address names; a slower answer to an older address is thrown away. */
async function show() {
  if (location.hash && !location.hash.startsWith('#/')) return;
  const [path = '', query = ''] = location.hash.slice(2).split('?');
  const [name = '', id] = path.split('/');
  for (const link of document.querySelectorAll('nav[aria-label="Main"] a[href^="#"]')) {
    const own = link.getAttribute('href').slice(2);
    if (own === (name === 'documents' ? '' : name)) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  turn += 1;
  const mine = turn;
  main.setAttribute('aria-busy', 'true');
  document.title = 'Newsloom';
  let shown;
  try {
    shown = await (VIEWS[name] ?? VIEWS[''])(
      id && decodeURIComponent(id),
      Object.fromEntries(new URLSearchParams(query)),
      show,
    );
  } catch (error) {
    shown = el('p', { class: 'trouble', role: 'alert' }, error.message);
  }
  if (mine !== turn) return;
  main.replaceChildren(shown);
  main.removeAttribute('aria-busy');
  if (!main.contains(document.activeElement) && mine > 1) main.focus({ preventScroll: true });
  if (mine > 1) window.scrollTo(0, 0);
}

showOverview(document.querySelector('#overview'), document.querySelector('#live'), document.querySelector('#about'));
window.addEventListener('hashchange', show);
show();
