/** The `newsloom` command: finds the subcommand that is asked for, and loads nothing else. */
import { VERSION } from '@newsloom/runtime';
import { Command, CommanderError } from 'commander';

/** Subcommands in the order in which help lists them; each is loaded when it is asked for. */
const COMMANDS: Record<string, { says: string; load: () => Promise<Command> }> = {
  crawl: {
    says: 'crawl addresses once and write their articles to a file',
    load: async () => (await import('./commands/crawl.ts')).crawlCommand(process.env),
  },
  start: {
    says: 'run everything, with the API and the dashboard, until stopped',
    load: async () => (await import('./commands/start.ts')).startCommand(process.env),
  },
  seed: {
    says: 'add addresses to follow',
    load: async () => (await import('./commands/seed.ts')).seedCommand(process.env),
  },
  document: {
    says: 'show a document, its versions, or what changed in it',
    load: async () => (await import('./commands/document.ts')).documentCommand(process.env),
  },
  source: {
    says: 'show sources, set the scope and manners of one, test an address',
    load: async () => (await import('./commands/source.ts')).sourceCommand(process.env),
  },
  opml: {
    says: 'write what is followed as OPML',
    load: async () => (await import('./commands/opml.ts')).opmlCommand(process.env),
  },
  trace: {
    says: 'tell where an address is, and why',
    load: async () => (await import('./commands/trace.ts')).traceCommand(process.env),
  },
  entities: {
    says: 'look at entities, merge and split them, import and export their names',
    load: async () => (await import('./commands/entities.ts')).entitiesCommand(process.env),
  },
  enrich: {
    says: 'let documents be enriched again',
    load: async () => (await import('./commands/enrich.ts')).enrichCommand(process.env),
  },
  host: {
    says: 'tell how a host stands and what it was asked, or set how often it may be asked',
    load: async () => (await import('./commands/host.ts')).hostCommand(process.env),
  },
  rules: {
    says: 'read the pages of one source by rules of its own',
    load: async () => (await import('./commands/rules.ts')).rulesCommand(process.env),
  },
  stories: {
    says: 'show stories; merge and split them, and take that back',
    load: async () => (await import('./commands/stories.ts')).storiesCommand(process.env),
  },
  reparse: {
    says: 'read stored captures again, and report what that changed',
    load: async () => (await import('./commands/reparse.ts')).reparseCommand(process.env),
  },
  yield: {
    says: 'tell what the pages of a source give, and where that broke',
    load: async () => (await import('./commands/yield.ts')).yieldCommand(process.env),
  },
  migrate: {
    says: 'bring the database to the newest form',
    load: async () => (await import('./commands/migrate.ts')).migrateCommand(process.env),
  },
  doctor: {
    says: 'check this machine and its settings',
    load: async () => (await import('./commands/doctor.ts')).doctorCommand(process.env),
  },
  export: {
    says: 'write captures as a web archive, or documents as JSON lines',
    load: async () => (await import('./commands/export.ts')).exportCommand(process.env),
  },
  extract: {
    says: 'read the article out of a page',
    load: async () => (await import('./commands/extract.ts')).extractCommand(),
  },
  feed: {
    says: 'read a feed',
    load: async () => (await import('./commands/feed.ts')).feedCommand(process.env),
  },
  tag: {
    says: 'find the people, organisations, places and dates in a text',
    load: async () => (await import('./commands/tag.ts')).tagCommand(),
  },
  robots: {
    says: 'ask a robots.txt whether an address may be fetched',
    load: async () => (await import('./commands/robots.ts')).robotsCommand(),
  },
  url: {
    says: 'print the canonical form of an address',
    load: async () => (await import('./commands/url.ts')).urlCommand(),
  },
  guard: {
    says: 'tell whether the crawler may contact an address',
    load: async () => (await import('./commands/guard.ts')).guardCommand(),
  },
};

/** Wrong usage, as in every command here. */
const USAGE = 2;

async function main(args: string[]): Promise<void> {
  const program = new Command('newsloom')
    .description("Self-hosted news crawling: the open web's news becomes clean, linked, searchable articles.")
    .version(VERSION)
    .enablePositionalOptions()
    .exitOverride()
    .addHelpText(
      'after',
      '\nSettings come from the environment; docs/configuration.md lists them.\n`newsloom COMMAND --help` says more.',
    );
  const asked = args.find((arg) => !arg.startsWith('-'));
  const chosen =
    asked === undefined ? undefined : COMMANDS[asked === 'help' ? (args[args.indexOf(asked) + 1] ?? '') : asked];
  for (const [name, { says, load }] of Object.entries(COMMANDS)) {
    program.addCommand(COMMANDS[name] === chosen ? await load() : new Command(name).description(says));
  }
  for (const command of program.commands) command.exitOverride();
  try {
    if (args.length === 0) program.outputHelp();
    else await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    process.exitCode = exitCodeOf(error);
  }
}

/** Says what went wrong, where commander has not said so already, and answers with the exit code for it. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
  const known = error as { exitCode?: number; message?: string; stack?: string };
  const ours = typeof known?.exitCode === 'number';
  process.stderr.write(`newsloom: ${ours ? known.message : (known?.stack ?? String(error))}\n`);
  return ours ? (known.exitCode as number) : 1;
}

await main(process.argv.slice(2));
