/** The `newsloom feed` command: reads one feed for people, or a batch of feeds line by line. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { addressOf, type Feed, type FeedContext, feedBytes, noticeFeeds, parseFeed, readPage } from '@newsloom/extract';
import { openEgress } from '@newsloom/http';
import { readSettings } from '@newsloom/runtime';
import { Command } from 'commander';
import { type BatchLine, type BatchPlace, EXIT, runBatchCommand } from '../batch.ts';
import { textOf, usageError } from '../lines.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Options = { url?: string; contentType?: string; json?: boolean; batch?: string; out?: string };
type Input = { bytes: Uint8Array; context: FeedContext };

/** Longest summary shown to people, in characters. */
const SUMMARY_CHARS = 160;

/** Builds the command. */
export function feedCommand(env: Environment): Command {
  return new Command('feed')
    .description('read a feed: RSS 0.9 to 2.0, RDF, Atom, JSON Feed; from a file, an address or a batch')
    .argument('[feed]', 'a file (gzip allowed), an http(s) address, or - for standard input')
    .option('--url <url>', 'address a file was fetched from; relative addresses count from it')
    .option('--content-type <type>', 'Content-Type header a file came with')
    .option('--json', 'print the whole feed as JSON')
    .option(
      '--batch <in>',
      'answer JSON lines {id, file, url?, contentType?} with {id, feed}, null for what is no feed',
    )
    .option('--out <out>', 'where the answers go (- is standard output)', '-')
    .addHelpText('after', HELP)
    .action(async (source: string | undefined, options: Options) => {
      if (options.batch !== undefined)
        return runBatchCommand({ in: options.batch, out: options.out ?? '-', handle: answer });
      if (source === undefined) return usageError('feed', 'give a FILE or a URL, or --batch');
      const input = /^https?:\/\//i.test(source) ? await fetched(source, env) : await given(source, options);
      if (!input) return;
      const feed = parseFeed(feedBytes(input.bytes), input.context);
      if (!feed) {
        const named = feedsOf(input);
        fail(EXIT.someFailed, `there is no feed in it${named.length > 0 ? `; it names ${named.join(', ')}` : ''}`);
        return;
      }
      process.stdout.write(options.json ? `${JSON.stringify(feed, null, 2)}\n` : forPeople(feed));
    });
}

const HELP = `
A line of a batch: file is a path relative to the batch's file, gzip allowed; instead of it, text or base64 may carry the
feed itself. contentLocation and contentLanguage stand for those headers. The answer's feed has format, version, title,
description, link, self, hubs, links, id, language, updated, published, authors, categories, rights, generator, image,
icon, ttlMinutes, faults and items; an item has id, link, links, title, published, updated, authors, summary, content,
contents, categories, enclosures, image, comments, language and more: docs/intake.md has each field in a sentence.

Exit codes: 0 read, 1 no feed or some lines failed, 2 wrong usage, 66 no such file or no answer.`;

/** The feeds a page names, where people gave the page in place of its feed. */
function feedsOf({ bytes, context }: Input): string[] {
  const page = readPage(bytes, { url: context.url, contentType: context.contentType ?? null, fetchedAt: '' });
  const feeds = noticeFeeds(page).links.filter(({ rel }) => rel === 'feed');
  return feeds.slice(0, 5).map(({ url }) => url);
}

/** Answers one line of a batch. */
function answer(line: BatchLine, { dir }: BatchPlace): { feed: Feed | null } {
  const optional = (field: string): string | null => (line[field] == null ? null : textOf(line, field));
  const bytes =
    typeof line.text === 'string'
      ? new TextEncoder().encode(line.text)
      : typeof line.base64 === 'string'
        ? Buffer.from(line.base64, 'base64')
        : readFileSync(fileOf(textOf(line, 'file'), dir));
  const feed = parseFeed(feedBytes(bytes), {
    url: optional('url') ?? 'http://localhost/',
    contentType: optional('contentType'),
    contentLocation: optional('contentLocation'),
    contentLanguage: optional('contentLanguage'),
  });
  return { feed };
}

/** A path of a batch counts from the batch's folder, or, where nothing is there, from where the command runs. */
function fileOf(path: string, dir: string): string {
  const beside = resolve(dir, path);
  return existsSync(beside) || !existsSync(path) ? beside : path;
}

async function given(file: string, options: Options): Promise<Input | null> {
  if (options.url !== undefined && !URL.canParse(options.url))
    return fail(EXIT.usage, `--url is no address: ${options.url}`);
  if (file !== '-' && !existsSync(file)) return fail(EXIT.noInput, `there is no file ${file}`);
  const bytes = readFileSync(file === '-' ? '/dev/stdin' : file);
  return {
    bytes,
    context: { url: options.url ?? `file://${resolve(file)}`, contentType: options.contentType ?? null },
  };
}

/** Gets a feed once, because a person asked for it: through the guard, without robots.txt, which is for crawlers. */
async function fetched(url: string, env: Environment): Promise<Input | null> {
  const settings = readSettings(env);
  await using egress = openEgress({
    userAgent: settings.userAgent,
    allowPrivate: settings.allowPrivate,
    ...(settings.proxy && { proxy: settings.proxy }),
  });
  try {
    const response = await egress.get(url, { as: 'feed' });
    if (response.status !== 200) return fail(EXIT.noInput, `${url} answers ${response.status}`);
    const { headers } = response;
    return {
      bytes: response.body,
      context: {
        url: response.url,
        contentType: headers['content-type'] ?? null,
        contentLocation: headers['content-location'] ?? null,
        contentLanguage: headers['content-language'] ?? null,
      },
    };
  } catch (error) {
    return fail(EXIT.noInput, `${url} cannot be fetched: ${(error as Error).message}`);
  }
}

/** Ends the command with a sentence on stderr and an exit code. */
function fail(code: number, sentence: string): null {
  process.stderr.write(`newsloom feed: ${sentence}\n`);
  process.exitCode = code;
  return null;
}

function forPeople(feed: Feed): string {
  const lines = [
    `${feed.title ?? '(no title)'}  [${[feed.format, feed.version].filter(Boolean).join(' ')}, ${feed.charset}]`,
    ...labelled({
      site: feed.link,
      feed: feed.self,
      language: feed.language,
      updated: feed.updated,
      hub: feed.hubs.join(' '),
    }),
    ...feed.faults.map((fault) => `  fault: ${fault}`),
    `${feed.items.length} items${feed.cut ? ', more were left out' : ''}`,
  ];
  for (const item of feed.items) {
    const plain = (item.summary ?? '')
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim();
    lines.push(
      '',
      `${item.title ?? '(no title)'}`,
      `  ${addressOf(item) ?? '(no page of its own: not followed)'}`,
      ...labelled({
        date: item.published,
        by: item.authors.map((one) => one.name ?? one.email).join(', '),
        guid: item.id === item.link ? null : item.id,
        tags: item.categories.map((one) => one.label ?? one.term).join(', '),
        files: item.enclosures.map((one) => one.url).join(' '),
        text: plain.length > SUMMARY_CHARS ? `${plain.slice(0, SUMMARY_CHARS)}…` : plain,
      }),
    );
  }
  return `${lines.join('\n')}\n`;
}

const labelled = (facts: Record<string, string | null>): string[] =>
  Object.entries(facts).flatMap(([name, value]) => (value ? [`  ${name}: ${value}`] : []));
