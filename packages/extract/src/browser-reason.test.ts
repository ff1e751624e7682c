/** A shell that scripts fill is told from a page that has said all. */
import { expect, test } from 'vitest';
import { browserReason } from './browser-reason.ts';

const shell = (body: string, head = '<title>Báo</title>') =>
  `<!doctype html><html><head>${head}</head><body>${body}</body></html>`;
const TEXT = 'Sáng nay cầu mới ở Huế thông xe. '.repeat(12);

test.each<[string, string, string | null]>([
  [
    'an empty body with scripts',
    shell('<div id="app"></div><script src="/a.js"></script><script>boot()</script>'),
    'body empty, 2 scripts',
  ],
  [
    'a body that asks to wait',
    shell('<div>Loading…</div><script src="/a.js"></script>'),
    'body of 8 characters, 1 script',
  ],
  ['scripts in the head alone', shell('<div></div>', '<script defer src="/a.js"></script>'), 'body empty, 1 script'],
  [
    'a sentence for those without scripts',
    shell(`<noscript>${TEXT}</noscript><script src="/a.js"></script>`),
    'body empty, 1 script',
  ],
  ['text enough', shell(`<p>${TEXT}</p><script src="/a.js"></script>`), null],
  ['no scripts at all', shell('<div></div>'), null],
  ['data alone in its scripts', shell('<script type="application/ld+json">{}</script>'), null],
  ['a list of links', shell(`${'<a href="/x">x</a>'.repeat(20)}<script src="/a.js"></script>`), null],
  ['a script that never ends', shell(`<script>${'x'.repeat(5000)}`), 'body empty, 1 script'],
])('a page with %s: %j', (_what, html, reason) => expect(browserReason(html)).toBe(reason));

test('a page of a million open tags is looked at in time', () => {
  const started = performance.now();
  browserReason(`<script>${'<svg <script '.repeat(150_000)}`);
  expect(performance.now() - started).toBeLessThan(5_000);
});
