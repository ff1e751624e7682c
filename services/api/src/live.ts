/** Server-sent events: one reader of the numbers for all listeners, however many there are. */
import type { ServerResponse } from 'node:http';
import type { Log } from '@newsloom/runtime';

/** Least time between two readings. */
const EVERY_MS = 1_000;
/** A reading may take this share of the time at most: over big tables it is done less often. */
const MAX_SHARE = 0.05;
/** A comment goes out after this long without news, so that proxies keep the stream open. */
const SILENCE_MS = 15_000;
/** More listeners than this are sent away: each holds a socket. */
const MAX_LISTENERS = 200;

/** A listener who has not read this much has gone to sleep; it may come again. */
const MAX_UNREAD_BYTES = 256_000;

export type Live = {
  /** Streams to `response` from now on, with `headers` beside its own. */
  add(response: ServerResponse, headers: Record<string, string>): void;
  /** Ends all streams. */
  close(): void;
};

/** Opens a stream of what `read` gives; it is read only while somebody listens. */
export function openLive(read: () => Promise<unknown>, log: Log): Live {
  const listeners = new Set<ServerResponse>();
  let timer: NodeJS.Timeout | null = null;
  let latest = '';
  let silentMs = 0;
  let closed = false;

  const sendAll = (text: string) => {
    for (const listener of listeners) {
      if (listener.writableLength > MAX_UNREAD_BYTES) listener.destroy();
      else listener.write(text);
    }
  };
  const plan = (delayMs: number) => {
    if (closed || listeners.size === 0 || timer) return;
    timer = setTimeout(() => void turn(), delayMs);
    timer.unref();
  };
  const turn = async () => {
    const began = performance.now();
    let waitMs = EVERY_MS;
    try {
      const text = `event: stats\ndata: ${JSON.stringify(await read())}\n\n`;
      waitMs = Math.max(EVERY_MS, (performance.now() - began) / MAX_SHARE);
      silentMs += waitMs;
      if (text !== latest) {
        latest = text;
        silentMs = 0;
        sendAll(text);
      } else if (silentMs >= SILENCE_MS) {
        silentMs = 0;
        sendAll(': nothing new\n\n');
      }
    } catch (error) {
      log.warn({ err: error }, 'the numbers for the overview could not be read');
    } finally {
      timer = null;
      plan(waitMs);
    }
  };

  return {
    add(response, headers) {
      if (closed || listeners.size >= MAX_LISTENERS) {
        response.writeHead(503, { ...headers, 'retry-after': '10' }).end();
        return;
      }
      response.writeHead(200, {
        ...headers,
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      response.write(`retry: 3000\n\n${latest}`);
      listeners.add(response);
      response.on('close', () => listeners.delete(response));
      plan(0);
    },
    close() {
      closed = true;
      if (timer) clearTimeout(timer);
      for (const listener of listeners) listener.end();
      listeners.clear();
    },
  };
}
