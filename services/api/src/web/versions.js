/** The versions of a document: what each changed, with insertions and deletions marked. */
import { ask, dateText, el, momentText, numberText } from './dom.js';

/** A section that shows what changed, loaded when it is opened; a sentence where there is one version only. */
export function versionsOf(it) {
  if (it.versions.length === 0) return el('p', { class: 'quiet' }, `Version ${it.version}; there is no earlier one.`);
  // A version is told by what it changed: version 2 by the change from 1.
  const later = [it.version, ...it.versions.map((old) => old.version)].filter((n) => n > 1);
  return el(
    'details',
    { class: 'facts' },
    el('summary', {}, `Earlier versions (${it.versions.length})`),
    it.versions.map((old, index) => {
      const to = later[index];
      const place = el('div', { class: 'diff', lang: it.lang });
      const button = el(
        'button',
        {
          type: 'button',
          'aria-expanded': 'false',
          onclick: () => toggle(button, place, it.id, to, old.version),
        },
        `What version ${to} changed`,
      );
      return el(
        'section',
        { class: 'version' },
        el('h3', { lang: it.lang }, `${old.version}. ${old.title ?? 'Untitled'}`),
        el('p', { class: 'quiet' }, `Replaced ${momentText(old.replacedAt)}; dated ${dateText(old.date)}`),
        button,
        place,
        el(
          'details',
          {},
          el('summary', {}, `The text of version ${old.version}`),
          el('div', { class: 'text', lang: it.lang }, whole(old.body)),
        ),
      );
    }),
  );
}

async function toggle(button, place, id, to, from) {
  const open = button.getAttribute('aria-expanded') === 'true';
  button.setAttribute('aria-expanded', String(!open));
  if (open) return place.replaceChildren();
  const path = `/api/documents/${encodeURIComponent(id)}/diff?to=${to}&from=${from}`;
  const diff = await ask(path).catch((error) => ({ trouble: error.message }));
  place.replaceChildren(
    ...(diff.trouble ? [el('p', { class: 'trouble', role: 'alert' }, diff.trouble)] : changesOf(diff)),
  );
}

function changesOf(diff) {
  const changed = diff.body.filter((paragraph) => paragraph.some(({ kind }) => kind !== 'same'));
  const lines = [
    el(
      'p',
      { class: 'quiet', role: 'status' },
      `${words(diff.added)} added, ${words(diff.removed)} removed in the text.`,
    ),
    diff.title && el('p', {}, el('strong', {}, 'Title: '), runs(diff.title)),
    diff.date && el('p', {}, el('strong', {}, 'Date: '), pair(dateText(diff.date.before), dateText(diff.date.after))),
    diff.authors &&
      el(
        'p',
        {},
        el('strong', {}, 'Authors: '),
        pair(diff.authors.before.join(', ') || 'none', diff.authors.after.join(', ') || 'none'),
      ),
    changed.length > 0 &&
      el(
        'div',
        { class: 'text' },
        changed.map((paragraph) => el('p', {}, runs(paragraph))),
      ),
  ];
  return lines.filter(Boolean);
}

const whole = (body) => body.split(/\n\s*\n/).map((paragraph) => el('p', {}, paragraph));
const words = (n) => (n === 1 ? '1 word' : `${numberText(n)} words`);
const pair = (before, after) => [el('del', {}, before), ' ', el('ins', {}, after)];

/** Runs of text: `ins` and `del` say to every reader what they are; underline and strike say it without colour. */
const runs = (parts) =>
  parts.map(({ kind, text }) => (kind === 'same' ? text : el(kind === 'added' ? 'ins' : 'del', {}, text)));
