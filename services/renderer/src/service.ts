/** The renderer: pages whose text is made by scripts become captures of what a browser makes of them. */
import { limitsOf, openEgress, openRobotsCache, type RobotsRecord } from '@newsloom/http';
import { SettingsError } from '@newsloom/runtime';
import { openSourceBook, type Service, type ServiceContext } from '@newsloom/service';
import { type Browser, findChromium, openBrowser } from './browser.ts';
import { renderUrl } from './render-url.ts';

export { type Browser, findChromium, openBrowser } from './browser.ts';
export { RenderError, renderPage } from './render-page.ts';

export type RendererOptions = {
  /** Work for this one-shot crawl alone. */
  crawlId?: string;
};

/** A browser of ours is closed after this many pages, and the next one opened: what they leaked goes with it. */
const PAGES_A_BROWSER = 100;

/**
 * Starts rendering. The browser is opened with the first page, and opened again where it has gone.
 * @throws SettingsError where no browser can be found
 */
export async function startRenderer(context: ServiceContext, options: RendererOptions = {}): Promise<Service> {
  const { settings, store, now, log } = context;
  const where = settings.rendererBrowser ?? findChromium();
  if (where === null) {
    throw new SettingsError(
      'NEWSLOOM_RENDERER=on needs Chromium, and none is installed where programs lie: install it, or name it in NEWSLOOM_RENDERER_BROWSER.',
    );
  }
  const egress = openEgress({
    userAgent: settings.userAgent,
    allowPrivate: settings.allowPrivate,
    limits: limitsOf(settings),
    ...(settings.proxy && { proxy: settings.proxy }),
  });
  const robots = openRobotsCache({
    egress,
    userAgent: settings.userAgent,
    now: () => now().getTime(),
    load: (origin) => store.hosts.robots<RobotsRecord>(origin),
    save: store.hosts.saveRobots,
  });
  const sources = await openSourceBook(store.sources, now, log);
  const stopping = new AbortController();
  const browser = keepBrowser(() =>
    openBrowser({ where, userAgent: settings.userAgent, memoryMb: settings.renderMemoryMb }),
  );
  const tools = {
    store,
    egress,
    robots,
    sources,
    browser,
    limits: {
      requests: settings.renderRequests,
      bytes: settings.renderBytes,
      deadlineMs: settings.renderDeadlineMs,
    },
    userAgent: settings.userAgent,
    hostDelayMs: settings.hostDelayMs,
    crawlId: options.crawlId ?? null,
    leaseMs: settings.leaseMs,
    now,
    signal: stopping.signal,
  };
  const working = context.work('render', (payload) => renderUrl(payload, tools), {
    concurrency: settings.renderConcurrency,
  });
  return {
    async close() {
      stopping.abort();
      await working.close();
      await browser.close();
      await sources.close();
      await egress.close();
    },
  };
}

/** One browser for many pages, and another one after so many, or where it has gone. */
function keepBrowser(open: () => Promise<Browser>): Pick<Browser, 'openPage' | 'close'> {
  let current: Promise<Browser> | null = null;
  let opened = 0;
  let inUse = 0;
  const retire = async () => {
    const old = current;
    current = null;
    opened = 0;
    await (await old?.catch(() => null))?.close();
  };
  const reach = async (): Promise<Browser> => {
    if (opened >= PAGES_A_BROWSER && inUse === 0) await retire();
    if (current) return current;
    const opening = open();
    current = opening;
    const forget = () => {
      if (current === opening) void retire();
    };
    opening.then((browser) => void browser.gone.then(forget), forget);
    return opening;
  };
  return {
    async openPage(hooks) {
      const browser = await reach();
      opened++;
      inUse++;
      try {
        const page = await browser.openPage(hooks);
        return {
          ...page,
          async [Symbol.asyncDispose]() {
            inUse--;
            await page[Symbol.asyncDispose]();
          },
        };
      } catch (error) {
        inUse--;
        throw error;
      }
    },
    close: retire,
  };
}
