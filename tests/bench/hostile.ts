/** What hostile pages and rules do to the processes that read them: what came of each, in what time and memory, and of their neighbours. */
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { openReaderPool, type ReadContext, type ReaderPool } from '@newsloom/reader';
import type { BenchRow, BenchSize } from './report.ts';

/** As the parser has them by default. */
const DEADLINE_MS = 5_000;
const MEMORY_MB = 512;
const NEIGHBOURS = 20;
const LOOK_EVERY_MS = 5;

const SENTENCE = 'Mưa lớn kéo dài từ rạng sáng khiến nhiều tuyến đường ở Huế ngập sâu, học sinh được nghỉ học. ';
const TEXT = `<p>${SENTENCE.repeat(3)}</p>`;
const GOOD = `<!doctype html><html lang="vi"><head><title>Mưa lớn ở Huế</title></head><body><article><h1>Mưa lớn ở Huế</h1>${TEXT}${TEXT.replaceAll('Huế', 'Vinh')}</article></body></html>`;
const CONTEXT: ReadContext = {
  url: 'https://bao.example/tin-1.html',
  contentType: 'text/html; charset=utf-8',
  xRobotsTag: null,
  agent: 'newsloom',
  fetchedAt: '2026-04-14T03:00:00Z',
  structured: true,
};

type Hostile = { name: string; bytes: () => Buffer; context?: Partial<ReadContext> };
const page = (name: string, write: () => string, context?: Partial<ReadContext>): Hostile => ({
  name,
  bytes: () => Buffer.from(write()),
  ...(context && { context }),
});
const around = (inner: string): string => `${GOOD.replace('</article>', '')}${inner}</article>`;

const PAGES: Hostile[] = [
  page('100,000 nested divs', () => around('<div>'.repeat(100_000))),
  page('1,000,000 unclosed tags', () => around('<span>'.repeat(1_000_000))),
  page('1,000,000 unclosed formatting tags', () => around('<b><i>'.repeat(500_000))),
  page('a million attributes on one tag', () =>
    around(`<p ${Array.from({ length: 1_000_000 }, (_, at) => `a${at}=1`).join(' ')}>x`),
  ),
  page('a million tags of ten attributes', () =>
    around('<i class="a b" id=c style=d title=e rel=f href=g lang=h dir=i role=j k>'.repeat(200_000)),
  ),
  page('60 MB of articles', () => GOOD.repeat(Math.ceil(60_000_000 / Buffer.byteLength(GOOD)))),
  page('60 MB of one text', () => around('a'.repeat(60_000_000))),
  page('5,000,000 null bytes', () => around('\0'.repeat(5_000_000))),
  page('3,000,000 character references', () => around('&amp;'.repeat(3_000_000))),
  page('references that never end', () => around('&#x'.repeat(2_000_000))),
  page('100,000 links', () =>
    around(
      Array.from({ length: 100_000 }, (_, at) => `<a href="/tin-${at}.html">Tin số ${at} trong ngày</a>`).join(' '),
    ),
  ),
  page('100,000 paragraphs', () =>
    around(Array.from({ length: 100_000 }, (_, at) => `<p>${at}. ${SENTENCE}</p>`).join('')),
  ),
  page('100,000 dates', () => around('<p>12/03/2015 lúc 10:02</p>'.repeat(100_000))),
  page('100,000 images', () =>
    around(Array.from({ length: 100_000 }, (_, at) => `<img src="/${at}.jpg" width=900 height=600>`).join('')),
  ),
  page('a table of 100,000 cells', () =>
    around(`<table>${`<tr>${'<td>12</td>'.repeat(10)}</tr>`.repeat(10_000)}</table>`),
  ),
  page('JSON-LD nested 100,000 deep', () =>
    around(`<script type="application/ld+json">${'{"a":'.repeat(100_000)}</script>`),
  ),
  page('JSON-LD of 2 MB in pieces', () =>
    around(
      `<script type="application/ld+json">[${'{"@type":"NewsArticle","author":[{"name":"A B"}]},'.repeat(38_000)}1]</script>`,
    ),
  ),
  page('a stylesheet that never ends', () => around(`<style>${'a{b:c}'.repeat(1_000_000)}`)),
  page('a title of 2 MB of separators', () => `<title>${'- | » '.repeat(350_000)}</title>${TEXT}`),
  page('a byline of 2 MB of at signs', () => around(`<p class=byline>${'@'.repeat(2_000_000)}</p>`)),
  page('white space without end', () => around(`<p>${' \n\t'.repeat(3_000_000)}</p>`)),
  { name: 'a gzip bomb: 200 MB in 200 kB', bytes: () => gzipSync(Buffer.alloc(200_000_000, 'a')) },
  page('a feed of 200,000 open elements', () => `<rss><channel>${'<item>'.repeat(200_000)}`, {
    url: 'https://bao.example/rss',
  }),
  page(
    'a feed of a billion laughs',
    () =>
      `<!DOCTYPE r [<!ENTITY a "ha">${Array.from({ length: 20 }, (_, at) => `<!ENTITY a${at} "${`&a${at || ''};`.repeat(10)}">`).join('')}]><rss><channel><title>&a19;</title></channel></rss>`,
  ),
  page('a rule: div ~ div div over 100,000 divs', () => '<div>'.repeat(100_000) + TEXT, {
    rules: { remove: ['div ~ div div'], title: 'div div div div p' },
    asArticle: true,
  }),
  page('a rule: div:has(div:has(p)) over 7,000', () => '<div>'.repeat(7_000) + TEXT, {
    rules: { remove: ['div:has(div:has(p))'] },
    asArticle: true,
  }),
];

/** Peak resident memory of this process's children so far, in MB; 0 where the system does not tell. */
function childrenPeakMb(): number {
  let most = 0;
  try {
    for (const task of readdirSync('/proc/self/task'))
      for (const child of readFileSync(`/proc/self/task/${task}/children`, 'utf8').split(' ').filter(Boolean)) {
        const status = readFileSync(`/proc/${child}/status`, 'utf8');
        most = Math.max(most, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
      }
  } catch {
    // A child that has just ended, or another system.
  }
  return most;
}

const good = (pool: ReaderPool) => pool.read(Buffer.from(GOOD), CONTEXT);

/** Reads one page beside its neighbours in a pool of its own. */
async function readHostile({ name, bytes, context }: Hostile): Promise<BenchRow> {
  const body = bytes();
  const pool = openReaderPool({ processes: 2, deadlineMs: DEADLINE_MS, memoryMb: MEMORY_MB });
  let peak = 0;
  const look = setInterval(() => {
    peak = Math.max(peak, childrenPeakMb());
  }, LOOK_EVERY_MS);
  try {
    await Promise.all([good(pool), good(pool)]);
    const start = performance.now();
    const reading = pool
      .read(body, { ...CONTEXT, ...context })
      .then((result) => ({ result, ms: performance.now() - start }));
    const neighbours = await Promise.all(Array.from({ length: NEIGHBOURS }, () => good(pool)));
    const { result, ms } = await reading;
    peak = Math.max(peak, childrenPeakMb());
    const after = await good(pool);
    const unharmed = neighbours.filter((one) => one.kind === 'article').length;
    const note = result.kind === 'unreadable' ? `unreadable-${result.why}` : (result.note ?? result.kind);
    return {
      page: name,
      MB: (body.length / 1e6).toFixed(1),
      'came to': note,
      ms: ms.toFixed(0),
      'peak MB': peak === 0 ? '-' : peak.toFixed(0),
      neighbours: `${unharmed} of ${NEIGHBOURS} read`,
      afterwards: after.kind === 'article' ? 'reads on' : after.kind,
    };
  } finally {
    clearInterval(look);
    await pool.close();
  }
}

/** Reads every hostile page, each in a pool of two fresh processes; a row per page. */
export async function* benchHostile(_size: BenchSize): AsyncGenerator<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const one of PAGES) rows.push(await readHostile(one));
  yield rows;
}
