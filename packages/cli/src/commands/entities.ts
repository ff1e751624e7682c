/** The `newsloom entities` command: look at entities, merge and split them, take names in and give them back. */
import { userInfo } from 'node:os';
import { ENTITY_TYPES } from '@newsloom/model';
import { Command, Option } from 'commander';
import { type Desk, openDesk } from '../entities/desk.ts';
import { exportFile, importFile } from '../entities/files.ts';
import { FORMATS, type Format } from '../entities/name-file.ts';
import { decisionLine, entityPage, entityTable } from '../entities/show.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Why = { why?: string; by?: string };

const EXITS =
  '\nExit codes: 0 done, 1 not known or some lines passed over, 2 wrong usage, 65 cannot be decided so, 66 no such file, 69 a server is away, 73 the output cannot be written, 78 wrong settings.';

/** Builds the command with its subcommands. */
export function entitiesCommand(env: Environment): Command {
  // Before the subcommands are made: they take it over.
  const command = new Command('entities')
    .exitOverride()
    .description('look at entities, merge and split them, import and export their names');
  const at = async (work: (desk: Desk) => Promise<void>): Promise<void> => {
    const desk = await openDesk(env, () => new Date());
    try {
      await work(desk);
    } finally {
      await desk.close();
    }
  };
  const print = (text: string) => void process.stdout.write(text);
  const who = ({ why, by }: Why) => ({ by: by ?? userName(), why: why ?? null });
  const decides = (it: Command): Command =>
    it
      .option('--why <text>', 'kept with the decision')
      .option('--by <name>', 'who decides; default: your user name')
      .addHelpText('after', EXITS);
  const limit = new Option('--limit <n>', 'how many at most').default(20).argParser(countOf);

  command
    .command('list')
    .description('entities, those in most documents first')
    .argument('[name]', 'how a word of the name, or of another name it has, begins')
    .addOption(new Option('--type <type>', 'kind of entity').choices([...ENTITY_TYPES]))
    .addOption(limit)
    .option('--json', 'print JSON')
    .addHelpText('after', EXITS)
    .action((q: string | undefined, { type, limit: most, json }: { type?: string; limit: number; json?: boolean }) =>
      at(async (desk) => {
        const found = await desk.list({ q, type, limit: most });
        print(json ? `${JSON.stringify(found, null, 2)}\n` : entityTable(found));
        if (found.length === 0) process.exitCode = 1;
      }),
    );

  command
    .command('show')
    .description('names, roles, partners, stories and decisions of an entity')
    .argument('<entity>', 'its id, or a name')
    .option('--json', 'print JSON')
    .addHelpText('after', EXITS)
    .action((given: string, { json }: { json?: boolean }) =>
      at(async (desk) => {
        const found = await desk.find(await entityId(desk, given));
        const related = await desk.related(found.id, 12);
        print(json ? `${JSON.stringify({ ...found, related }, null, 2)}\n` : entityPage(found, related));
      }),
    );

  decides(
    command
      .command('merge')
      .description('let INTO stand for FROM: documents, names, roles and stories follow')
      .argument('<from>', 'id of the one that goes')
      .argument('<into>', 'id of the one that stands for both'),
  ).action((from: string, into: string, options: Why) =>
    at(async (desk) => print(decisionLine(await desk.merge(idOf(from), idOf(into), who(options))))),
  );

  decides(
    command
      .command('split')
      .description('take names, or the mentions in some documents, out of an entity into a new one')
      .argument('<entity>', 'its id')
      .option('--name <names...>', 'names as documents write them')
      .option('--document <ids...>', 'ids of documents')
      .option('--called <name>', 'name of the new entity'),
  ).action((from: string, options: Why & { name?: string[]; document?: string[]; called?: string }) => {
    const { name: names = [], document: documents = [], called } = options;
    if (names.length + documents.length === 0) throw usage('say what to split off: --name NAME or --document ID');
    return at(async (desk) =>
      print(decisionLine(await desk.split(idOf(from), { names, documents, name: called ?? null }, who(options)))),
    );
  });

  command
    .command('name')
    .description('let a name mean an entity, in documents enriched from now on')
    .argument('<entity>', 'its id')
    .argument('<name>', 'as documents write it')
    .option('--lang <lang>', 'language of texts that write it so; default: any')
    .addHelpText('after', EXITS)
    .action((entity: string, name: string, { lang }: { lang?: string }) =>
      at(async (desk) => {
        await desk.name(idOf(entity), { name, lang: lang ?? null });
        print(`${name} means ${entity}\n`);
      }),
    );

  decides(
    command
      .command('undo')
      .description('take a decision back')
      .argument('<decision>', 'its number, as `decisions` lists it'),
  ).action((decision: string, options: Why) =>
    at(async (desk) => print(decisionLine(await desk.undo(countOf(decision), who(options))))),
  );

  command
    .command('decisions')
    .description('what persons decided, the latest first')
    .argument('[entity]', 'id of an entity')
    .addOption(limit)
    .addHelpText('after', EXITS)
    .action((entity: string | undefined, { limit: most }: { limit: number }) =>
      at(async (desk) => {
        const found = await desk.decisions(entity === undefined ? undefined : idOf(entity), Math.min(most, 100));
        print(found.map(decisionLine).join('') || 'no decisions\n');
      }),
    );

  command
    .command('import')
    .description('take in names: columns with a head, JSON lines, or a Wikidata dump')
    .argument('<file>', 'file to read, .gz allowed; - for standard input')
    .addHelpText(
      'after',
      `
Columns: name, type (PER, ORG, LOC, MISC), lang, wikidata, born, confidence, key; the first two are needed.
Names with one wikidata number are one entity. A Wikidata dump goes straight in:
  bzcat latest-all.json.bz2 | newsloom entities import -
${EXITS}`,
    )
    .action((file: string) => at((desk) => importFile(desk, file)));

  command
    .command('export')
    .description('write all names that import reads again')
    .addOption(new Option('--format <format>', 'how').choices([...FORMATS]).default('tsv'))
    .option('--out <file>', 'file to write, .gz is compressed; - is standard output', '-')
    .option('--shipped', 'with the names that ship with Newsloom')
    .addHelpText('after', EXITS)
    .action(({ format, out, shipped = false }: { format: Format; out: string; shipped?: boolean }) =>
      at((desk) => exportFile(desk, { format, out, shipped })),
    );
  return command;
}

const usage = (message: string) => Object.assign(new Error(message), { exitCode: 2 });

function countOf(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw usage(`${text} is no whole number above 0`);
  return Number(text);
}

function idOf(text: string): string {
  if (!/^e[0-9a-f]{8,64}$/.test(text))
    throw usage(
      `${text} is no id of an entity; \`newsloom entities list ${JSON.stringify(text)}\` finds it by its name`,
    );
  return text;
}

/** The id of an entity that is named by id or by a name that one entity alone bears. */
async function entityId(desk: Desk, given: string): Promise<string> {
  if (/^e[0-9a-f]{8,64}$/.test(given)) return given;
  const found = await desk.list({ q: given, type: undefined, limit: 10 });
  const same = found.filter((it) => it.name.toLowerCase() === given.toLowerCase());
  const [only] = found.length === 1 ? found : same.length === 1 ? same : [];
  if (only) return only.id;
  if (found.length === 0) throw Object.assign(new Error(`There is no entity named ${given}.`), { exitCode: 1 });
  throw Object.assign(new Error(`Several entities have such a name; give an id:\n${entityTable(found)}`), {
    exitCode: 1,
  });
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run as a user without a name.
    return 'cli';
  }
}
