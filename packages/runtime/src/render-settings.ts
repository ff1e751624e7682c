/** Settings of pages read in a browser. */
import { choice, setting, text, wholeNumber } from './setting.ts';

/** The list; a part of that in settings.ts. */
export const RENDER_SETTINGS = {
  renderer: setting({
    env: 'NEWSLOOM_RENDERER',
    schema: choice('off', 'on'),
    default: 'off',
    says: 'Whether pages without an article whose text scripts make are asked for once more in a browser; needs a renderer service.',
  }),
  rendererBrowser: setting({
    env: 'NEWSLOOM_RENDERER_BROWSER',
    schema: text,
    default: null,
    says: 'Chromium for the renderer: the path of a program, or http://host:port of one that listens; unset: found where systems put their programs.',
  }),
  rendersPerDay: setting({
    env: 'NEWSLOOM_RENDERS_PER_DAY',
    schema: wholeNumber(0, 1_000_000),
    default: '100',
    says: 'Pages of one source that are rendered in a day (UTC), where the source does not say otherwise.',
  }),
  renderDeadlineMs: setting({
    env: 'NEWSLOOM_RENDER_DEADLINE_MS',
    schema: wholeNumber(1_000, 300_000),
    default: '20000',
    says: 'Longest time one page may take to render, in milliseconds; what stands there by then is taken.',
  }),
  renderRequests: setting({
    env: 'NEWSLOOM_RENDER_REQUESTS',
    schema: wholeNumber(1, 1_000),
    default: '60',
    says: 'Most requests that rendering one page may make, the page itself included.',
  }),
  renderBytes: setting({
    env: 'NEWSLOOM_RENDER_BYTES',
    schema: wholeNumber(10_000, 1_000_000_000),
    default: '20000000',
    says: 'Most bytes, after decoding, that rendering one page may fetch.',
  }),
  renderMemoryMb: setting({
    env: 'NEWSLOOM_RENDER_MEMORY_MB',
    schema: wholeNumber(64, 16_384),
    default: '512',
    says: 'Cap of the script heap of one page in the browser, in MB.',
  }),
  renderConcurrency: setting({
    env: 'NEWSLOOM_RENDER_CONCURRENCY',
    schema: wholeNumber(1, 32),
    default: '2',
    says: 'Pages rendered at the same time in one renderer, each of another host.',
  }),
} as const;
