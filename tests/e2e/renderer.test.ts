/** A page is rendered in a real Chromium, which gets out of its box by no way but ours. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { openEgress } from '@newsloom/http';
import { type Browser, openBrowser, RenderError, renderPage } from '@newsloom/renderer';
import { tempDir, until } from '@newsloom/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath } from './chromium.ts';

type Answer = string | ((request: IncomingMessage, response: ServerResponse) => void);
const USER_AGENT = 'Newsloom/0.1 (+https://newsloom.example/bot)';

/** A site on 127.0.0.1, which the guard lets out to, as it does to nothing else. */
async function serve(answers: Record<string, Answer>) {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    const answer = answers[request.url ?? '/'];
    if (typeof answer === 'function') return answer(request, response);
    if (answer === undefined) return void response.writeHead(404).end();
    const type = (request.url ?? '').endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8';
    response.writeHead(200, { 'content-type': type }).end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    paths: () => asked.map(({ url }) => url),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Counts whoever connects to an inner address that the guard does not let out to. */
async function listenInside() {
  let connections = 0;
  const server = net.createServer((socket) => {
    connections++;
    socket
      .on('error', () => {})
      .end('HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 6\r\n\r\nsecret');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.2', resolve));
  return {
    host: `127.0.0.2:${(server.address() as AddressInfo).port}`,
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe('the renderer', () => {
  let browser: Browser;
  const egress = openEgress({ userAgent: USER_AGENT, allowPrivate: ['127.0.0.1/32'] });
  beforeAll(async () => {
    browser = await openBrowser({ where: await chromiumPath(process.env), userAgent: USER_AGENT, memoryMb: 128 });
  });
  afterAll(async () => {
    await browser.close();
    await egress.close();
  });
  /** A page that never comes is waited for to the end; one that eats memory ends when it has eaten it. */
  const DEADLINES_MS: Record<string, number> = { timeout: 1_500, 'render-crashed': 35_000 };
  const LIMITS = { requests: 20, bytes: 1_000_000, deadlineMs: 15_000 };
  const render = (url: string, given: Partial<Parameters<typeof renderPage>[1]> = {}) =>
    renderPage(url, {
      browser,
      egress,
      allows: async () => true,
      limits: LIMITS,
      now: () => new Date(),
      ...given,
    });

  test('gives the text that scripts make', async () => {
    await using site = await serve({
      '/a': '<!doctype html><title>Trang</title><link rel="stylesheet" href="/x.css"><div id="app"></div><script src="/app.js"></script>',
      '/app.js': `fetch('/api/1').then((r) => r.json()).then(({ title }) => {
        document.querySelector('#app').innerHTML = '<article><h1>' + title + '</h1></article><img src="/p.jpg">';
      });`,
      '/api/1': (_request, response) =>
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"title":"Cầu mới ở Huế"}'),
    });
    const page = await render(`${site.origin}/a`, { headersFor: () => ({ 'accept-language': 'vi' }) });
    expect(page.html).toContain('<h1>Cầu mới ở Huế</h1>');
    expect(site.asked.map(({ headers }) => headers['accept-language'])).toEqual(['vi', 'vi', 'vi']);
    expect(site.paths().sort()).toEqual(['/a', '/api/1', '/app.js']);
    expect(new Set(site.asked.map(({ headers }) => headers['user-agent']))).toEqual(new Set([USER_AGENT]));
    expect(page.made.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(page.refused['no-text']).toBeGreaterThan(0);
  });

  test('lets no script reach an inner address, by any way', { timeout: 30_000 }, async () => {
    await using inside = await listenInside();
    await using site = await serve({
      '/a': `<!doctype html><iframe src="http://${inside.host}/frame"></iframe><img src="http://${inside.host}/img">
        <link rel="preconnect" href="http://${inside.host}"><link rel="prefetch" href="http://${inside.host}/pre">
        <link rel="stylesheet" href="http://${inside.host}/css"><p id="out">waiting</p>
        <form id="f" action="http://${inside.host}/form"></form><script src="/a.js"></script>`,
      '/a.js': `const inside = '${inside.host}';
        const tries = ['fetch', 'xhr', 'ws', 'beacon', 'worker', 'sw', 'open', 'file', 'rtc', 'redirect', 'import'];
        const done = {};
        const ran = (name, f) => { try { Promise.resolve(f()).then((v) => { done[name] = String(v); }, () => { done[name] = 'failed'; }); } catch { done[name] = 'failed'; } };
        ran('fetch', () => fetch('http://' + inside + '/').then((r) => r.text()));
        ran('xhr', () => new Promise((y, n) => { const x = new XMLHttpRequest(); x.open('GET', 'http://' + inside + '/x'); x.onload = () => y(x.responseText); x.onerror = n; x.send(); }));
        ran('ws', () => new Promise((y, n) => { const w = new WebSocket('ws://' + inside); w.onopen = y; w.onerror = n; }));
        ran('beacon', () => navigator.sendBeacon('http://' + inside + '/b', 'x'));
        ran('worker', () => new Worker(URL.createObjectURL(new Blob(['fetch("http://' + inside + '/w")']))));
        ran('sw', () => navigator.serviceWorker.register('/sw.js'));
        ran('open', () => window.open('http://' + inside + '/o'));
        ran('file', () => fetch('file:///etc/passwd').then((r) => r.text()));
        ran('rtc', () => new RTCPeerConnection({ iceServers: [{ urls: 'stun:' + inside }] }));
        ran('redirect', () => fetch('/go').then((r) => r.text()));
        ran('metadata', () => fetch('http://169.254.169.254/latest/meta-data/').then((r) => r.text()));
        ran('import', () => import('http://' + inside + '/m.js'));
        document.querySelector('#f').submit();
        setTimeout(() => { location.href = 'http://' + inside + '/nav'; }, 10);
        setTimeout(() => { document.querySelector('#out').textContent = JSON.stringify(done); }, 300);`,
      '/go': (_request, response) => response.writeHead(302, { location: `http://${inside.host}/r` }).end(),
    });
    const page = await render(`${site.origin}/a`);
    expect(inside.connections()).toBe(0);
    expect(page.html).not.toContain('secret');
    expect(page.html).toContain('"fetch":"failed"');
    expect(page.refused['private-address']).toBeGreaterThan(2);
    expect(page.refused['other-page']).toBeGreaterThan(0);
  });

  test('stops at its caps, and gives what stands there by then', { timeout: 30_000 }, async () => {
    await using site = await serve({
      '/many': '<p>text</p><script>for (let i = 0; i < 50; i++) fetch("/x" + i)</script>',
      '/much': '<p>text</p><script>fetch("/big").then(() => fetch("/after"))</script>',
      '/big': (_request, response) => response.writeHead(200).end('x'.repeat(900_000)),
      '/slow': '<p>text</p><script>setInterval(() => fetch("/tick"), 100)</script>',
    });
    const many = await render(`${site.origin}/many`, { limits: { ...LIMITS, requests: 5 } });
    expect(many.made.length).toBe(5);
    expect(many.refused['too-many']).toBe(46);
    const much = await render(`${site.origin}/much`, { limits: { ...LIMITS, bytes: 800_000 } });
    expect(much.refused['too-large']).toBe(1);
    const slow = await render(`${site.origin}/slow`, { limits: { ...LIMITS, deadlineMs: 2_000 } });
    expect(slow.html).toContain('<p>text</p>');
  });

  test('asks for nothing that robots.txt forbids', async () => {
    await using site = await serve({ '/a': '<script src="/private/a.js"></script>', '/private/a.js': '' });
    const page = await render(`${site.origin}/a`, { allows: async (url) => !url.includes('/private/') });
    expect(site.paths()).toEqual(['/a']);
    expect(page.refused.robots).toBe(1);
  });

  test.each<[string, Answer, string]>([
    ['is not there', (_request, response) => response.writeHead(500).end(), 'http-500'],
    [
      'moves to an inner address',
      (_request, response) => response.writeHead(302, { location: 'http://10.0.0.1/' }).end(),
      'private-address',
    ],
    ['never comes', () => {}, 'timeout'],
    ['lets nobody in', '<p>x</p><script>setTimeout(() => { for (;;); }, 100)</script>', 'render-hung'],
    [
      'eats all memory',
      '<script>const a = []; for (;;) a.push(Array.from({ length: 1e5 }, (_, i) => ({ i })));</script>',
      'render-crashed',
    ],
  ])(
    'says why a page that %s gives nothing',
    async (_what, answer, note) => {
      await using site = await serve({ '/a': answer });
      const failing = render(`${site.origin}/a`, {
        limits: { ...LIMITS, deadlineMs: DEADLINES_MS[note] ?? 8_000 },
      });
      const error = await failing.catch((cause: unknown) => cause);
      expect(error).toBeInstanceOf(RenderError);
      expect(error).toMatchObject({ note });
    },
    60_000,
  );

  test('goes on after pages that hung and crashed', async () => {
    await using site = await serve({ '/a': '<script>document.write("<p>made</p>")</script>' });
    expect((await render(`${site.origin}/a`)).html).toContain('<p>made</p>');
  });

  test('leaves no browser behind when its process is killed', { timeout: 60_000 }, async () => {
    await using folder = await tempDir();
    const program = await chromiumPath(process.env);
    const open = `import { openBrowser } from '@newsloom/renderer';
      await openBrowser({ where: process.argv[1], userAgent: 'x', memoryMb: 64 });
      console.log('open');`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', open, program], {
      env: { ...process.env, TMPDIR: folder.path },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    // The folder of its profile stands in the command lines of all its processes.
    const browsers = () =>
      readdirSync('/proc').filter((pid) => {
        if (!/^\d+$/.test(pid)) return false;
        try {
          return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`--user-data-dir=${folder.path}`);
        } catch {
          return false;
        }
      });
    expect(browsers().length).toBeGreaterThan(0);
    child.kill('SIGKILL');
    await until(() => browsers().length === 0, { timeoutMs: 20_000, what: 'the browser to end' });
  });
});
