/** The `newsloom rules` command: how the pages of one source are read, tried out before it is saved. */
import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { ask } from '../ask.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Trials = {
  source: string;
  captures: {
    url: string;
    changes: { field: string; before: string | null; after: string | null }[];
    missed: string[];
    unreadable: string | null;
  }[];
  idle: string[];
};
type Source = { settings: { rules?: object } };

const SHOWN_CHARS = 100;

/** Builds the command. */
export function rulesCommand(env: Environment): Command {
  const command = new Command('rules')
    .description('read the pages of one source by rules of its own, where the general way fails')
    .addHelpText(
      'after',
      `
Rules are CSS selectors in a JSON file; " @name" at the end takes an attribute:
  {"title": "h1.headline", "date": "time @datetime", "body": "div.story", "remove": [".ad"], "timeZone": "+07:00"}
What a rule does not find on a page is read the general way. Rules apply to what is fetched from now on;
\`newsloom reparse --source NAME\` reads what was fetched before.
Exit codes: 0 done, 1 refused, 2 wrong usage, 66 no such file, 69 a server is away.`,
    );
  command
    .command('show')
    .description('the rules of a source')
    .argument('<source>')
    .action(async (name: string) => {
      const { settings } = await ask<Source>(env, pathOf(name));
      process.stdout.write(`${JSON.stringify(settings.rules ?? {}, null, 2)}\n`);
    });
  command
    .command('try')
    .description('what rules would make of the latest captures of a source; nothing is saved')
    .argument('<source>')
    .argument('<file>', 'rules as JSON, or - for standard input')
    .option('--captures <n>', 'captures to try on', '10')
    .option('--json', 'print all facts')
    .action(async (name: string, file: string, { captures, json }: { captures: string; json?: boolean }) => {
      const body = { rules: await readRules(file), captures: Number(captures) };
      const trials = await ask<Trials>(env, `${pathOf(name)}/rules/try`, body);
      process.stdout.write(json ? `${JSON.stringify(trials, null, 2)}\n` : told(trials));
    });
  command
    .command('set')
    .description('save the rules of a source; {} takes them away')
    .argument('<source>')
    .argument('<file>', 'rules as JSON, or - for standard input')
    .action(async (name: string, file: string) => {
      const rules = await readRules(file);
      const { settings } = await ask<Source>(env, pathOf(name));
      const { rules: _, ...others } = settings;
      await ask(env, pathOf(name), Object.keys(rules).length === 0 ? others : { ...others, rules }, 'PUT');
      process.stdout.write(`the rules of ${name} are saved\n`);
    });
  return command;
}

const pathOf = (name: string): string => `/api/sources/${encodeURIComponent(name)}`;

async function readRules(file: string): Promise<object> {
  const text = await readFile(file === '-' ? '/dev/stdin' : file, 'utf8').catch((cause: Error) => {
    throw Object.assign(new Error(`cannot read the rules ${file}: ${cause.message}`, { cause }), { exitCode: 66 });
  });
  try {
    const rules: unknown = JSON.parse(text);
    if (typeof rules === 'object' && rules !== null && !Array.isArray(rules)) return rules;
  } catch {
    // Told below.
  }
  throw Object.assign(new Error(`${file} is no JSON object`), { exitCode: 2 });
}

function told({ source, captures, idle }: Trials): string {
  if (captures.length === 0) return `${source}: there is no capture of an article to try on\n`;
  const lines = captures.flatMap(({ url, changes, missed, unreadable }) => [
    url,
    ...(unreadable ? [`  cannot be read with these rules: ${unreadable}`] : []),
    ...changes.flatMap(({ field, before, after }) => [
      `  ${field}: ${short(before)}`,
      `  ${' '.repeat(field.length)}→ ${short(after)}`,
    ]),
    ...(missed.length > 0 ? [`  found nothing: ${missed.join(', ')}`] : []),
    ...(changes.length === 0 && !unreadable ? ['  read as before'] : []),
  ]);
  const blind = idle.filter((rule) => captures.every(({ missed }) => missed.includes(rule)));
  const needless = idle.filter((rule) => !blind.includes(rule));
  if (blind.length > 0) lines.push(`Finds nothing on any of these pages: ${blind.join(', ')}`);
  if (needless.length > 0) lines.push(`Not needed, as far as these pages show: ${needless.join(', ')}`);
  return `${lines.join('\n')}\n`;
}

const short = (text: string | null): string => {
  if (text === null) return '(nothing)';
  const line = text.replace(/\s+/g, ' ');
  return line.length > SHOWN_CHARS ? `${line.slice(0, SHOWN_CHARS)}…` : line;
};
