/** Sets our scores beside those of published extractors, as a Markdown file gives them: a heading a group, a row an extractor. */

/** Scores of one extractor in one group, by column; a column it has no score in is absent. */
export type PeerScores = { extractor: string; scores: Record<string, number> };
/** Groups by their heading, without the count of pages: `All`, `de`, `other languages`, `source aeb`. */
export type PeerGroups = Map<string, PeerScores[]>;

/** The file's columns by the summary's group and field. */
export const PEER_COLUMNS: readonly [string, string, string][] = [
  ['body F1', 'body', 'f1'],
  ['pieces F1', 'seg', 'f1'],
  ['start', 'start', 'has'],
  ['title', 'title', 'exact'],
  ['date', 'date', 'acc'],
  ['date prec.', 'date', 'prec'],
  ['author F1', 'authors', 'f1'],
  ['image', 'image', 'acc'],
];

const cellsOf = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

/** Reads the tables of the file: `### de (483 pages)`, then a head and rows. */
export function readPeers(markdown: string): PeerGroups {
  const groups: PeerGroups = new Map();
  let rows: PeerScores[] | null = null;
  let head: string[] = [];
  for (const line of markdown.split('\n')) {
    const heading = /^###\s+(.+?)\s*\(\d+ pages\)/.exec(line);
    if (heading) {
      rows = [];
      head = [];
      groups.set(heading[1] as string, rows);
    } else if (rows && line.startsWith('|')) {
      const cells = cellsOf(line);
      if (head.length === 0) head = cells;
      else if (!cells.every((cell) => /^-+$/.test(cell))) {
        const scores: Record<string, number> = {};
        cells.forEach((cell, at) => {
          const value = Number(cell);
          if (at > 0 && cell !== '' && !Number.isNaN(value)) scores[head[at] as string] = value;
        });
        rows.push({ extractor: cells[0] as string, scores });
      }
    }
  }
  return groups;
}

type Summary = Record<string, Record<string, number> | number>;

/**
 * One line a group: our score and the best peer's with its name, in each column; `<` marks where a peer leads.
 *
 * @returns the lines for a terminal and as a Markdown table, where a pair in bold names the peer that leads
 */
export function besidePeers(
  groups: readonly [string, Summary][],
  peers: PeerGroups,
): { table: string; markdown: string; behind: number } {
  let behind = 0;
  const lines = [['group', ...PEER_COLUMNS.map(([name]) => name)]];
  const rows: string[] = [];
  for (const [name, summary] of groups) {
    const theirs = peers.get(name);
    if (!theirs) continue;
    const cells: string[] = [];
    lines.push([
      name,
      ...PEER_COLUMNS.map(([column, group, field]) => {
        const values = summary[group];
        const ours = typeof values === 'object' ? values[field] : undefined;
        const best = theirs
          .filter(({ scores }) => scores[column] !== undefined)
          .sort((a, b) => (b.scores[column] as number) - (a.scores[column] as number))[0];
        if (ours === undefined || !best) {
          cells.push('');
          return '-';
        }
        const score = best.scores[column] as number;
        // The file's figures have three decimals.
        const leads = Math.round(ours * 1000) < Math.round(score * 1000);
        if (leads) behind++;
        const pair = `${ours.toFixed(3)} / ${score.toFixed(3)}`;
        cells.push(leads ? `**${pair}** ${best.extractor}` : pair);
        return `${ours.toFixed(3)} ${leads ? '<' : ' '} ${score.toFixed(3)} ${best.extractor.slice(0, 6)}`;
      }),
    ]);
    rows.push(`| ${[name, ...cells].join(' | ')} |`);
  }
  const columns = PEER_COLUMNS.map(([name]) => name);
  const markdown = [`| group | ${columns.join(' | ')} |`, `| --- |${' ---: |'.repeat(columns.length)}`, ...rows].join(
    '\n',
  );
  const widths = (lines[0] as string[]).map((_, at) => Math.max(...lines.map((line) => (line[at] as string).length)));
  const table = lines.map((line) => line.map((cell, at) => cell.padEnd(widths[at] as number)).join('  ')).join('\n');
  return { table, markdown, behind };
}

const BEGIN = '<!-- scores: written by npm run eval:extract, with --markdown -->';
const END = '<!-- end of scores -->';

/**
 * Puts a table between the marks of a document.
 * @throws Error where the document has no marks
 */
export function withScores(document: string, table: string): string {
  const begin = document.indexOf(BEGIN);
  const end = document.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`there is no place for the scores: ${BEGIN} and ${END} are missing`);
  return `${document.slice(0, begin + BEGIN.length)}\n\n${table}\n\n${document.slice(end)}`;
}
