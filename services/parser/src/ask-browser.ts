/** Asks for a page to be made in a browser, where its source and its day's budget allow. */
import { type Job, job, type SourceSettings } from '@newsloom/jobs';
import type { Capture, FrontierUrl, Store } from '@newsloom/store';

export type AskTools = {
  store: Pick<Store, 'renders' | 'sources'>;
  now: () => Date;
  /** Pages of one source in a day, where the source does not say otherwise. */
  rendersPerDay: number;
};

/** How the step ends: with a note, and perhaps with another capture to be read. */
export type Asked = { note: 'needs-browser' | 'rendered-before'; next: Job[] };

/**
 * Decides about a page in which no article was found.
 * @returns what comes next; null where no browser is asked, or none helped before
 */
export async function askBrowser(
  capture: Capture,
  url: FrontierUrl,
  reason: string,
  settings: SourceSettings,
  { store, now, rendersPerDay }: AskTools,
): Promise<Asked | null> {
  if (settings.render?.mode === 'never') return null;
  // A capture is rendered once; the same bytes would only give the same again.
  const before = await store.renders.of(capture.id);
  if (before?.resultId) return { note: 'rendered-before', next: [job('parse', { captureId: before.resultId })] };
  if (before) return before.state === 'failed' ? null : { note: 'needs-browser', next: [] };
  if (!(await store.sources.spend(url.sourceId, 'render', settings.render?.perDay ?? rendersPerDay, now())))
    return null;
  const { id: urlId, sourceId, host } = url;
  await store.renders.ask({ urlId, sourceId, host, captureId: capture.id, reason }, now());
  return { note: 'needs-browser', next: [] };
}
