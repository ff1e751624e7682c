/** The text of chosen elements as a body: paragraphs apart by a blank line, lists line by line. */
import type { AnyNode, Element } from 'domhandler';

const BREAKS = new Set([
  'address',
  'article',
  'aside',
  'blockquote',
  'dd',
  'div',
  'dl',
  'dt',
  'figcaption',
  'figure',
  'footer',
  'form',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'header',
  'hr',
  'main',
  'nav',
  'ol',
  'p',
  'pre',
  'section',
  'table',
  'ul',
]);
const LINES = new Set(['br', 'li', 'tr']);
const CELLS = new Set(['td', 'th']);
const SILENT = new Set(['script', 'style', 'noscript', 'template', 'svg', 'iframe', 'button', 'select', 'textarea']);

/** Walks elements in the order of the page, without recursion, since pages nest as deep as they like. */
export function blockText(elements: readonly AnyNode[]): string {
  let text = '';
  const open: (AnyNode | string)[] = [...elements].reverse();
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (typeof node === 'string') {
      text += node;
      continue;
    }
    if (node.type === 'text') {
      text += node.data.replace(/\s+/g, ' ');
      continue;
    }
    if (!('children' in node) || SILENT.has((node as Element).name)) continue;
    const { name } = node as Element;
    text += BREAKS.has(name) ? '\n\n' : LINES.has(name) ? '\n' : CELLS.has(name) ? ' ' : '';
    open.push(BREAKS.has(name) ? '\n\n' : '');
    for (let at = node.children.length - 1; at >= 0; at--) open.push(node.children[at] as AnyNode);
    // What was chosen apart stands apart.
    if (open.length < elements.length) text += '\n\n';
  }
  return text
    .split('\n')
    .map((line) => line.replace(/[^\S\n]+/g, ' ').trim())
    .join('\n')
    .replace(/\n{2,}/g, '\n\n')
    .trim()
    .normalize('NFC');
}
