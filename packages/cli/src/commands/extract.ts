/** The `newsloom extract` command: reads one page for people, or a batch of pages line by line. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  type ExplainedBlock,
  explainPage,
  plainParts,
  type ReadContext,
  readPage,
  readText,
  toMarkdown,
} from '@newsloom/extract';
import { tdmDirectives } from '@newsloom/frontier';
import type { ReadPage } from '@newsloom/model';
import { Command } from 'commander';
import { EXIT, runBatchCommand } from '../batch.ts';
import { explainHtml } from '../extract/explain-html.ts';
import { textOf } from '../lines.ts';

type Options = {
  url?: string;
  explain?: boolean;
  format: string;
  batch?: string;
  out?: string;
  fetchedAt?: string;
  header: string[];
};

/** Ends the command with a sentence on stderr and an exit code. */
function fail(code: number, sentence: string): void {
  process.stderr.write(`newsloom extract: ${sentence}\n`);
  process.exitCode = code;
}

function unzipped(bytes: Buffer): Buffer {
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
}

async function readInput(file: string): Promise<Buffer> {
  if (file !== '-') return unzipped(readFileSync(file));
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return unzipped(Buffer.concat(chunks));
}

/** Whether bytes are a plain-text document: no markup near the start. */
function isPlainText(bytes: Buffer, file: string): boolean {
  if (/\.txt(?:\.gz)?$/i.test(file)) return true;
  const start = bytes.subarray(0, 4096).toString('latin1').replace(/\0/g, '');
  return (
    !/<(?:!doctype|html|head|body|\?xml|rss|feed|div|p|meta|title|urlset|sitemapindex)\b/i.test(start) &&
    !/^\s*\{/.test(start)
  );
}

/** The name that directives for one agent are read for, as the crawler has it by default. */
const AGENT = 'newsloom';

/** The value of a header among lines of `Name: value`. */
function headerOf(lines: readonly string[], name: string): string | null {
  const line = lines.find((one) => one.slice(0, one.indexOf(':')).trim().toLowerCase() === name);
  return line === undefined ? null : line.slice(line.indexOf(':') + 1).trim();
}

/** What people see: the article's fields first, then how they were come by. */
function forPeople(page: ReadPage & { url?: string | null }, url: string, explain: boolean): Record<string, unknown> {
  const { article } = page;
  const seen: Record<string, unknown> = {
    url: page.url ?? url,
    kind: page.kind,
    ...(page.why !== undefined && { why: page.why }),
    title: article?.title ?? null,
    date: article?.date?.value ?? null,
    datePrecision: article?.date?.precision ?? null,
    dateModified: article?.dateModified?.value ?? null,
    authors: article?.authors ?? [],
    agencies: article?.agencies ?? [],
    lang: article?.lang ?? null,
    image: article?.image ?? null,
    imageCaption: article?.imageCaption ?? null,
    canonicalUrl: page.canonicalUrl,
    description: article?.description ?? null,
    section: article?.section ?? null,
    tags: article?.tags ?? [],
    body: article?.body ?? null,
    charset: page.charset,
    robots: page.robots,
    provenance: article?.provenance ?? {},
  };
  if (page.note) seen.note = page.note;
  if (explain) seen.links = page.links;
  return seen;
}

/** The article as Markdown, its title as the first heading. */
function asMarkdown(page: ReadPage): string {
  const { article } = page;
  if (!article) return `(${page.note ?? page.kind})\n`;
  const body = toMarkdown(article.body, article.structure ?? plainParts(article.body));
  return `${article.title ? `# ${article.title}\n\n` : ''}${body.trimEnd()}\n`;
}

function asText(page: ReadPage & { url?: string | null }): string {
  const { article } = page;
  if (!article) return `(${page.note ?? page.kind})\n`;
  const head = [
    article.title,
    [article.date?.value, article.authors.join(', ')].filter((one) => one).join(' · '),
  ].filter((one) => one);
  return `${[...head, article.body].join('\n\n')}\n`;
}

/** A page with the marks that its headers add to its own. */
const reserving = <P extends ReadPage>(page: P, marks: readonly string[]): P =>
  marks.length === 0 ? page : { ...page, robots: [...new Set([...page.robots, ...marks])] };

/** One block on one line: kept or dropped, why, and how it begins. */
function blockLine({ kept, why, text }: ExplainedBlock): string {
  const begin = text.replace(/\s+/g, ' ').slice(0, 80);
  return `${kept ? '+' : '-'} ${begin}${text.length > 80 ? '…' : ''}  [${why}]`;
}

async function extractOne(file: string, options: Options): Promise<void> {
  if (file !== '-' && !existsSync(file)) return fail(EXIT.noInput, `there is no file ${file}`);
  const bytes = await readInput(file);
  const context: ReadContext = {
    url: options.url ?? `file://${resolve(file)}`,
    fetchedAt: options.fetchedAt ?? new Date().toISOString(),
    contentType: headerOf(options.header, 'content-type'),
    xRobotsTag: headerOf(options.header, 'x-robots-tag'),
    agent: AGENT,
  };
  const reserved = tdmDirectives(headerOf(options.header, 'tdm-reservation'), headerOf(options.header, 'tdm-policy'));
  const plain = isPlainText(bytes, file);
  if (options.explain !== true && options.format !== 'html') {
    const structured = options.format === 'markdown';
    const page = reserving(plain ? readText(bytes, context) : readPage(bytes, { ...context, structured }), reserved);
    if (structured) return void process.stdout.write(asMarkdown(page));
    process.stdout.write(
      options.format === 'text' ? asText(page) : `${JSON.stringify(forPeople(page, context.url, false), null, 2)}\n`,
    );
    return;
  }
  const read = plain ? { page: readText(bytes, context), blocks: [] } : explainPage(bytes, context);
  const { blocks } = read;
  const page = reserving(read.page, reserved);
  if (options.format === 'html') process.stdout.write(explainHtml(page, blocks, context.url));
  else if (options.format === 'text') process.stdout.write(`${asText(page)}\n${blocks.map(blockLine).join('\n')}\n`);
  else process.stdout.write(`${JSON.stringify({ ...forPeople(page, context.url, true), blocks }, null, 2)}\n`);
}

/** Reads one page of a batch into its output line. */
export function batchLine(
  one: { id: unknown; url: string },
  bytes: Buffer,
  fetchedAt: string,
): Record<string, unknown> {
  const start = performance.now();
  const page = readPage(unzipped(bytes), { url: one.url, fetchedAt, asArticle: true });
  const ms = performance.now() - start;
  const { article } = page;
  return {
    id: one.id,
    title: article?.title ?? null,
    date: article?.date && article.date.value.length >= 10 ? article.date.value.slice(0, 10) : null,
    authors: article?.authors ?? [],
    body: article?.body ?? '',
    lang: article?.lang ?? null,
    image: article?.image ?? null,
    dateModified: article?.dateModified?.value ?? null,
    datePrecision: article?.date?.precision ?? null,
    canonicalUrl: page.canonicalUrl,
    kind: page.kind,
    ms: Math.round(ms * 100) / 100,
  };
}

async function extractBatch(options: Options): Promise<void> {
  if (!options.out) return fail(EXIT.usage, '--batch needs --out OUT.jsonl');
  const fetchedAt = options.fetchedAt ?? new Date().toISOString();
  return runBatchCommand({
    in: options.batch as string,
    out: options.out,
    handle(line, { dir }) {
      const url = textOf(line, 'url');
      // A page whose address is not known is read without one.
      if (url !== '' && !URL.canParse(url)) throw new Error(`url is no address: ${url.slice(0, 100)}`);
      const bytes = readFileSync(resolve(dir, textOf(line, 'html')));
      return batchLine({ id: line.id, url }, bytes, fetchedAt);
    },
  });
}

/** Builds the `extract` command. */
export function extractCommand(): Command {
  return new Command('extract')
    .description('read the article out of a page, a plain-text document, or a batch of pages')
    .argument('[file]', 'page to read, gzip allowed; - for standard input')
    .option('--url <url>', 'address the page was fetched from')
    .option(
      '--explain',
      'add the links, and every block with why it was kept or dropped; provenance of each field is always shown',
    )
    .option('--format <format>', 'json, text, markdown, or html: a page that shows what was kept and why', 'json')
    .option('--fetched-at <time>', 'ISO time of the fetch, for relative dates (default: now)')
    .option(
      '--header <line>',
      'a header it came with, such as "X-Robots-Tag: noai" or "Content-Type: text/html; charset=tcvn"; repeatable',
      (line: string, before: string[]) => [...before, line],
      [] as string[],
    )
    .option('--batch <in.jsonl>', 'lines of {id, url, html: path relative to the file}; .gz allowed')
    .option('--out <out.jsonl>', 'where a batch writes one line per page')
    .action(async (file: string | undefined, options: Options) => {
      if (!['json', 'text', 'markdown', 'html'].includes(options.format))
        return fail(EXIT.usage, '--format is json, text, markdown or html');
      if (options.url !== undefined && !URL.canParse(options.url))
        return fail(EXIT.usage, `--url is no address: ${options.url}`);
      if (options.fetchedAt !== undefined && Number.isNaN(Date.parse(options.fetchedAt)))
        return fail(EXIT.usage, '--fetched-at is no time');
      if (options.batch !== undefined) return extractBatch(options);
      if (file === undefined)
        return fail(EXIT.usage, 'name a FILE, or - for standard input, or use --batch IN.jsonl --out OUT.jsonl');
      return extractOne(file, options);
    });
}
