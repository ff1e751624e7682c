/** Pages to be read in a browser: who asked for it and why, and what came of it. */
import type { CaptureId, SourceId, UrlId } from '@newsloom/model';
import type { Database } from '../database.ts';
import { announce } from './offer.ts';

/** A page that is to be rendered. */
export type RenderAsk = {
  urlId: UrlId;
  sourceId: SourceId;
  host: string;
  /** The capture in which no article was found. */
  captureId: CaptureId;
  /** Why a browser may find one: `body empty, 4 scripts`. */
  reason: string;
};

/** What came of it; sizes in bytes, times in milliseconds. */
export type RenderEnd = {
  state: 'rendered' | 'failed';
  note: string;
  resultId: CaptureId | null;
  tookMs: number;
  requests: number;
  refused: number;
  bytes: number;
};

/** A request made for a page while it was rendered: a line of the politeness ledger. */
export type PartFetch = {
  url: string;
  host: string;
  startedAt: Date;
  tookMs: number;
  status: number | null;
  wireBytes: number;
};

export function rendersTable(database: Database) {
  return {
    /**
     * Asks for a page to be rendered: it is due at once, for all that follow it. Asking again while it waits changes
     * nothing.
     */
    async ask(it: RenderAsk, now: Date): Promise<void> {
      await database.transaction(async (sql) => {
        await sql.query(
          `insert into renders (url_id, source_id, host, capture_id, reason, asked_at)
           select $1, $2, $3, $4, $5, $6
           where not exists (select 1 from renders where url_id = $1 and state in ('asked', 'handed'))`,
          [it.urlId, it.sourceId, it.host, it.captureId, it.reason, now],
        );
        await sql.query('update urls set due_at = $2 where id = $1 and depth_left is not null', [it.urlId, now]);
        await sql.query(
          `update crawl_urls set state = 'pending', not_before = $2 where url_id = $1 and state = 'captured'`,
          [it.urlId, now],
        );
      });
      await announce(database, [it.host], now);
    },

    /** How the rendering of a capture stands, or null where nobody asked for it. */
    async of(captureId: CaptureId): Promise<{ state: string; resultId: CaptureId | null } | null> {
      const [row] = await database.query<{ state: string; resultId: CaptureId | null }>(
        'select state, result_id as "resultId" from renders where capture_id = $1 order by id desc limit 1',
        [captureId],
      );
      return row ?? null;
    },

    /**
     * Hands the rendering of a URL that is in hand to a renderer. One that was handed over before and never came back
     * has failed: no renderer runs, or it died.
     */
    async handOver(urlId: UrlId, now: Date): Promise<boolean> {
      const rows = await database.query<{ state: string }>(
        `update renders set state = case state when 'asked' then 'handed' else 'failed' end,
           note = case state when 'handed' then 'no-renderer' end, ended_at = case state when 'handed' then $2::timestamptz end
         where url_id = $1 and state in ('asked', 'handed') returning state`,
        [urlId, now],
      );
      return rows.some((row) => row.state === 'handed');
    },

    /** What was handed over for a URL, or null. */
    async handed(urlId: UrlId): Promise<(RenderAsk & { id: number }) | null> {
      const [row] = await database.query<RenderAsk & { id: number }>(
        `select id::int, url_id as "urlId", source_id as "sourceId", host, capture_id as "captureId", reason
         from renders where url_id = $1 and state = 'handed' order by id desc limit 1`,
        [urlId],
      );
      return row ?? null;
    },

    /** Writes what came of a rendering. */
    async end(id: number, end: RenderEnd, now: Date): Promise<void> {
      await database.query(
        `update renders set state = $2, note = $3, result_id = $4, ended_at = $5, took_ms = $6, requests = $7,
           refused = $8, bytes = $9 where id = $1`,
        [id, end.state, end.note, end.resultId, now, Math.round(end.tookMs), end.requests, end.refused, end.bytes],
      );
    },

    /** Enters the requests for the parts of a page in the ledger. */
    async enterParts(urlId: UrlId, parts: readonly PartFetch[]): Promise<void> {
      await database.query(
        `insert into fetches (url_id, host, url, what, started_at, took_ms, status, verdict, note, wire_bytes)
         select $1, p.host, p.url, 'part', p."startedAt", p."tookMs", p.status, 'rendered', 'rendered', p."wireBytes"
         from jsonb_to_recordset($2::jsonb) as p(host text, url text, "startedAt" timestamptz, "tookMs" int, status int,
           "wireBytes" int)`,
        [urlId, JSON.stringify(parts.map((part) => ({ ...part, tookMs: Math.round(part.tookMs) })))],
      );
    },
  };
}

export type RendersTable = ReturnType<typeof rendersTable>;
