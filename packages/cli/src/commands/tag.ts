/** The `newsloom tag` command: finds who, what, where and when in one text, or in a batch of texts. */
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { mendMentions, openLinker, openTagger, tokenize } from '@newsloom/enrich';
import { detectLanguage } from '@newsloom/extract';
import type { LinkedMention } from '@newsloom/model';
import { Command } from 'commander';
import { type BatchLine, EXIT, runBatchCommand } from '../batch.ts';
import { textOf, usageError } from '../lines.ts';

type Options = { lang?: string; date?: string; batch?: string; out?: string };

/** What a text came to. */
export type TaggedText = { lang: string | null; entities: LinkedMention[] };

/** A function that tags texts one after another; an entity keeps its id over all of them. */
export function openTextTagger(): (id: string, text: string, lang: string | null, date?: string) => TaggedText {
  const tagger = openTagger();
  const linker = openLinker();
  return (id, text, told, date) => {
    const lang = told ?? (text.trim() === '' ? null : detectLanguage(text).lang);
    const tokens = tokenize(text);
    const tagged = tagger.tagTokens(tokens, { lang, ...(date === undefined ? {} : { date }) });
    const mentions = mendMentions(tokens, tagged, lang);
    return { lang, entities: linker.link({ id, lang, text, mentions, date: date ?? null }) };
  };
}

/** The language subtag a line or an option names; null where it names none. */
function languageOf(value: unknown): string | null {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value !== 'string' || !isLanguage(value))
    throw new Error(`lang is no language: ${String(value).slice(0, 40)}`);
  return value.split('-')[0]?.toLowerCase() ?? null;
}

function isLanguage(value: string): boolean {
  return /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(value);
}

async function readText(file: string): Promise<string> {
  const chunks: Buffer[] = [];
  if (file === '-') for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  else chunks.push(readFileSync(file));
  const bytes = Buffer.concat(chunks);
  const text = (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8');
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

async function tagOne(file: string, options: Options): Promise<void> {
  if (file !== '-' && !existsSync(file)) {
    process.stderr.write(`newsloom tag: there is no file ${file}\n`);
    process.exitCode = EXIT.noInput;
    return;
  }
  const { lang, entities } = openTextTagger()(file, await readText(file), languageOf(options.lang), options.date);
  const shown = entities.map(({ text, type, start, end, value, entityId }) => ({
    text,
    type,
    start,
    end,
    ...(value === undefined ? {} : { value }),
    entityId,
  }));
  process.stdout.write(`${JSON.stringify({ lang, entities: shown }, null, 2)}\n`);
}

async function tagBatch(input: string, out: string, options: Options): Promise<void> {
  const tagText = openTextTagger();
  const fallback = languageOf(options.lang);
  await runBatchCommand({
    in: input,
    out,
    handle: (line: BatchLine) => {
      const date = typeof line.date === 'string' ? line.date : options.date;
      const { lang, entities } = tagText(
        String(line.id ?? ''),
        textOf(line, 'text'),
        languageOf(line.lang) ?? fallback,
        date,
      );
      return {
        id: line.id ?? null,
        lang,
        entities: entities.map(({ start, end, type, value, entityId }) => ({
          start,
          end,
          type,
          ...(value === undefined ? {} : { value }),
          entityId,
        })),
      };
    },
  });
}

/** Builds the `tag` command. */
export function tagCommand(): Command {
  return new Command('tag')
    .description('find persons, organisations, places, dates and amounts in a text or a batch of texts')
    .argument('[file]', 'text to read (UTF-8, gzip allowed); - for standard input')
    .option('--lang <lang>', 'language of the text, as vi, fr, en; detected where absent')
    .option('--date <date>', 'the day of the text (ISO 8601): what yesterday and 13/4 are resolved against')
    .option('--batch <in.jsonl>', 'lines of {id, lang?, date?, text}; .gz allowed')
    .option(
      '--out <out.jsonl>',
      'where a batch writes one line per text, {id, lang, entities}; an entity has one id in all of them',
    )
    .addHelpText('after', '\nExit codes: 0 done, 1 some lines failed, 2 wrong usage, 66 no such file.')
    .action(async (file: string | undefined, options: Options) => {
      if (options.lang !== undefined && !isLanguage(options.lang))
        return usageError('tag', `--lang is no language: ${options.lang}`);
      if (options.date !== undefined && Number.isNaN(Date.parse(options.date)))
        return usageError('tag', '--date is no date');
      if (options.batch !== undefined) {
        if (options.out === undefined) return usageError('tag', '--batch needs --out OUT.jsonl');
        return tagBatch(options.batch, options.out, options);
      }
      if (file === undefined)
        return usageError('tag', 'name a FILE, or - for standard input, or use --batch IN.jsonl --out OUT.jsonl');
      return tagOne(file, options);
    });
}
