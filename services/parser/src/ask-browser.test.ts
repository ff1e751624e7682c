/** A browser is asked where it may help, is allowed, and is within its budget. */
import type { SourceSettings } from '@newsloom/jobs';
import type { CaptureId, SourceId, UrlId } from '@newsloom/model';
import type { Capture, FrontierUrl, RenderAsk } from '@newsloom/store';
import { expect, test } from 'vitest';
import { askBrowser } from './ask-browser.ts';

const NOW = new Date('2026-11-22T09:00:00Z');
const CAPTURE = { id: 'c1' as CaptureId } as Capture;
const URL_ROW = { id: 'u1' as UrlId, sourceId: 'bao.example' as SourceId, host: 'bao.example' } as FrontierUrl;

type Before = { state: string; resultId: CaptureId | null } | null;

/** Asks over tables that remember; `left` is what the day's budget still has. */
async function ask(settings: SourceSettings, before: Before = null, left = 1) {
  const asked: RenderAsk[] = [];
  const spent: number[] = [];
  const outcome = await askBrowser(CAPTURE, URL_ROW, 'body empty, 2 scripts', settings, {
    store: {
      renders: { of: async () => before, ask: async (it: RenderAsk) => void asked.push(it) },
      sources: {
        spend: async (_id: SourceId, _what: string, limit: number) => {
          spent.push(limit);
          return left > 0;
        },
      },
    } as never,
    now: () => NOW,
    rendersPerDay: 100,
  });
  return { outcome, asked, spent };
}

test('a shell is asked for in a browser, with its reason, out of the budget of its source', async () => {
  const { outcome, asked, spent } = await ask({ render: { mode: 'when-needed', perDay: 5 } });
  expect(outcome).toEqual({ note: 'needs-browser', next: [] });
  expect(asked).toEqual([
    { urlId: 'u1', sourceId: 'bao.example', host: 'bao.example', captureId: 'c1', reason: 'body empty, 2 scripts' },
  ]);
  expect(spent).toEqual([5]);
});

test('without a word of the source the general budget counts', async () => {
  expect((await ask({})).spent).toEqual([100]);
});

test.each<[string, SourceSettings, Before, number]>([
  ['where its source says never', { render: { mode: 'never' } }, null, 1],
  ['where the day has nothing left', {}, null, 0],
  ['where it failed before', {}, { state: 'failed', resultId: null }, 1],
])('no browser is asked %s', async (_where, settings, before, left) => {
  const { outcome, asked } = await ask(settings, before, left);
  expect(outcome).toBeNull();
  expect(asked).toEqual([]);
});

test('what a browser made of the same bytes before is read again', async () => {
  const { outcome, spent } = await ask({}, { state: 'rendered', resultId: 'c2' as CaptureId });
  expect(outcome).toEqual({ note: 'rendered-before', next: [{ queue: 'parse', payload: { captureId: 'c2' } }] });
  expect(spent).toEqual([]);
});

test('a step that is repeated asks once', async () => {
  const { outcome, asked } = await ask({}, { state: 'handed', resultId: null });
  expect(outcome).toEqual({ note: 'needs-browser', next: [] });
  expect(asked).toEqual([]);
});
