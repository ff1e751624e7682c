/** The demo's results as text for a terminal. */
import type { DocumentLine, Story } from '@newsloom/store';

const coloured = process.stdout.isTTY === true;
/** Emphasised on a terminal, plain elsewhere. */
export const bold = (text: string): string => (coloured ? `\u001b[1m${text}\u001b[0m` : text);
export const dim = (text: string): string => (coloured ? `\u001b[2m${text}\u001b[0m` : text);

/** Entities shown of one article. */
const SHOWN_ENTITIES = 4;
const LEAST_TITLE = 30;

/** One article a line: title, date, language, entities, and the story where it shares one. */
export function documentsTable(documents: readonly DocumentLine[], stories: readonly Story[], width: number): string {
  const storyNames = new Map(stories.map((story, index) => [story.id as string, `#${index + 1}`]));
  const rows = documents.map((it) => [
    it.title ?? '(no title)',
    it.date?.slice(0, 10) ?? '-',
    it.lang ?? '-',
    it.entities
      .slice(0, SHOWN_ENTITIES)
      .map((entity) => entity.name)
      .join(', '),
    storyNames.get(it.storyId ?? '') ?? '',
  ]);
  // Title and entities share what the narrow columns leave.
  const wide = Math.max(LEAST_TITLE * 2, width - 10 - 4 - 5 - 8);
  const widths = [Math.ceil(wide * 0.5), 10, 4, Math.floor(wide * 0.5), 5];
  const line = (cells: string[]) =>
    cells
      .map((cell, index) => fit(cell, widths[index] ?? 0))
      .join('  ')
      .trimEnd();
  const head = line(['title', 'date', 'lang', 'entities', 'story']);
  return [bold(head), dim('─'.repeat(head.length)), ...rows.map(line)].join('\n');
}

/** The stories that more than one article tells. */
export function storiesList(stories: readonly Story[], documents: readonly DocumentLine[]): string {
  const lines = stories.flatMap((story, index) => [
    `\n${bold(`Story #${index + 1}`)}  ${story.headline}  ${dim(`(${story.documents} articles, ${story.langs.join(', ')})`)}`,
    ...documents
      .filter((it) => it.storyId === story.id)
      .map((it) => `    ${new URL(it.url).host}  ${it.lang}  ${it.title}`),
  ]);
  return `${lines.join('\n')}\n`;
}

/** A cell of exactly `width` columns. Our texts are NFC and have no wide characters. */
function fit(text: string, width: number): string {
  const chars = [...text.normalize('NFC')];
  return chars.length > width ? `${chars.slice(0, width - 1).join('')}…` : text + ' '.repeat(width - chars.length);
}
