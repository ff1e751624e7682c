/** One entity: how often it is named along time, what it is said to be, whom it is named with, and its documents. */
import { ask, el, entityChip, momentText, numberText, pager, queryOf, TYPE_NAMES } from './dom.js';
import { goTo, heading } from './parts.js';
import { documentList } from './search.js';

const DAY_MS = 86_400_000;
/** The finest step that leaves no more bars than can be told apart. */
const MOST_BARS = 60;

const dayText = (iso) =>
  iso ? new Date(iso).toLocaleDateString(undefined, { dateStyle: 'medium', timeZone: 'UTC' }) : '';
const between = (first, last) =>
  dayText(first) === dayText(last) ? dayText(first) : `${dayText(first)} – ${dayText(last)}`;
const documents = (n) => `${numberText(n)} document${n === 1 ? '' : 's'}`;

export async function entityView(id, values) {
  const it = await ask(`/api/entities/${encodeURIComponent(id)}${queryOf(values)}`);
  const days = it.firstSaid ? (new Date(it.lastSaid) - new Date(it.firstSaid)) / DAY_MS : 0;
  const by = days <= MOST_BARS ? 'day' : days <= MOST_BARS * 7 ? 'week' : 'month';
  const [timeline, related] = await Promise.all([
    ask(`/api/entities/${it.id}/timeline?by=${by}`),
    ask(`/api/entities/${it.id}/related?limit=24`),
  ]);
  document.title = `${it.name} – Newsloom`;
  return el(
    'div',
    { class: 'entity' },
    el('p', { class: 'kicker' }, TYPE_NAMES[it.type] ?? it.type),
    heading(
      it.name,
      `Named in ${documents(it.documents)}${it.firstSaid ? `, ${between(it.firstSaid, it.lastSaid)}` : ''}`,
    ),
    it.id !== id && el('p', { class: 'quiet' }, 'The entity asked for was merged into this one.'),
    otherNames(it),
    timeline.items.length > 1 && figure(timeline.items, by),
    roles(it.roles),
    holders(it.holders),
    related.items.length > 0 &&
      section(
        'Named with',
        el(
          'p',
          { class: 'chips' },
          related.items.map((partner) => partnerChip(partner)),
        ),
      ),
    stories(it.stories),
    decisions(it.decisions),
    el('h2', {}, 'Documents'),
    documentList(it.documentPage.items),
    pager(it.documentPage, (offset) => goTo(`entities/${it.id}`, { offset })),
  );
}

const section = (title, ...content) => el('section', {}, el('h2', {}, title), ...content);

/** Names beside the one shown, each once. */
function otherNames({ name, names, wikidata }) {
  const others = [...new Set(names.map((it) => it.name))].filter((other) => other !== name);
  if (others.length === 0 && !wikidata) return null;
  return el(
    'p',
    { class: 'quiet' },
    others.length > 0 && `Also ${others.slice(0, 12).join(', ')}`,
    wikidata && ` · Wikidata ${wikidata}`,
  );
}

function roles(items) {
  if (items.length === 0) return null;
  return section(
    'Roles',
    el(
      'ul',
      { class: 'roles' },
      items.map(({ role, body, firstSaid, lastSaid, documents: n, evidence }) =>
        el(
          'li',
          {},
          el('span', { class: 'role' }, role),
          body && !role.includes(body.name) && el('a', { class: 'quiet', href: `#/entities/${body.id}` }, body.name),
          el('span', { class: 'quiet' }, between(firstSaid, lastSaid)),
          el('a', { href: `#/documents/${evidence.documentId}`, title: evidence.title ?? '' }, documents(n)),
        ),
      ),
    ),
  );
}

function holders(items) {
  if (items.length === 0) return null;
  return section(
    'Persons in it',
    el(
      'ul',
      { class: 'roles' },
      items.map(({ id, name, role, firstSaid, lastSaid, documents: n }) =>
        el(
          'li',
          {},
          entityChip({ id, type: 'PER', name }),
          el('span', { class: 'role' }, role),
          el('span', { class: 'quiet' }, between(firstSaid, lastSaid)),
          el('span', { class: 'quiet' }, documents(n)),
        ),
      ),
    ),
  );
}

function partnerChip(partner) {
  const chip = entityChip(partner);
  chip.title = `together in ${documents(partner.together)}, of ${numberText(partner.documents)} in all`;
  chip.append(el('span', { class: 'count' }, ` ${numberText(partner.together)}`));
  return chip;
}

function stories(items) {
  if (items.length === 0) return null;
  return section(
    'Stories',
    el(
      'ul',
      { class: 'roles' },
      items.map(({ id, headline, documents: n, lastSaid }) =>
        el(
          'li',
          {},
          el('a', { href: `#/stories/${id}` }, headline || 'Untitled'),
          el('span', { class: 'quiet' }, `${documents(n)}, ${dayText(lastSaid)}`),
        ),
      ),
    ),
  );
}

function decisions(items) {
  if (items.length === 0) return null;
  return section(
    'Decided by people',
    el(
      'ul',
      { class: 'roles' },
      items.map(({ what, entity, other, by, why, at, undone }) =>
        el(
          'li',
          { class: undone ? 'undone' : null },
          el(
            'span',
            {},
            what === 'merge' ? `${entity.name} is ${other.name}` : `${other.name} split off ${entity.name}`,
          ),
          el(
            'span',
            { class: 'quiet' },
            [`${by}, ${momentText(at)}`, why, undone && `undone by ${undone.by}`].filter(Boolean).join(' · '),
          ),
        ),
      ),
    ),
  );
}

const SVG = 'http://www.w3.org/2000/svg';
function svg(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** Documents per step as bars, steps without any among them; at most the latest that can be told apart. */
function figure(items, by) {
  const counts = new Map(items.map(({ start, documents: n }) => [start, n]));
  const steps = [];
  for (
    let at = new Date(`${items[0].start}T00:00:00Z`);
    at <= new Date(`${items.at(-1).start}T00:00:00Z`);
    at = next(at, by)
  ) {
    steps.push(at.toISOString().slice(0, 10));
  }
  const shown = steps.slice(-MOST_BARS * 2);
  const most = Math.max(...counts.values());
  const [width, height] = [720, 90];
  const step = Math.min(36, width / shown.length);
  const bars = shown.map((start, i) => {
    const n = counts.get(start) ?? 0;
    const tall = n === 0 ? 0 : Math.max(3, (n / most) * height);
    const label = svg('title', {});
    label.textContent = `${dayText(start)}: ${documents(n)}`;
    return svg('rect', { x: i * step, y: height - tall, width: Math.max(1, step - 2), height: tall, rx: 1.5 }, label);
  });
  return el(
    'figure',
    { class: 'timeline' },
    svg(
      'svg',
      {
        viewBox: `0 0 ${width} ${height}`,
        role: 'img',
        'aria-label': `Documents per ${by}, ${documents(most)} at most`,
      },
      svg('line', { x1: 0, y1: height, x2: width, y2: height }),
      ...bars,
    ),
    el(
      'figcaption',
      { class: 'quiet' },
      el('span', {}, dayText(shown[0])),
      el('span', {}, `per ${by}, at most ${documents(most)}`),
      el('span', {}, dayText(shown.at(-1))),
    ),
  );
}

function next(date, by) {
  const after = new Date(date);
  if (by === 'month') after.setUTCMonth(after.getUTCMonth() + 1);
  else after.setUTCDate(after.getUTCDate() + (by === 'week' ? 7 : 1));
  return after;
}
