/** The article extractors a benchmark compares, as functions from a page's text; peers where they are installed. */
import { readDecodedPage } from '@newsloom/extract';
import { Parser } from 'htmlparser2';

/** One way to read a page. */
export type BenchExtractor = {
  name: string;
  isPeer: boolean;
  read: (html: string, url: string) => unknown | Promise<unknown>;
};
/** An extractor, or the sentence that says how to have it. */
export type FoundExtractor = BenchExtractor | { missing: string };

const FOLDER = new URL('./peers/', import.meta.url);
const FETCHED_AT = '2026-11-01T00:00:00Z';
const open = async <T>(path: string): Promise<T> => (await import(new URL(`node_modules/${path}`, FOLDER).href)) as T;

type Linkedom = { parseHTML: (html: string) => { document: unknown } };
type ReadabilityModule = { Readability: new (document: unknown) => { parse(): unknown } };
type ReadabilityExports = ReadabilityModule & { default?: ReadabilityModule };
type DefuddleModule = { Defuddle: (document: unknown, url: string) => Promise<unknown> };
type PostlightModule = { default: { parse: (url: string, how: object) => Promise<unknown> } };
type ExtractusModule = { extractFromHtml: (html: string, url: string) => Promise<unknown> };

/** Ours, the DOM build alone, and the peers. */
export async function findExtractors(): Promise<FoundExtractor[]> {
  return [
    {
      name: 'Newsloom, all fields',
      isPeer: false,
      read: (html, url) => readDecodedPage(html, 'utf-8', { url, fetchedAt: FETCHED_AT, asArticle: true }),
    },
    { name: 'htmlparser2, DOM alone', isPeer: false, read: await openDom() },
    await found('Readability on linkedom', async () => {
      const { parseHTML } = await open<Linkedom>('linkedom/esm/index.js');
      const module = await open<ReadabilityExports>('@mozilla/readability/index.js');
      const { Readability } = module.default ?? module;
      return (html) => new Readability(parseHTML(html).document).parse();
    }),
    await found('defuddle on linkedom', async () => {
      const { parseHTML } = await open<Linkedom>('linkedom/esm/index.js');
      const { Defuddle } = await open<DefuddleModule>('defuddle/dist/node.js');
      return (html, url) => Defuddle(parseHTML(html).document, url);
    }),
    await found('extractus', async () => {
      const { extractFromHtml } = await open<ExtractusModule>('@extractus/article-extractor/esm/mod.js');
      return (html, url) => extractFromHtml(html, url);
    }),
    await found('Postlight', async () => {
      const { default: parser } = await open<PostlightModule>('@postlight/parser/dist/mercury.js');
      return (html, url) => parser.parse(url, { html, fetchAllPages: false });
    }),
  ];
}

/** The DOM that most readers of HTML in Node are built on. */
async function openDom(): Promise<BenchExtractor['read']> {
  const { DomHandler } = await import('domhandler');
  return (html) => {
    const handler = new DomHandler();
    const parser = new Parser(handler);
    parser.write(html);
    parser.end();
    return handler.dom;
  };
}

async function found(name: string, prepare: () => Promise<BenchExtractor['read']>): Promise<FoundExtractor> {
  try {
    return { name, isPeer: true, read: await prepare() };
  } catch (error) {
    const reason = String((error as Error).message).split('\n')[0];
    return { missing: `${name}: not measured (${reason}); npm install --ignore-scripts in ${FOLDER.pathname}` };
  }
}
