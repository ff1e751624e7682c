/** Writes a structured body as Markdown (CommonMark, tables as in GitHub's); what looks like markup in the text is escaped. */
import type { BodyMark, BodyPart } from '@newsloom/model';
import { type InlineWriter, writeInline } from './inline.ts';

/** Text that no reader of Markdown takes for markup, whatever stands at the start of its lines. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*_[\]<|~]/g, '\\$&')
    .replace(/&(?=#?\w+;)/g, '\\&')
    .replace(/^([^\S\n]*)([#>+=-])/gm, '$1\\$2')
    .replace(/^([^\S\n]*\d{1,9})([.)])(?=\s|$)/gm, '$1\\$2');
}

const urlOf = (url: string): string =>
  url.replace(/[()<>\\\s]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
const isHttp = (url: string): boolean => /^https?:\/\//i.test(url);
const SIGN: Record<Exclude<BodyMark['kind'], 'link'>, string> = {
  strong: '**',
  emphasis: '*',
  code: '',
  sub: '',
  sup: '',
};

/** A writer of one part; line breaks of the text become hard ones. */
const WRITER: InlineWriter = {
  text: (text) => escapeMarkdown(text).replaceAll('\n', '\\\n'),
  open: (mark) => (mark.kind === 'link' ? '[' : SIGN[mark.kind]),
  close: (mark) => (mark.kind === 'link' ? `](${isHttp(mark.href) ? urlOf(mark.href) : '#'})` : SIGN[mark.kind]),
};
const IN_CELL: InlineWriter = { ...WRITER, text: (text) => escapeMarkdown(text).replaceAll('\n', ' ') };

function fenced(text: string): string {
  let fence = '```';
  while (text.includes(fence)) fence += '`';
  return `${fence}\n${text}\n${fence}`;
}

function writePart(body: string, part: BodyPart): string {
  if (part.kind === 'image') {
    if (!isHttp(part.src)) return '';
    const image = `![${escapeMarkdown(part.alt)}](${urlOf(part.src)})`;
    return part.caption === '' ? image : `${image}\n\n*${escapeMarkdown(part.caption)}*`;
  }
  if (part.kind === 'preformatted') return fenced(body.slice(part.start, part.end));
  if (part.kind === 'heading') {
    const level = Math.min(6, Math.max(1, Math.trunc(part.level)));
    return `${'#'.repeat(level)} ${writeInline(body, part.start, part.end, part.marks, IN_CELL)}`;
  }
  return writeInline(body, part.start, part.end, part.marks, WRITER);
}

/** The number of the table a part stands in, or -1; the innermost cell counts. */
function tableOf(part: BodyPart): number {
  return part.inside.findLast(({ tag }) => tag === 'table')?.id ?? -1;
}

/** Rows of the parts of one table, cells joined by bars; the first row is the head, as the format has it. */
function writeTable(body: string, parts: readonly BodyPart[]): string {
  const rows = new Map<number, Map<number, string>>();
  for (const part of parts) {
    const row = part.inside.findLast(({ tag }) => tag === 'tr')?.id ?? -1;
    const cell = part.inside.findLast(({ tag }) => tag === 'td' || tag === 'th')?.id ?? -1;
    const cells = rows.get(row) ?? new Map<number, string>();
    const text =
      part.kind === 'image'
        ? writePart(body, { ...part, caption: '' })
        : writeInline(body, part.start, part.end, part.marks, IN_CELL);
    cells.set(cell, cells.has(cell) ? `${cells.get(cell)} ${text}` : text);
    rows.set(row, cells);
  }
  const lines = [...rows.values()].map((cells) => [...cells.values()]);
  const width = Math.max(...lines.map((cells) => cells.length));
  const line = (cells: readonly string[]): string =>
    `| ${Array.from({ length: width }, (_, at) => cells[at] ?? '').join(' | ')} |`;
  const [head = [], ...rest] = lines;
  return [line(head), `|${' --- |'.repeat(width)}`, ...rest.map(line)].join('\n');
}

/** A body as Markdown, with lists, quotes and tables. */
export function toMarkdown(body: string, parts: readonly BodyPart[]): string {
  let out = '';
  const numbers = new Map<number, number>();
  const begun = new Set<number>();
  let lastList = -1;
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at] as BodyPart;
    const table = tableOf(part);
    let text: string;
    if (table >= 0) {
      let end = at + 1;
      while (end < parts.length && tableOf(parts[end] as BodyPart) === table) end++;
      text = writeTable(body, parts.slice(at, end));
      at = end - 1;
    } else text = writePart(body, part);
    if (text === '') continue;
    let first = '';
    let other = '';
    let list = -1;
    let isNewItem = false;
    const inside =
      table < 0
        ? part.inside
        : part.inside.slice(
            0,
            part.inside.findIndex(({ tag }) => tag === 'table'),
          );
    inside.forEach(({ tag, id }, level) => {
      if (tag === 'blockquote') {
        first += '> ';
        other += '> ';
        return;
      }
      if (tag !== 'li') return;
      const outer = inside[level - 1];
      list = inside.find((one) => one.tag === 'ul' || one.tag === 'ol')?.id ?? -1;
      const number = numbers.get(outer?.id ?? -1) ?? 0;
      const marker = outer?.tag === 'ol' ? `${begun.has(id) ? number : number + 1}. ` : '- ';
      if (!begun.has(id)) {
        begun.add(id);
        numbers.set(outer?.id ?? -1, number + 1);
        first += marker;
        isNewItem = true;
      } else first += ' '.repeat(marker.length);
      other += ' '.repeat(marker.length);
    });
    const isTight = out !== '' && list >= 0 && list === lastList && isNewItem;
    const quote = /^(?:> )+/.exec(other)?.[0].trimEnd() ?? '';
    if (out !== '') out += isTight ? '\n' : `\n${quote !== '' && lastQuote(out) ? quote : ''}\n`;
    out += text
      .split('\n')
      .map((line, index) => `${index === 0 ? first : other}${line}`.trimEnd())
      .join('\n');
    lastList = list;
  }
  return out === '' ? '' : `${out}\n`;
}

/** Whether the text so far ends inside a quote. */
function lastQuote(out: string): boolean {
  return out.slice(out.lastIndexOf('\n') + 1).startsWith('>');
}
