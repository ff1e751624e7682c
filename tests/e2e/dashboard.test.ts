/** The web page as a reader meets it: in a browser, over a store with facts in it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ARTICLES, offerOf, writeArticle } from '../../services/api/src/sample-facts.ts';
import { type Api, openApi } from '../../services/api/src/service.ts';
import { type Bench, openBench } from '../../services/api/src/test-bench.ts';
import { type Browser, openBrowser, type Page } from './browser.ts';

const DESKTOP = { width: 1100, height: 800 };
const PHONE = { width: 360, height: 740 };
const SETUP_MS = 180_000;
const TEST_MS = 60_000;

let bench: Bench;
let api: Api;
let browser: Browser;
beforeAll(async () => {
  bench = await openBench();
  api = await openApi(bench.tools);
  browser = await openBrowser();
}, SETUP_MS);
afterAll(async () => {
  await browser?.[Symbol.asyncDispose]();
  await api?.close();
  await bench?.[Symbol.asyncDispose]();
}, TEST_MS);

const shown = (page: Page) =>
  page.wait("!document.querySelector('main[aria-busy]') && document.querySelector('main h1')");
async function open(path: string, look = DESKTOP): Promise<Page> {
  const page = await browser.page(look);
  await page.go(`${api.address}/${path}`);
  await shown(page);
  return page;
}
const text = (page: Page, selector = 'main') =>
  page.read<string>(`document.querySelector(${JSON.stringify(selector)}).innerText`);

test('a reader searches without diacritics, and reads the document with its names marked', {
  timeout: TEST_MS,
}, async () => {
  await using page = await open('');
  await page.wait("document.querySelectorAll('.documents li').length === 3");
  await page.read("document.querySelector('input[name=q]').focus()");
  await page.type('da nang');
  await page.press('Enter');
  await page.wait("location.hash === '#/?q=da+nang' && document.querySelectorAll('.documents li').length === 1");
  await page.read("document.querySelector('.documents h2 a').click()");
  await page.wait("document.querySelector('article.document mark.PER')");
  expect(await text(page, 'article h1')).toBe(ARTICLES[0]?.title);
  expect(await text(page, '.text mark.PER')).toBe('Nguyễn Văn Bình');
  expect(await text(page, '.facts table')).toContain('NewsArticle.headline');
  expect(page.problems).toEqual([]);
});

test('markup in an article is shown as text and does nothing', { timeout: TEST_MS }, async () => {
  await using page = await open(`#/documents/${bench.documents[2]}`);
  expect(await text(page, '.text')).toContain('<script>alert("texte")</script>');
  expect(await page.read("document.querySelectorAll('main script').length")).toBe(0);
});

test('the numbers come by themselves', { timeout: TEST_MS }, async () => {
  await using page = await open('');
  await page.wait("document.querySelector('.figures dd')?.textContent === '3'");
  await bench.tools.queues.add([{ queue: 'parse', payload: { captureId: 'c00000000' } }]);
  await page.wait("[...document.querySelectorAll('.line li')].some((it) => /^parse1 waiting/.test(it.textContent))");
});

test('a document that arrives while the page is open is offered to the reader', { timeout: TEST_MS }, async () => {
  await using page = await open('');
  const url = 'https://journal.example.fr/nouvelle';
  const article = {
    url,
    lang: 'fr',
    title: 'Une nouvelle',
    date: '2026-11-21',
    authors: [],
    body: 'Texte.',
    names: [],
  };
  await bench.tools.store.frontier.offer([offerOf(url)], { foundOn: null, now: bench.tools.now() });
  await writeArticle(bench.tools.store, article, null);
  await page.wait("document.querySelector('main [role=status] button')?.textContent === 'Show 1 new'");
  await page.read("document.querySelector('main [role=status] button').click()");
  await page.wait("document.querySelectorAll('.documents li').length === 4");
  expect(await text(page, '.documents li h2')).toBe('Une nouvelle');
});

test('an address can be added as a seed, and then traced', { timeout: TEST_MS }, async () => {
  await using page = await open('#/seeds');
  await page.read("document.querySelector('input[name=url]').focus()");
  await page.type('https://new.example/page?utm_source=x');
  await page.press('Enter');
  await page.wait(
    "document.querySelector('form [role=status]').textContent.startsWith('Added https://new.example/page. ')",
  );
  expect((await bench.tools.queues.counts()).seeds.waiting).toBe(1);
  await page.go(`${api.address}/#/trace?url=${encodeURIComponent('https://bao.example.vn/tim-kiem')}`);
  await page.wait("document.querySelector('.state')");
  expect(await text(page, '.state')).toBe('Excluded: robots.txt of its host forbids it.');
  expect(page.problems).toEqual([]);
});

test.each([
  '',
  '#/stories',
  '#/entities',
  '#/seeds',
  '#/sources',
  '#/sources/example.vn',
  '#/trace',
  'DOCUMENT',
  'STORY',
])('the view %j fits a phone, and every field has a label', { timeout: TEST_MS }, async (path) => {
  const address =
    path === 'DOCUMENT' ? `#/documents/${bench.documents[0]}` : path === 'STORY' ? `#/stories/${bench.story}` : path;
  await using page = await open(address, PHONE);
  await page.wait("document.querySelector('.figures')");
  expect(await page.read('document.documentElement.scrollWidth')).toBeLessThanOrEqual(PHONE.width);
  const unnamed =
    "[...document.querySelectorAll('input,select,textarea,button,a')].filter((it) => !(it.labels?.length || it.textContent.trim() || it.ariaLabel))";
  expect(await page.read(`${unnamed}.map((it) => it.outerHTML)`)).toEqual([]);
  expect(await page.read<number>("document.querySelectorAll('h1').length")).toBe(1);
  expect(page.problems).toEqual([]);
});

test('a source is read, set and tested', { timeout: TEST_MS }, async () => {
  await using page = await open('#/sources');
  await page.read('document.querySelector(\'a[href="#/sources/example.vn"]\').click()');
  await page.wait("document.querySelector('.state') && document.querySelector('textarea')");
  expect(await text(page)).toContain('https://bao.example.vn/');
  const save = (settings: string) =>
    page.read(
      `document.querySelector('textarea').value = ${JSON.stringify(settings)}; document.querySelector('textarea').form.requestSubmit()`,
    );
  await save('{"perDay": 0}');
  await page.wait("document.querySelector('form .trouble')?.textContent.includes('must be a whole number')");
  await save('{"scope": {"include": ["/thoi-su/**"]}}');
  await page.wait("document.querySelector('form .done')?.textContent.startsWith('Saved.')");
  await page.read("document.querySelector('input[name=url]').focus()");
  await page.type('https://bao.example.vn/the-thao/1');
  await page.press('Enter');
  await page.wait("document.querySelector('form .trouble')?.textContent.startsWith('Out: no include pattern fits.')");
  // The browser itself notes the refused request.
  expect(page.problems.filter((it) => !it.includes('status of 400'))).toEqual([]);
});

test('what a version changed is marked for the eye and for the ear', { timeout: TEST_MS }, async () => {
  await using page = await open(`#/documents/${bench.documents[0]}`);
  await page.read("document.querySelectorAll('details').forEach((it) => { it.open = true })");
  await page.read("document.querySelector('.version button').click()");
  await page.wait("document.querySelector('.diff ins')");
  expect(await text(page, '.diff del')).toBe('sắp có');
  expect(await text(page, '.diff ins')).toBe('khánh thành');
  expect(await page.read("document.querySelector('.version button').ariaExpanded")).toBe('true');
  expect(await page.read<string[]>(`(${faint.toString()})(${LEAST_CONTRAST})`)).toEqual([]);
  expect(page.problems).toEqual([]);
});

test('ink and paper differ enough to be read, by day and by night', { timeout: TEST_MS }, async () => {
  for (const dark of [false, true]) {
    await using page = await browser.page({ ...DESKTOP, dark });
    await page.go(`${api.address}/#/documents/${bench.documents[0]}`);
    await shown(page);
    await page.wait("document.querySelector('.figures')");
    expect(await page.read<string[]>(`(${faint.toString()})(${LEAST_CONTRAST})`)).toEqual([]);
  }
});

test('the job dashboard and the API pages open, and ask no other server for anything', {
  timeout: TEST_MS,
}, async () => {
  await using page = await browser.page(DESKTOP);
  await page.go(`${api.address}/queues`);
  await page.wait("document.body.innerText.includes('cluster')");
  await page.go(`${api.address}/api/docs`);
  await page.wait("document.body.innerText.includes('/api/documents')");
  const foreign = await page.read<string[]>(
    "performance.getEntriesByType('resource').map((it) => it.name).filter((name) => !name.startsWith(location.origin))",
  );
  expect(foreign).toEqual([]);
  // Bull Board would load fonts from elsewhere; the content security policy keeps it from that.
  expect(page.problems.filter((it) => !it.includes('fonts.googleapis.com'))).toEqual([]);
});

/** WCAG 2.2, success criterion 1.4.3, for text of any size. */
const LEAST_CONTRAST = 4.5;

/** Runs in the page: texts whose colour is too close to what lies behind them. */
function faint(least: number): string[] {
  type Element = {
    parentElement: Element | null;
    childNodes: { nodeType: number; data?: string }[];
    innerText: string;
  };
  const { document, getComputedStyle } = globalThis as unknown as {
    document: { querySelectorAll(selector: string): Iterable<Element> };
    getComputedStyle(element: Element): { color: string; backgroundColor: string };
  };
  const channels = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (colour: string) => {
    const [r = 0, g = 0, b = 0] = channels(colour).map((n) =>
      n / 255 <= 0.04045 ? n / 255 / 12.92 : ((n / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element: Element | null): string => {
    if (!element) return 'rgb(255, 255, 255)';
    const colour = getComputedStyle(element).backgroundColor;
    return channels(colour)[3] === 0 ? behind(element.parentElement) : colour;
  };
  return [...document.querySelectorAll('body *')]
    .filter((it) => [...it.childNodes].some((node) => node.nodeType === 3 && node.data?.trim()))
    .filter((it) => {
      const [light = 0, dim = 0] = [luminance(getComputedStyle(it).color), luminance(behind(it))].sort((a, b) => b - a);
      return (light + 0.05) / (dim + 0.05) < least;
    })
    .map((it) => it.innerText?.slice(0, 60));
}

test('an entity shows its bars along time, and leads to those it is named with', { timeout: TEST_MS }, async () => {
  const list = (await (await fetch(`${api.address}/api/entities?q=da+nang`)).json()) as { items: { id: string }[] };
  await using page = await open(`#/entities/${list.items[0]?.id}`);
  expect(await text(page, 'main h1')).toBe('Đà Nẵng');
  expect(await text(page)).toContain('Named with');
  await page.read("document.querySelector('section .chip').click()");
  await page.wait(
    "document.querySelector('main h1')?.innerText !== 'Đà Nẵng' && !document.querySelector('main[aria-busy]')",
  );
  expect(page.problems).toEqual([]);
});
