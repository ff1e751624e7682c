/** The `newsloom reparse` command: reads stored captures again, and reports what that changed. */
import { randomUUID } from 'node:crypto';
import { spanOf } from '@newsloom/api/export';
import { PARSER_VERSION } from '@newsloom/extract/version';
import type { SourceId } from '@newsloom/model';
import { openLog, readSettings, type Settings } from '@newsloom/runtime';
import { openContext, pumpReparse, type ServiceContext } from '@newsloom/service';
import { type ReparseChange, type ReparseFilter, type ReparseReport, StoreError } from '@newsloom/store';
import { Command } from 'commander';
import { openProgress } from '../progress.ts';
import { askRunning } from '../running.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Options = { source?: string; since?: string; version?: string; all?: boolean; json?: boolean };
type Report = Omit<ReparseReport, 'askedAt'> & { changed: ReparseChange[] };

/** Changed captures that are listed by name. */
const LISTED = 20;
const LOOK_EVERY_MS = 500;
const INTERRUPTED = 130;

/** Builds the command. */
export function reparseCommand(env: Environment): Command {
  return new Command('reparse')
    .description('read stored captures again, of each address the latest, and report what that changed')
    .option('--source <source>', 'of this source, such as example.org')
    .option('--since <date>', 'fetched from the start of this year, month or day on (UTC)')
    .option('--version <version>', `read by an older parser: <${PARSER_VERSION} for all but those of this one`)
    .option('--all', 'everything')
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      `
Documents keep their ids; a field that is read better now is no new version. An article that is not found any more keeps
its document, and is reported as lost. Nothing is asked of the network.
Exit codes: 0 done, 2 wrong usage, 69 a server is away, 78 wrong settings, 130 interrupted.`,
    )
    .action((options: Options) => reparse(options, env));
}

async function reparse(options: Options, env: Environment): Promise<void> {
  const filter = filterOf(options);
  const settings = readSettings({ ...env, ...(!env.NEWSLOOM_LOG_LEVEL && { NEWSLOOM_LOG_LEVEL: 'error' }) });
  const interrupt = new AbortController();
  process.once('SIGINT', () => interrupt.abort()).once('SIGTERM', () => interrupt.abort());
  const log = openLog(settings.logLevel, 'reparse');
  let report: Report;
  let context: ServiceContext | null = null;
  try {
    context = await openContext(settings, log);
    report = await here(context, filter, interrupt.signal);
  } catch (error) {
    if (!(error instanceof StoreError && error.code === 'in-use')) throw error;
    report = await there(settings, options, interrupt.signal);
  } finally {
    await context?.close();
    log.flush();
  }
  process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : told(report));
  if (interrupt.signal.aborted) process.exitCode = INTERRUPTED;
}

/** Reads in this process, beside any others that read. */
async function here(context: ServiceContext, filter: ReparseFilter, stop: AbortSignal): Promise<Report> {
  const { store, now } = context;
  const [{ startParser }, { startEnricher }] = await Promise.all([
    import('@newsloom/parser'),
    import('@newsloom/enricher'),
  ]);
  const id = randomUUID();
  await store.reparses.begin(id, filter, now());
  const services = [startParser(context), ...(context.alone ? [startEnricher(context)] : [])];
  const progress = openProgress(process.stderr);
  try {
    await pumpReparse(context, id, stop, async () => {
      const at = await store.reparses.report(id);
      if (at) progress.show(`${at.done} of ${at.total} captures read again, ${at.done - at.same} changed`);
    });
    // Alone, nobody else enriches what changed.
    while (context.alone && !stop.aborted && (await store.documents.counts()).waiting > 0) {
      progress.show(`${(await store.documents.counts()).waiting} documents to enrich`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  } finally {
    progress.end();
    for (const service of services) await (await service).close();
  }
  const report = await store.reparses.report(id);
  if (!report) throw new Error(`the reparse ${id} is gone`);
  return { ...report, changed: await store.reparses.changed(id, LISTED) };
}

/** Lets the Newsloom that has the data folder read, and waits for it. */
async function there(settings: Settings, options: Options, stop: AbortSignal): Promise<Report> {
  const version = belowVersion(options.version);
  let report = (await askRunning(settings, '/api/reparses', {
    ...(options.source !== undefined && { source: options.source }),
    ...(options.since !== undefined && { since: options.since }),
    ...(version !== null && { belowVersion: version }),
  })) as Report;
  const progress = openProgress(process.stderr);
  while (report.done < report.total && !stop.aborted) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    report = (await askRunning(settings, `/api/reparses/${report.id}?limit=${LISTED}`)) as Report;
    progress.show(`${report.done} of ${report.total} captures read again, ${report.done - report.same} changed`);
  }
  progress.end();
  return report;
}

function filterOf({ source, since, version, all }: Options): ReparseFilter {
  if (!all && source === undefined && since === undefined && version === undefined) {
    throw usage(`say what to read again: --source, --since, --version "<${PARSER_VERSION}", or --all`);
  }
  const span = since === undefined ? null : spanOf(since);
  if (since !== undefined && !span) throw usage('--since is a year, a month, a day, or an instant with its zone');
  return {
    sourceId: (source ?? null) as SourceId | null,
    since: span ? new Date(span.start) : null,
    belowVersion: belowVersion(version),
  };
}

function belowVersion(text: string | undefined): number | null {
  if (text === undefined) return null;
  const [, below] = /^<\s*(\d{1,6})$/.exec(text.trim()) ?? [];
  if (below === undefined) throw usage(`--version is "<" and a number, such as "<${PARSER_VERSION}"`);
  return Number(below);
}

function told({ total, done, same, changes, changed }: Report): string {
  if (total === 0) return 'no kept capture matches: there is nothing to read again\n';
  const lines = [
    `${done} of ${total} captures read again by parser version ${PARSER_VERSION}: ${same} as before, ${done - same} changed`,
    ...Object.entries(changes)
      .sort(([a, n], [b, m]) => m - n || a.localeCompare(b))
      .map(([change, n]) => `  ${change.padEnd(14)} ${n}`),
    ...(changed.length > 0 ? ['', `The first ${changed.length}:`] : []),
    ...changed.map((it) => `  ${it.changes.join(', ').padEnd(24)} ${it.url}`),
  ];
  return `${lines.join('\n')}\n`;
}

const usage = (sentence: string): Error => Object.assign(new Error(sentence), { exitCode: 2 });
