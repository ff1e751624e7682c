/** What the views share: fields, headings, going from one to another. */
import { el, queryOf } from './dom.js';

/** Goes to the view at `path` with these values. */
export const goTo = (path, values) => {
  location.hash = `#/${path}${queryOf(values)}`;
};

/** The values of a submitted form's fields. */
export const valuesOf = (form) =>
  Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value).trim()]));

/** A labelled field. */
export function field(label, name, attributes = {}) {
  return el(
    'label',
    { class: attributes.class },
    el('span', {}, label),
    el('input', { name, ...attributes, class: null }),
  );
}

/** The title of a view, with a sentence below. */
export const heading = (title, text) =>
  el('div', { class: 'heading' }, el('h1', {}, title), text && el('p', { class: 'quiet' }, text));
/** What is shown in place of an empty list. */
export const none = (text) => el('p', { class: 'empty' }, text);
