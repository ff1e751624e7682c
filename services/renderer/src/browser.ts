/** A Chromium that has no way out of its own: started here or elsewhere, spoken to over its debugging protocol. */
import { spawn } from 'node:child_process';
import { lookup } from 'node:dns/promises';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Cdp, type CdpEvent, connectCdp } from './cdp.ts';
import { chromiumArguments } from './chromium-arguments.ts';
import type { PageRequest } from './judge-request.ts';
import { ISOLATING_SCRIPT } from './page-script.ts';

export type BrowserOptions = {
  /** Path of a program, or `http://host:port` of a Chromium that listens. */
  where: string;
  userAgent: string;
  /** Cap of one page's script heap, in MB. */
  memoryMb: number;
};

/** How a request is answered. */
export type RequestAnswer = {
  fulfil(status: number, headers: { name: string; value: string }[], body: Uint8Array | string): Promise<void>;
  refuse(): Promise<void>;
};

export type PageHooks = {
  onRequest(request: PageRequest & { headers: Record<string, string> }, answer: RequestAnswer): Promise<void>;
  onLoad(): void;
  onCrash(): void;
};

export type Page = AsyncDisposable & {
  navigate(url: string): Promise<void>;
  /** The page as it stands, at most so many characters; null where its scripts let nobody in within the time. */
  html(mostChars: number, withinMs: number): Promise<string | null>;
  isGone(): boolean;
  gone: Promise<void>;
};

export type Browser = AsyncDisposable & {
  openPage(hooks: PageHooks): Promise<Page>;
  /** Settles once the browser has gone, by itself or closed. */
  gone: Promise<void>;
  close(): Promise<void>;
};

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const PLACES = ['/usr/local/bin', '/usr/bin', '/bin', '/snap/bin', '/opt/homebrew/bin'];
const START_MS = 30_000;
const CLOSE_MS = 3_000;

/** The first Chromium where systems put their programs, or null. */
export function findChromium(places: readonly string[] = PLACES): string | null {
  const isProgram = (file: string) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  };
  return PROGRAMS.flatMap((name) => places.map((place) => join(place, name))).find(isProgram) ?? null;
}

/** Starts or reaches a browser. @throws Error that says what to do where there is none */
export async function openBrowser(options: BrowserOptions): Promise<Browser> {
  const { address, stop } = options.where.startsWith('http://')
    ? { address: await reach(options.where), stop: async () => {} }
    : await launch(options.where, options.memoryMb);
  let cdp: Cdp;
  try {
    cdp = await connectCdp(address);
  } catch (error) {
    await stop();
    throw error;
  }
  const close = async () => {
    cdp.close();
    await stop();
  };
  return {
    openPage: (hooks) => openPage(cdp, options.userAgent, hooks),
    gone: cdp.closed,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Finds the WebSocket of a browser that listens. It answers only to an address, so that no page can name it. */
async function reach(where: string): Promise<string> {
  const url = new URL(where);
  const { address, family } = await lookup(url.hostname.replace(/^\[|\]$/g, ''));
  url.hostname = family === 6 ? `[${address}]` : address;
  const response = await fetch(new URL('/json/version', url), { signal: AbortSignal.timeout(START_MS) });
  const { webSocketDebuggerUrl } = (await response.json()) as { webSocketDebuggerUrl: string };
  const socket = new URL(webSocketDebuggerUrl);
  socket.host = url.host;
  return socket.href;
}

/**
 * Runs a program that ends with this process, however that dies: its standard input closes then, and the whole group of
 * processes is killed.
 */
const ENDING_WITH_US =
  'exec 3<&0; { cat <&3 >/dev/null; kill -KILL -$$; } 2>/dev/null & exec "$0" "$@" 3<&- </dev/null';

async function launch(program: string, memoryMb: number): Promise<{ address: string; stop: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'newsloom-browser-'));
  const child = spawn('/bin/sh', ['-c', ENDING_WITH_US, program, ...chromiumArguments(folder, memoryMb, 0)], {
    stdio: ['pipe', 'ignore', 'pipe'],
    // Nothing of ours: settings and secrets are none of its business.
    env: { HOME: folder, TMPDIR: folder, LANG: 'C.UTF-8' },
    detached: true,
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const kill = () => {
    // The browser's own processes form a group with it.
    if (child.pid !== undefined)
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
  };
  const stop = async () => {
    kill();
    await ended;
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  process.once('exit', kill);
  void ended.then(() => process.off('exit', kill));
  const address = await new Promise<string | null>((resolve) => {
    const timer = setTimeout(() => resolve(null), START_MS);
    void ended.then(() => resolve(null));
    createInterface({ input: child.stderr }).on('line', (line) => {
      const found = /^DevTools listening on (ws:\S+)/.exec(line)?.[1];
      if (found) resolve(found);
    });
    void ended.finally(() => clearTimeout(timer));
  });
  if (address !== null) return { address, stop };
  await stop();
  throw new Error(`${program} does not start as a browser; NEWSLOOM_RENDERER_BROWSER names another`);
}

/** Opens an empty page in a context of its own, which shares nothing with other pages and is forgotten at its end. */
async function openPage(cdp: Cdp, userAgent: string, hooks: PageHooks): Promise<Page> {
  const { browserContextId } = await cdp.send('Target.createBrowserContext', { disposeOnDetach: true });
  const { targetId } = await cdp.send('Target.createTarget', { url: 'about:blank', browserContextId });
  const { sessionId } = (await cdp.send('Target.attachToTarget', { targetId, flatten: true })) as { sessionId: string };
  const send = (method: string, params: object = {}) => cdp.send(method, params, sessionId);
  let isGone = false;
  let mainFrame = '';
  let leave = () => {};
  const gone = new Promise<void>((resolve) => {
    leave = () => {
      isGone = true;
      resolve();
    };
  });
  void cdp.closed.then(leave);

  const hear = ({ method, params, sessionId: from }: CdpEvent) => {
    if (method === 'Target.attachedToTarget' && from === sessionId) {
      // Frames elsewhere and workers stay as they are attached: stopped before their first line.
      return;
    }
    if (method === 'Target.targetCreated') {
      const { targetInfo } = params as { targetInfo: { targetId: string; type: string; browserContextId?: string } };
      // A window that the page opens is another page, and nobody asked for it.
      if (
        targetInfo.browserContextId === browserContextId &&
        targetInfo.type === 'page' &&
        targetInfo.targetId !== targetId
      )
        cdp.send('Target.closeTarget', { targetId: targetInfo.targetId }).catch(() => {});
      return;
    }
    if (method === 'Target.detachedFromTarget' && (params as { sessionId?: string }).sessionId === sessionId)
      return leave();
    if (from !== sessionId) return;
    switch (method) {
      case 'Fetch.requestPaused':
        return void paused(params).catch(() => {});
      case 'Fetch.authRequired':
        return void send('Fetch.continueWithAuth', {
          requestId: params.requestId,
          authChallengeResponse: { response: 'CancelAuth' },
        }).catch(() => {});
      case 'Page.javascriptDialogOpening':
        return void send('Page.handleJavaScriptDialog', { accept: false }).catch(() => {});
      case 'Page.loadEventFired':
        return hooks.onLoad();
      case 'Page.frameStoppedLoading':
        // A page whose script leaves it before it has loaded stays, but never says that it has.
        if (params.frameId === mainFrame) hooks.onLoad();
        return;
      case 'Inspector.targetCrashed':
        hooks.onCrash();
        return leave();
    }
  };
  const paused = async (params: Record<string, unknown>) => {
    const { requestId, request, resourceType, frameId } = params as {
      requestId: string;
      request: { url: string; method: string; headers: Record<string, string> };
      resourceType: string;
      frameId: string;
    };
    await hooks.onRequest(
      {
        url: request.url,
        method: request.method,
        type: resourceType,
        isMain: frameId === mainFrame,
        headers: request.headers,
      },
      {
        fulfil: async (responseCode, responseHeaders, body) => {
          const bytes = Buffer.from(body as Uint8Array).toString('base64');
          await send('Fetch.fulfillRequest', { requestId, responseCode, responseHeaders, body: bytes });
        },
        refuse: async () => {
          // An aborted navigation leaves the page as it stands; any other end would put an error page in its place.
          const errorReason = resourceType === 'Document' ? 'Aborted' : 'BlockedByClient';
          await send('Fetch.failRequest', { requestId, errorReason });
        },
      },
    );
  };
  const stopHearing = cdp.on(hear);
  const dispose = async () => {
    stopHearing();
    const closing = cdp.send('Target.disposeBrowserContext', { browserContextId }).catch(() => {});
    await Promise.race([closing, new Promise((resolve) => setTimeout(resolve, CLOSE_MS).unref())]);
  };
  try {
    await send('Fetch.enable', { patterns: [{ urlPattern: '*', requestStage: 'Request' }], handleAuthRequests: true });
    await send('Network.enable');
    await send('Network.setBypassServiceWorker', { bypass: true });
    await send('Network.setBlockedURLs', { urls: ['ws://*', 'wss://*', 'ftp://*', 'file://*'] });
    await send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true });
    await cdp.send('Target.setDiscoverTargets', { discover: true });
    await cdp.send('Browser.setDownloadBehavior', { behavior: 'deny', browserContextId });
    await send('Emulation.setUserAgentOverride', { userAgent });
    await send('Page.enable');
    await send('Page.addScriptToEvaluateOnNewDocument', { source: ISOLATING_SCRIPT });
    const { frameTree } = (await send('Page.getFrameTree')) as { frameTree: { frame: { id: string } } };
    mainFrame = frameTree.frame.id;
  } catch (error) {
    await dispose();
    throw error;
  }
  return {
    async navigate(url) {
      await send('Page.navigate', { url });
    },
    async html(mostChars, withinMs) {
      const read = async () => {
        // A world of its own: what the page's scripts did to the built-in functions is not done there.
        const { executionContextId } = await send('Page.createIsolatedWorld', { frameId: mainFrame });
        const { result } = (await send('Runtime.evaluate', {
          contextId: executionContextId,
          expression: `(document.documentElement?.outerHTML ?? '').slice(0, ${mostChars})`,
          returnByValue: true,
          timeout: withinMs,
        })) as { result: { value?: unknown } };
        return typeof result.value === 'string' ? result.value : null;
      };
      const late = new Promise<null>((resolve) => setTimeout(resolve, withinMs, null).unref());
      return Promise.race([read().catch(() => null), late, gone.then(() => null)]);
    },
    isGone: () => isGone,
    gone,
    [Symbol.asyncDispose]: dispose,
  };
}
