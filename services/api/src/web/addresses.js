/** Addresses: where one is and why, and the seeds. */
import { ask, el, momentText, outside, pager, queryOf } from './dom.js';
import { field, goTo, heading, none, valuesOf } from './parts.js';

export async function traceView({ url = '' }) {
  const form = el(
    'form',
    {
      class: 'search',
      onsubmit: (event) => {
        event.preventDefault();
        goTo('trace', valuesOf(event.target));
      },
    },
    el(
      'div',
      { class: 'row' },
      field('Address', 'url', {
        value: url,
        class: 'grow',
        required: true,
        inputmode: 'url',
        autocomplete: 'off',
        spellcheck: 'false',
      }),
      el('button', { type: 'submit' }, 'Trace'),
    ),
  );
  const intro = heading('Where is it, and why?', 'Every address can be asked what became of it.');
  if (!url) return el('div', {}, intro, form);
  const trace = await ask(`/api/trace${queryOf({ url })}`).catch((error) => ({ trouble: error.message }));
  if (trace.trouble) return el('div', {}, intro, form, el('p', { class: 'trouble', role: 'alert' }, trace.trouble));
  const [state, ...rest] = trace.says;
  return el(
    'div',
    {},
    intro,
    form,
    el('p', { class: 'address' }, outside(trace.url)),
    el('p', { class: 'state' }, state),
    el(
      'ul',
      { class: 'says' },
      rest.map((sentence) => el('li', {}, sentence)),
    ),
    trace.facts?.document &&
      el('p', {}, el('a', { href: `#/documents/${trace.facts.document.id}` }, 'Read the document')),
    trace.facts &&
      el(
        'details',
        { class: 'facts' },
        el('summary', {}, 'All facts'),
        el('pre', {}, JSON.stringify(trace.facts, null, 2)),
      ),
  );
}

export async function seedsView(values) {
  const page = await ask(`/api/seeds${queryOf(values)}`);
  const said = el('p', { role: 'status' });
  const kinds = ['auto', 'article', 'section', 'feed', 'sitemap'];
  const form = el(
    'form',
    {
      class: 'search',
      onsubmit: async (event) => {
        event.preventDefault();
        const { url, kind, depth, every } = valuesOf(event.target);
        const seed = { url, kind, ...(depth && { depth: Number(depth) }), ...(every && { every }) };
        const options = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(seed) };
        const answer = await ask('/api/seeds', options).catch((error) => error);
        const refused = answer instanceof Error;
        said.className = refused ? 'trouble' : 'done';
        if (refused) return said.replaceChildren(answer.message);
        const { canonicalUrl } = answer.seeds[0];
        const trace = el('a', { href: `#/trace?url=${encodeURIComponent(canonicalUrl)}` }, 'Where is it now?');
        said.replaceChildren(`Added ${canonicalUrl}. `, trace);
        event.target.reset();
      },
    },
    el(
      'div',
      { class: 'row' },
      field('Address to follow', 'url', {
        class: 'grow',
        required: true,
        type: 'url',
        placeholder: 'https://',
        autocomplete: 'off',
      }),
      el(
        'label',
        {},
        el('span', {}, 'What it is'),
        el(
          'select',
          { name: 'kind' },
          kinds.map((kind) => el('option', { value: kind }, kind)),
        ),
      ),
      field('Link hops', 'depth', { type: 'number', min: 0, max: 20, placeholder: '1', size: 4 }),
      field('Again every', 'every', {
        placeholder: 'adaptive',
        pattern: '\\d+[smhd]',
        title: 'such as 15m or 6h',
        size: 8,
      }),
      el('button', { type: 'submit' }, 'Add seed'),
    ),
    said,
  );
  const rows = page.items.map((seed) =>
    el(
      'tr',
      {},
      el('td', {}, el('a', { href: `#/trace?url=${encodeURIComponent(seed.url)}` }, seed.url)),
      el('td', {}, el('a', { href: `#/sources/${encodeURIComponent(seed.sourceId)}` }, seed.sourceId)),
      el('td', {}, seed.kind),
      el('td', {}, seed.verdict ?? 'waiting'),
      el('td', {}, momentText(seed.dueAt) || '–'),
    ),
  );
  const head = ['Address', 'Source', 'Kind', 'Last fetch', 'Next fetch'];
  return el(
    'div',
    {},
    heading('Seeds', 'Addresses somebody asked us to follow.'),
    form,
    rows.length === 0
      ? none('No seeds yet.')
      : el(
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
                head.map((name) => el('th', { scope: 'col' }, name)),
              ),
            ),
            el('tbody', {}, rows),
          ),
        ),
    pager(page, (offset) => goTo('seeds', { ...values, offset })),
  );
}
