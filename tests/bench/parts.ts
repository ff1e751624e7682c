/** What each step costs alone, on the same generated pages, in one process. */
import { linkMentions, openTagger, storySignature, tokenize } from '@newsloom/enrich';
import { readPage } from '@newsloom/extract';
import { serveGeneratedSite } from '@newsloom/samplesite';
import { type BenchRow, type BenchSize, ms, percentile } from './report.ts';

const PAGES = 60;
const WARM_UP = 15;

/** Times reading, tagging, linking and signing. */
export async function* benchParts({ bytesPerPage }: BenchSize): AsyncGenerator<BenchRow[]> {
  await using site = await serveGeneratedSite({ pages: PAGES, hosts: 1, bytesPerPage });
  const pages = [];
  for (const url of site.urls) pages.push({ url, bytes: new Uint8Array(await (await fetch(url)).arrayBuffer()) });
  const tagger = openTagger();
  const fetchedAt = '2026-11-21T00:00:00Z';
  const times: Record<string, number[]> = { read: [], tokenize: [], tag: [], link: [], sign: [] };
  const timed = <T>(step: string, run: () => T, kept: boolean): T => {
    const began = performance.now();
    const result = run();
    if (kept) times[step]?.push(performance.now() - began);
    return result;
  };
  let tokens = 0;
  for (const [index, { url, bytes }] of pages.entries()) {
    const kept = index >= WARM_UP;
    const { article } = timed(
      'read',
      () => readPage(bytes, { url, contentType: 'text/html', fetchedAt, asArticle: true }),
      kept,
    );
    if (!article) throw new Error(`no article in ${url}`);
    const { lang, body: text, title } = article;
    const counted = timed('tokenize', () => tokenize(text), kept).count;
    if (kept) tokens += counted;
    const mentions = timed('tag', () => tagger.tag(text, { lang }), kept);
    const linked = timed('link', () => linkMentions({ id: url, lang, text, mentions }), kept);
    timed(
      'sign',
      () => storySignature({ id: url, lang, title, text, date: null, fetchedAt, mentions: linked.mentions }),
      kept,
    );
  }
  const kilobytes = pages.reduce((sum, page) => sum + page.bytes.length, 0) / pages.length / 1000;
  const tagMs = times.tag?.reduce((sum, it) => sum + it, 0) ?? 0;
  yield Object.entries(times).map(([step, samples]) => ({
    [`step (page of ${kilobytes.toFixed(0)} kB, ${Math.round(tokens / (pages.length - WARM_UP))} tokens)`]: step,
    'median ms': ms(percentile(samples, 0.5)),
    'p95 ms': ms(percentile(samples, 0.95)),
    'tokens/s': step === 'tag' ? Math.round((tokens / tagMs) * 1000) : '',
  }));
}
