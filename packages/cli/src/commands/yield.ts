/** The `newsloom yield` command: what a source's pages give, and where that broke. */
import type { SourceId } from '@newsloom/model';
import { readSettings } from '@newsloom/runtime';
import { allBreaks, breaksOfSource, type SourceBreak } from '@newsloom/service';
import { type DayYield, type Store, StoreError } from '@newsloom/store';
import { Command, InvalidArgumentError } from 'commander';
import { askRunning } from '../running.ts';
import { openStore } from '../stores.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Options = { days: number; json?: boolean };
type OfSource = { source: string; days: DayYield[]; breaks: SourceBreak[] };
type OfAll = { items: { source: string; breaks: SourceBreak[] }[] };

const DAY_MS = 24 * 3_600_000;
const SHOWN = ['title', 'date', 'authors', 'image', 'section', 'tags'];

/** Builds the command. */
export function yieldCommand(env: Environment): Command {
  return new Command('yield')
    .description('tell what the pages of a source give, field by field, or which sources stopped giving something')
    .argument('[source]', 'a source, such as example.org; without one: every source with a break')
    .option('--days <n>', 'days back', wholeDays, 30)
    .option('--json', 'print all facts')
    .addHelpText(
      'after',
      '\nExit codes: 0 nothing is broken, 1 a source has stopped giving a field, 69 a server is away, 78 wrong settings.',
    )
    .action((source: string | undefined, options: Options) => show(source ?? null, options, env));
}

async function show(source: string | null, options: Options, env: Environment): Promise<void> {
  const answer = await ask(source, options, env);
  const breaks = 'items' in answer ? answer.items.flatMap((it) => it.breaks) : answer.breaks;
  const text = 'items' in answer ? ofAll(answer) : ofSource(answer);
  process.stdout.write(options.json ? `${JSON.stringify(answer, null, 2)}\n` : text);
  if (breaks.length > 0) process.exitCode = 1;
}

async function ask(source: string | null, { days }: Options, env: Environment): Promise<OfSource | OfAll> {
  const settings = readSettings(env);
  let store: Store;
  try {
    store = await openStore(settings);
  } catch (error) {
    if (!(error instanceof StoreError && error.code === 'in-use')) throw error;
    const path = source === null ? '/api/yields' : `/api/sources/${encodeURIComponent(source)}/yield?days=${days}`;
    return (await askRunning(settings, path)) as OfSource | OfAll;
  }
  try {
    const now = new Date();
    if (source === null) return { items: await allBreaks(store, now) };
    const id = source as SourceId;
    const from = new Date(now.getTime() - days * DAY_MS);
    return { source, days: await store.yields.days(id, from), breaks: await breaksOfSource(store, id) };
  } finally {
    await store.close();
  }
}

function ofSource({ source, days, breaks }: OfSource): string {
  if (days.length === 0) return `${source}: no capture was read in that time\n`;
  const head = ['day', 'pages', 'articles', ...SHOWN];
  const rows = days.map((it) => [
    it.day,
    String(it.pages),
    String(it.articles),
    ...SHOWN.map((field) =>
      it.articles === 0 ? '-' : `${Math.round((100 * (it.fields[field] ?? 0)) / it.articles)}%`,
    ),
  ]);
  const widths = head.map((word, at) => Math.max(word.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: string[]) => cells.map((cell, at) => cell.padStart(widths[at] ?? 0)).join('  ');
  return `${[line(head), ...rows.map(line), ...othersOf(days), ...breaks.flatMap(sentences)].join('\n')}\n`;
}

/** What the pages that gave no article were, the commonest first. */
function othersOf(days: readonly DayYield[]): string[] {
  const notes = new Map<string, number>();
  for (const { notes: own } of days)
    for (const [note, count] of Object.entries(own)) notes.set(note, (notes.get(note) ?? 0) + count);
  if (notes.size === 0) return [];
  const sorted = [...notes].sort(([a, n], [b, m]) => m - n || a.localeCompare(b));
  return [`No article in ${sorted.map(([note, count]) => `${count} ${note}`).join(', ')}`];
}

const ofAll = ({ items }: OfAll): string =>
  items.length === 0
    ? 'no source has stopped giving a field\n'
    : `${items.flatMap(({ source, breaks }) => [source, ...breaks.flatMap(sentences)]).join('\n')}\n`;

const sentences = ({ field, before, since, lastGood, firstBad }: SourceBreak): string[] => [
  `  ${field}: in ${percent(before)} of the pages before, in ${percent(since)} since`,
  ...(lastGood ? [`    last good  ${iso(lastGood.fetchedAt)}  ${lastGood.captureId}  ${lastGood.url}`] : []),
  ...(firstBad ? [`    first bad  ${iso(firstBad.fetchedAt)}  ${firstBad.captureId}  ${firstBad.url}`] : []),
];

const percent = (share: number): string => `${Math.round(share * 100)} %`;
/** From the store a date, over the API a text. */
const iso = (at: Date | string): string => new Date(at).toISOString();

function wholeDays(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > 366)
    throw new InvalidArgumentError('must be a whole number from 1 to 366.');
  return value;
}
