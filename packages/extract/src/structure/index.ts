/** The structure of a body, and what is written from it. */
export { escapeHtml, toHtml } from './html.ts';
export { toMarkdown } from './markdown.ts';
export { plainParts } from './parts.ts';
