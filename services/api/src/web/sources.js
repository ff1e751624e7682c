/** Sources: the list, and one with its state, its settings, its seeds and what was left out. */
import { ask, el, momentText, numberText, pager, queryOf } from './dom.js';
import { field, goTo, heading, none, valuesOf } from './parts.js';

/** All sources with seeds or settings. */
export async function sourcesView(values) {
  const page = await ask(`/api/sources${queryOf(values)}`);
  const rows = page.items.map((it) => [
    el('a', { href: `#/sources/${encodeURIComponent(it.id)}` }, it.id),
    numberText(it.seeds),
    numberText(it.documents),
    momentText(it.lastArticleAt) || 'none yet',
    it.settingsAt ? Object.keys(it.settings).join(', ') || 'none' : 'none',
  ]);
  return el(
    'div',
    {},
    heading('Sources', 'The publishers that are followed, and what is set for each.'),
    rows.length === 0
      ? none('No sources yet. Add an address under Seeds, and its publisher appears here.')
      : table(['Source', 'Seeds', 'Articles', 'Last article', 'Settings'], rows),
    pager(page, (offset) => goTo('sources', { ...values, offset })),
  );
}

/** One source. `again` shows it anew. */
export async function sourceView(id, again) {
  const it = await ask(`/api/sources/${encodeURIComponent(id)}`);
  document.title = `${it.name} – Newsloom`;
  const [state, ...rest] = it.says;
  return el(
    'div',
    {},
    el('p', { class: 'kicker' }, 'Source'),
    el('h1', {}, it.name),
    el('p', { class: 'state' }, state),
    el(
      'ul',
      { class: 'says' },
      rest.map((sentence) => el('li', {}, sentence)),
    ),
    el('p', {}, el('a', { href: `#/${queryOf({ source: it.id })}` }, 'Read its articles')),
    settingsForm(it, again),
    testForm(it),
    seeds(it, again),
    dead(it),
    failures(it),
    excluded(it),
  );
}

function settingsForm(it, again) {
  const said = el('p', { role: 'status' });
  const text = JSON.stringify(it.settings, null, 2);
  const area = el('textarea', {
    name: 'settings',
    rows: Math.min(24, Math.max(6, text.split('\n').length + 1)),
    spellcheck: 'false',
    'aria-describedby': 'settings-help',
  });
  area.value = text;
  return el(
    'form',
    {
      class: 'search',
      onsubmit: async (event) => {
        event.preventDefault();
        const answer = await save(it.id, area.value).catch((error) => error);
        const refused = answer instanceof Error;
        said.className = refused ? 'trouble' : 'done';
        said.replaceChildren(refused ? answer.message : 'Saved. What follows heeds it from now on.');
        if (!refused) area.value = JSON.stringify(answer.settings, null, 2);
      },
    },
    el('h2', {}, 'Settings'),
    el(
      'p',
      { class: 'quiet', id: 'settings-help' },
      'scope (hosts, prefixes, include, exclude, depth), perDay, priority, fetch, render, revisit. ',
      'Times as "15m" or milliseconds. ',
      el('a', { href: '/api/docs' }, 'All names'),
    ),
    el('label', { class: 'settings' }, el('span', {}, `Settings of ${it.name}, as JSON`), area),
    el(
      'div',
      { class: 'row' },
      el('button', { type: 'submit' }, 'Save settings'),
      el('button', { type: 'button', onclick: () => again() }, 'Show what is kept'),
    ),
    said,
  );
}

async function save(id, text) {
  let settings;
  try {
    settings = JSON.parse(text);
  } catch (error) {
    throw new Error(`Nothing was set: this is not JSON. ${error.message}`);
  }
  return ask(`/api/sources/${encodeURIComponent(id)}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(settings),
  });
}

function testForm(it) {
  const said = el('p', { role: 'status' });
  return el(
    'form',
    {
      class: 'search',
      onsubmit: async (event) => {
        event.preventDefault();
        const path = `/api/sources/${encodeURIComponent(it.id)}/test${queryOf(valuesOf(event.target))}`;
        const tested = await ask(path).catch((error) => error);
        const bad = tested instanceof Error || !tested.in;
        said.className = bad ? 'trouble' : 'done';
        said.replaceChildren(
          tested instanceof Error ? tested.message : `${tested.in ? 'In' : 'Out'}: ${tested.rule}. (${tested.url})`,
        );
      },
    },
    el('h2', {}, 'Does an address belong to it?'),
    el(
      'div',
      { class: 'row' },
      field('Address to test', 'url', { class: 'grow', required: true, inputmode: 'url', autocomplete: 'off' }),
      el('button', { type: 'submit' }, 'Test'),
    ),
    said,
  );
}

function seeds(it, again) {
  const said = el('p', { role: 'status' });
  const leave = async (seed) => {
    const answer = await ask(`/api/seeds/${seed.urlId}`, { method: 'DELETE' }).catch((error) => error);
    if (!(answer instanceof Error)) return again();
    said.className = 'trouble';
    said.replaceChildren(answer.message);
  };
  const rows = it.seeds.map((seed) => [
    trace(seed.url),
    seed.kind,
    seed.everyMs ? `every ${Math.round(seed.everyMs / 60_000)} min` : 'adaptive',
    seed.verdict ?? 'waiting',
    momentText(seed.dueAt) || 'never',
    el(
      'button',
      { type: 'button', 'aria-label': `Stop following ${seed.url}`, onclick: () => leave(seed) },
      'Stop following',
    ),
  ]);
  const head = ['Address', 'Kind', 'Visited', 'Last fetch', 'Next fetch', ''];
  return el('div', {}, section('Seeds', 'It has no seeds.', head, rows), said);
}

function dead(it) {
  if (it.dead.length === 0) return null;
  const rows = it.dead.map((one) => [
    trace(one.url),
    momentText(one.since),
    one.note ?? '',
    momentText(one.dueAt) || 'never',
  ]);
  return section('Given up for dead', '', ['Address', 'Since', 'Last answer', 'Knocked at again'], rows);
}

function failures(it) {
  const rows = it.failures.map((one) => [one.verdict, one.note, numberText(one.urls)]);
  return section('What gave nothing', 'Every address gave what it should.', ['Verdict', 'Note', 'Addresses'], rows);
}

function excluded(it) {
  const rows = it.excluded.map((one) => [
    one.reason,
    numberText(one.links),
    one.sample.map((url) => el('div', {}, url)),
  ]);
  return section('Left out by its scope', 'No link was left out yet.', ['Reason', 'Links', 'The last ones'], rows);
}

const trace = (url) => el('a', { href: `#/trace?url=${encodeURIComponent(url)}` }, url);

const section = (title, empty, head, rows) =>
  el('section', {}, el('h2', {}, title), rows.length === 0 ? el('p', { class: 'quiet' }, empty) : table(head, rows));

const table = (head, rows) =>
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
          head.map((name) => (name ? el('th', { scope: 'col' }, name) : el('td'))),
        ),
      ),
      el(
        'tbody',
        {},
        rows.map((cells) =>
          el(
            'tr',
            {},
            cells.map((cell) => el('td', {}, cell)),
          ),
        ),
      ),
    ),
  );
