/**
 * Proves the profile `renderer` of the compose stack on a machine with Docker: a page whose text is made by scripts
 * becomes a document, and the browser's container reaches nobody.
 *
 *     node bin/node.mjs tests/compose/prove-renderer.ts
 */
import assert from 'node:assert/strict';
import { openStack } from './stack.ts';

/** The whole proof, the images' first build included. */
const DEADLINE_MS = 10 * 60_000;
const PROJECT = 'newsloom-renderer-proof';
const SUBNET = '10.213.79.0/24';

/** A site of one page, written by a script with the text it fetches. */
const SITE = `
  const text = 'Sáng nay cầu mới bắc qua sông Hương ở Huế chính thức thông xe sau ba năm thi công, nối hai bờ thành phố. ';
  const article = '<article><h1>Cầu mới ở Huế thông xe</h1><time datetime="2026-03-01T08:00:00+07:00">01/03/2026</time>'
    + ('<p>' + text.repeat(3) + '</p>').repeat(5) + '</article>';
  const shell = '<!doctype html><html lang="vi"><head><title>Báo</title></head><body><div id="app"></div><script src="/app.js"></script></body></html>';
  const app = "fetch('/text').then((r) => r.text()).then((t) => { document.title = 'Cầu mới ở Huế thông xe'; document.body.innerHTML = t; })";
  require('node:http').createServer((request, response) => {
    const [type, body] = { '/a': ['text/html', shell], '/app.js': ['text/javascript', app], '/text': ['text/html', article] }[request.url] ?? [];
    response.writeHead(body ? 200 : 404, { 'content-type': (type ?? 'text/plain') + '; charset=utf-8' }).end(body);
  }).listen(8200);
`;
const REACHES = (host: string, port: number) =>
  `require('node:net').connect(${port}, '${host}').on('connect', () => process.exit(0)).on('error', () => process.exit(1)).setTimeout(3000, () => process.exit(1))`;

const began = performance.now();
const say = (text: string) =>
  process.stdout.write(`${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${text}\n`);

const stack = await openStack(PROJECT, SUBNET, AbortSignal.timeout(DEADLINE_MS), {
  COMPOSE_PROFILES: 'renderer',
  NEWSLOOM_RENDERER: 'on',
});
const site = `${PROJECT}-scripted`;
const stopSite = () => stack.docker('rm', '-f', site).catch(() => '');
try {
  await stopSite();
  await stack.down();
  await stack.compose('build');
  say('both images are built');
  await stack.compose('up', '-d', '--no-build');
  await stack.until('the API is ready', () => stack.ask('/ready'));
  await stack.docker(
    ...['run', '-d', '--name', site, '--network', `${PROJECT}_sample`, '--network-alias', 'scripted'],
    ...['newsloom:local', 'node', '-e', SITE],
  );
  say('the stack is up, with a site that is made by scripts');
  for (const [host, port] of [
    ['1.1.1.1', 80],
    ['redis', 6379],
    ['postgres', 5432],
    ['scripted', 8200],
  ] as const) {
    await assert.rejects(stack.inside('browser', 'node', '-e', REACHES(host, port)), `the browser reaches ${host}`);
  }
  await assert.rejects(stack.inside('browser', 'ls', '/run/newsloom'), 'the browser sees secrets');
  say('the browser reaches neither the internet, nor the stores, nor the site, and holds no secret');
  await stack.ask('/api/seeds', { url: 'http://scripted:8200/a', kind: 'article', depth: 0 });
  type Page = { items: { title: string; url: string }[] };
  const page = await stack.until('a document', async () => {
    const found = await stack.ask<Page>('/api/documents');
    return found.items.length > 0 && found;
  });
  assert.deepEqual(
    page.items.map(({ title, url }) => [title, url]),
    [['Cầu mới ở Huế thông xe', 'http://scripted:8200/a']],
  );
  const { says } = await stack.ask<{ says: string[] }>(
    `/api/trace?url=${encodeURIComponent('http://scripted:8200/a')}`,
  );
  const rendered = says.find((it) => it.startsWith('Rendered in a browser'));
  assert.ok(rendered, says.join('\n'));
  say(rendered);
  say('proven');
} catch (error) {
  process.stdout.write(
    `${await stack.compose('logs', '--tail', '30', 'renderer', 'browser', 'crawler', 'parser').catch(() => '')}\n`,
  );
  throw error;
} finally {
  await stopSite();
  await stack.down();
}
