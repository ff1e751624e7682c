/** The `newsloom document` command: one document, its versions, and what changed between them. */
import { diffVersions, listVersions, type VersionDiff, type VersionLine } from '@newsloom/api/document-versions';
import type { DiffPart } from '@newsloom/enrich';
import { canonicalize } from '@newsloom/frontier';
import { type DocumentId, documentIdOf, urlIdOf } from '@newsloom/model';
import { readSettings } from '@newsloom/runtime';
import { type Document, type Store, StoreError } from '@newsloom/store';
import { Command, InvalidArgumentError } from 'commander';
import { askRunning } from '../running.ts';
import { openStore } from '../stores.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Options = { versions?: boolean; diff?: number | true; json?: boolean };
type Shown = Pick<Document, 'id' | 'url' | 'title' | 'date' | 'authors' | 'version' | 'body'> & {
  goneAt: Date | string | null;
};

const UNKNOWN = 1;

/** Builds the command. */
export function documentCommand(env: Environment): Command {
  return new Command('document')
    .description('show one document, its versions, or what changed in it')
    .argument('<id>', 'its id, or its address')
    .option('--versions', 'list its versions, newest first')
    .option('--diff [n]', 'what version N changed; default: the last one', versionNumber)
    .option('--json', 'print it as JSON')
    .addHelpText(
      'after',
      '\nIn a difference {+words+} were added and [-words-] removed.\nExit codes: 0 done, 1 not known, 2 wrong usage, 69 a server is away, 78 wrong settings.',
    )
    .action((given: string, options: Options) => tell(given, options, env));
}

async function tell(given: string, options: Options, env: Environment): Promise<void> {
  const desk = await openDesk(env);
  try {
    const id = /^d[0-9a-f]{8,64}$/.test(given) ? (given as DocumentId) : await desk.idOf(given);
    const answer = id && (await ask(desk, id, options));
    if (!answer) {
      process.stderr.write(`newsloom document: there is no document ${given}\n`);
      process.exitCode = UNKNOWN;
      return;
    }
    process.stdout.write(options.json ? `${JSON.stringify(answer.facts, null, 2)}\n` : `${answer.text}\n`);
  } finally {
    await desk.close();
  }
}

async function ask(desk: Desk, id: DocumentId, options: Options): Promise<{ facts: unknown; text: string } | null> {
  if (options.diff !== undefined) {
    const diff = await desk.diff(id, options.diff === true ? null : options.diff);
    return diff && { facts: diff, text: diffText(diff) };
  }
  if (options.versions) {
    const versions = await desk.versions(id);
    return versions && { facts: versions, text: versions.map(versionText).join('\n') };
  }
  const document = await desk.find(id);
  return document && { facts: document, text: documentText(document) };
}

type Desk = {
  /** The document that was read from an address, or null. */
  idOf(url: string): Promise<DocumentId | null>;
  find(id: DocumentId): Promise<Shown | null>;
  versions(id: DocumentId): Promise<VersionLine[] | null>;
  diff(id: DocumentId, to: number | null): Promise<VersionDiff | null>;
  close(): Promise<void>;
};

/** The stores where they are free, else the Newsloom that holds them. */
async function openDesk(env: Environment): Promise<Desk> {
  const settings = readSettings(env);
  let store: Store;
  try {
    store = await openStore(settings);
  } catch (error) {
    if (!(error instanceof StoreError && error.code === 'in-use')) throw error;
    const running = (path: string) => askRunning(settings, path).catch(refusedAsNull);
    return {
      async idOf(url) {
        const trace = (await askRunning(settings, `/api/trace?url=${encodeURIComponent(url)}`)) as {
          facts: { document: { id: DocumentId } | null } | null;
        };
        return trace.facts?.document?.id ?? null;
      },
      find: async (id) => (await running(`/api/documents/${id}`)) as Shown | null,
      versions: async (id) =>
        ((await running(`/api/documents/${id}/versions`)) as { versions: VersionLine[] } | null)?.versions ?? null,
      diff: async (id, to) =>
        (await running(`/api/documents/${id}/diff${to === null ? '' : `?to=${to}`}`)) as VersionDiff | null,
      close: async () => {},
    };
  }
  return {
    async idOf(given) {
      const url = canonicalize(given);
      if (url === null) throw Object.assign(new Error(`${given} is neither an id nor an address`), { exitCode: 2 });
      return (await store.frontier.find(urlIdOf(url)))?.documentId ?? documentIdOf(url);
    },
    find: (id) => store.documents.find(id),
    versions: (id) => listVersions(store, id),
    async diff(id, to) {
      const found = await diffVersions(store, id, to, null);
      if (!found || !('missing' in found)) return found;
      const sentence = `document ${id} has no version ${found.missing}; the latest is ${found.latest}`;
      throw Object.assign(new Error(sentence), { exitCode: UNKNOWN });
    },
    close: () => store.close(),
  };
}

function documentText(it: Shown): string {
  const about = [it.date ?? 'undated', it.authors.join(', '), `version ${it.version}`].filter(Boolean).join(' · ');
  const gone = it.goneAt ? `No longer at the publisher since ${new Date(it.goneAt).toISOString()}\n` : '';
  return `${it.title ?? 'Untitled'}\n${about}\n${it.url}\n${gone}\n${it.body}`;
}

function versionText(it: VersionLine): string {
  const until = it.replacedAt ? `until ${new Date(it.replacedAt).toISOString()}` : 'stands';
  return `${it.version}  ${until}  ${it.words} words  ${it.title ?? 'Untitled'}`;
}

function diffText(diff: VersionDiff): string {
  const lines = [`Version ${diff.from} to ${diff.to}: ${diff.added} words added, ${diff.removed} removed.`];
  if (diff.title) lines.push(`Title: ${marked(diff.title)}`);
  if (diff.date) lines.push(`Date: ${diff.date.before ?? 'none'} to ${diff.date.after ?? 'none'}`);
  if (diff.authors) lines.push(`Authors: ${diff.authors.before.join(', ')} to ${diff.authors.after.join(', ')}`);
  for (const paragraph of diff.body) {
    if (paragraph.some(({ kind }) => kind !== 'same')) lines.push('', marked(paragraph));
  }
  return lines.join('\n');
}

const marked = (parts: readonly DiffPart[]): string =>
  parts.map(({ kind, text }) => (kind === 'same' ? text : kind === 'added' ? `{+${text}+}` : `[-${text}-]`)).join('');

function refusedAsNull(error: Error & { exitCode?: number }): null {
  if (error.exitCode === UNKNOWN && /There is no/.test(error.message)) return null;
  throw error;
}

function versionNumber(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('must be the number of a version.');
}
