/** Every service in one process. */
import { type CrawlerOptions, startCrawler } from '@newsloom/crawler';
import { VERSION } from '@newsloom/runtime';
import type { Service, ServiceContext } from '@newsloom/service';

export type AllOptions = CrawlerOptions & {
  /** Serve the API and the dashboard too. */
  api?: boolean;
};

/** Starts crawler, parser, enricher and, where asked for, the API, on one context. */
export async function startAll(
  context: ServiceContext,
  options: AllOptions = {},
): Promise<Service & { address: string | null }> {
  const started: Service[] = [];
  const close = async () => {
    // The crawler first: what it stops handing out, the others need not take.
    for (const service of started) await service.close();
  };
  try {
    // The API first, where it is wanted: an address it must not listen on stops everything before anything is done.
    const api = options.api ? await (await import('@newsloom/api')).openApi({ ...context, version: VERSION }) : null;
    started.push(await startCrawler(context, options));
    // What reads and enriches pages loads while the first of them is fetched.
    started.push(await (await import('@newsloom/parser')).startParser(context));
    started.push(await (await import('@newsloom/enricher')).startEnricher(context));
    if (context.settings.renderer === 'on') {
      started.push(await (await import('@newsloom/renderer')).startRenderer(context, options));
    }
    if (api) started.push(api);
    return { address: api?.address ?? null, close };
  } catch (error) {
    await close();
    throw error;
  }
}
