/** Which links are traps: by their looks, or because pages of their shape gave nothing; and what each page gave. */
import { budgetKeys, exhaustedBy, hostOf, trapOf } from '@newsloom/frontier';
import type { CaptureId, UrlId } from '@newsloom/model';
import type { Closable, Log } from '@newsloom/runtime';
import type { Store } from '@newsloom/store';

/** Why a link is not followed, and the shape that is counted for it. */
export type Trap = { reason: string; pattern: string };

export type TrapBook = Closable & {
  /**
   * Says why a link is a trap, or null.
   * @param isListed a feed or sitemap names it: no budget speaks against what a publisher lists
   */
  trapOf(url: string, isListed: boolean): Trap | null;
  /** Counts a page that was read, and ends the budgets it was the last straw for. */
  judged(
    page: { url: string; urlId: UrlId; captureId: CaptureId },
    gave: { article: boolean; leads: boolean; copy: boolean },
  ): Promise<void>;
};

/** What other parsers found to be exhausted is known here after this, in milliseconds. */
const LOAD_EVERY_MS = 30_000;
/** URLs looked at in one statement when a shape is taken out of the frontier. */
const DROP_PAGE = 2_000;

/** Opens the book, and keeps reading what others write into it. */
export async function openTrapBook(
  patterns: Pick<Store['patterns'], 'judged' | 'exhausted' | 'exhaust' | 'unfetched' | 'drop'>,
  now: () => Date,
  log: Log,
): Promise<TrapBook> {
  let exhausted = new Map<string, Map<string, string>>();
  const load = async () => {
    const loaded: typeof exhausted = new Map();
    for (const { host, pattern, reason } of await patterns.exhausted()) {
      loaded.set(host, (loaded.get(host) ?? new Map()).set(pattern, reason));
    }
    exhausted = loaded;
  };
  await load();
  const timer = setInterval(() => {
    load().catch((error: unknown) => log.debug({ err: error }, 'exhausted shapes were not read, to be tried again'));
  }, LOAD_EVERY_MS);

  /** Takes what is left of a shape out of the frontier. */
  const end = async (host: string, pattern: string, reason: string) => {
    await patterns.exhaust(host, pattern, reason);
    exhausted.set(host, (exhausted.get(host) ?? new Map()).set(pattern, reason));
    let dropped = 0;
    for (let after = ''; ; ) {
      const page = await patterns.unfetched(host, after, DROP_PAGE);
      const ids = page.filter(({ url }) => budgetKeys(url).includes(pattern)).map(({ id }) => id);
      if (ids.length > 0) await patterns.drop(ids, reason);
      dropped += ids.length;
      const last = page.at(-1);
      if (!last || page.length < DROP_PAGE) break;
      after = last.id;
    }
    log.info({ host, pattern, reason, dropped }, 'links of this shape are followed no more');
  };

  return {
    trapOf(url, isListed) {
      const looks = trapOf(url, now().getTime());
      if (looks) return { reason: looks, pattern: `!${looks}` };
      const ofHost = isListed ? undefined : exhausted.get(hostOf(url));
      if (!ofHost) return null;
      const pattern = budgetKeys(url).find((key) => ofHost.has(key));
      return pattern === undefined ? null : { reason: ofHost.get(pattern) ?? '', pattern };
    },
    async judged({ url, urlId, captureId }, gave) {
      const rows = await patterns.judged({ urlId, captureId, host: hostOf(url), keys: budgetKeys(url) }, gave);
      for (const row of rows) {
        const reason = row.exhausted === null ? exhaustedBy(row) : null;
        if (reason) await end(row.host, row.pattern, reason);
      }
    },
    async close() {
      clearInterval(timer);
    },
  };
}
