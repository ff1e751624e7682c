/** A site that makes addresses without end, and says the same at many of them. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { urlIdOf } from '@newsloom/model';
import { expect, test } from 'vitest';
import { addSeeds, EMBEDDED, startLine, untilIdle } from './line.ts';

const words = (n: number) =>
  `Câu thứ ${n} của bài báo kể rằng đoàn công tác đã đến Huế vào buổi sáng và gặp người dân ở chợ. `;
const ARTICLE = `<!doctype html><html lang="vi"><head><title>Cầu mới qua sông Hương</title>
  <meta property="og:type" content="article"><meta property="article:published_time" content="2026-11-20T08:00:00+07:00"></head>
  <body><article><h1>Cầu mới qua sông Hương</h1>${[1, 2, 3, 4, 5, 6].map((n) => `<p>${words(n)}</p>`).join('')}</article></body></html>`;
const NOTHING = '<!doctype html><title>Trang</title><p>Xin lỗi, trang này hiện không có nội dung.</p>';
const EMPTY = Array.from({ length: 7 }, (_, n) => `/trong/trang-${n}`);
const LINKS = ['/tin/cau-moi-1.html', '/tin/cau-moi-2.html', '/calendar/2099/01', '/x/y/x/y/x/y/z', ...EMPTY];

test('copies are one document, pages that say nothing are retired, traps are left out with their reason', async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    asked.push(path);
    if (path === '/robots.txt') return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    if (path === '/') return response.end(`<title>Báo</title>${LINKS.map((it) => `<a href="${it}">tin</a>`).join('')}`);
    return response.end(path.includes('cau-moi') ? ARTICLE : NOTHING);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    await using stores = await EMBEDDED.open();
    // A machine with much to do answers late, and a page that timed out is not one that said nothing.
    await using line = await startLine({ ...stores.env, NEWSLOOM_FETCH_DEADLINE_MS: '30000' });
    await addSeeds(line, [{ url: `${origin}/`, kind: 'section', depth: 1 }]);
    await untilIdle(line);
    const { store, now } = line.context;

    expect(await store.documents.counts()).toMatchObject({ documents: 1 });
    const [one, other] = await Promise.all(
      ['/tin/cau-moi-1.html', '/tin/cau-moi-2.html'].map((it) => store.frontier.find(urlIdOf(origin + it))),
    );
    expect(one?.documentId).not.toBeNull();
    expect(other?.documentId).toBe(one?.documentId);

    const notes = await Promise.all(EMPTY.map(async (it) => (await store.frontier.find(urlIdOf(origin + it)))?.note));
    expect(notes.filter((note) => note === 'soft-404')).toHaveLength(EMPTY.length - 4);

    for (const [path, note] of [
      ['/calendar/2099/01', 'calendar'],
      ['/x/y/x/y/x/y/z', 'repeating-path'],
    ] as const) {
      expect(asked).not.toContain(path);
      expect((await store.trace(urlIdOf(origin + path)))?.url).toMatchObject({ verdict: 'excluded', note });
    }
    const host = await store.hosts.find(new URL(origin).host, now());
    expect(host?.verdicts).toContainEqual({ verdict: 'excluded', note: 'calendar', urls: 1 });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}, 90_000);
