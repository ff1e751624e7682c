/** Writes a structured body as HTML that is safe by construction: our elements, our attributes, all text escaped. */
import type { BodyContainer, BodyMark, BodyPart } from '@newsloom/model';
import { type InlineWriter, writeInline } from './inline.ts';

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text that is text wherever it stands in HTML, attribute values included. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] as string);
}

const TAG_OF: Record<BodyMark['kind'], string> = {
  strong: 'strong',
  emphasis: 'em',
  code: 'code',
  sub: 'sub',
  sup: 'sup',
  link: 'a',
};
const isHttp = (url: string): boolean => /^https?:\/\//i.test(url);

const WRITER: InlineWriter = {
  text: (text) => escapeHtml(text).replaceAll('\n', '<br>\n'),
  open: (mark) =>
    mark.kind === 'link'
      ? `<a href="${isHttp(mark.href) ? escapeHtml(mark.href) : '#'}" rel="nofollow noopener">`
      : `<${TAG_OF[mark.kind]}>`,
  close: (mark) => `</${TAG_OF[mark.kind]}>`,
};
const PREFORMATTED: InlineWriter = { ...WRITER, text: escapeHtml };

function writePart(body: string, part: BodyPart): string {
  if (part.kind === 'image') {
    if (!isHttp(part.src)) return '';
    const caption = part.caption === '' ? '' : `<figcaption>${escapeHtml(part.caption)}</figcaption>`;
    return `<figure><img src="${escapeHtml(part.src)}" alt="${escapeHtml(part.alt)}">${caption}</figure>\n`;
  }
  const text = writeInline(
    body,
    part.start,
    part.end,
    part.marks,
    part.kind === 'preformatted' ? PREFORMATTED : WRITER,
  );
  if (part.kind === 'heading') {
    const level = Math.min(6, Math.max(1, Math.trunc(part.level)));
    return `<h${level}>${text}</h${level}>\n`;
  }
  return part.kind === 'preformatted' ? `<pre>${text}</pre>\n` : `<p>${text}</p>\n`;
}

/**
 * A body as HTML of a few elements: h1-h6, p, pre, blockquote, ul, ol, li, table, tr, td, th, figure, img, figcaption, a,
 * strong, em, code, sub, sup, br. Links and images have absolute http(s) URLs; no other attribute comes from the page.
 */
export function toHtml(body: string, parts: readonly BodyPart[]): string {
  let out = '';
  let open: readonly BodyContainer[] = [];
  const moveTo = (inside: readonly BodyContainer[]): void => {
    let shared = 0;
    while (shared < open.length && open[shared]?.id === inside[shared]?.id && open[shared]?.tag === inside[shared]?.tag)
      shared++;
    for (const { tag } of open.slice(shared).reverse()) out += `</${tag}>\n`;
    for (const { tag } of inside.slice(shared)) out += `<${tag}>\n`;
    open = inside;
  };
  for (const part of parts) {
    moveTo(part.inside);
    out += writePart(body, part);
  }
  moveTo([]);
  return out;
}
