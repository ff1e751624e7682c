/** A Chromium driven over its DevTools protocol: pages, clicks by script, screenshots, and what went wrong in them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { until } from '@newsloom/testkit';
import { chromiumPath } from './chromium.ts';

type Message = {
  id?: number;
  method?: string;
  sessionId?: string;
  params?: Record<string, unknown>;
  result?: Record<string, unknown>;
  error?: { message: string };
};
type Look = { width: number; height: number; dark?: boolean };

export type Page = AsyncDisposable & {
  /** Errors on its console, failed scripts, and what the content security policy stopped. */
  readonly problems: string[];
  go(url: string): Promise<void>;
  /** The value of an expression in the page. */
  read<T>(expression: string): Promise<T>;
  /** Waits until an expression in the page is truthy. */
  wait(expression: string): Promise<void>;
  /** Types into what has the focus. */
  type(text: string): Promise<void>;
  /** Presses a key as a person would. */
  press(key: string): Promise<void>;
  screenshot(path: string): Promise<void>;
};

export type Browser = AsyncDisposable & { page(look: Look): Promise<Page> };

/** Starts Chromium without a window. */
export async function openBrowser(env: NodeJS.ProcessEnv = process.env): Promise<Browser> {
  const program = await chromiumPath(env);
  const folder = await mkdtemp(join(tmpdir(), 'newsloom-chromium-'));
  const flags = ['--headless', '--disable-gpu', '--no-first-run', '--hide-scrollbars', '--remote-debugging-port=0'];
  // Chromium has no sandbox for root, which is what containers run tests as.
  if (process.getuid?.() === 0) flags.push('--no-sandbox', '--disable-dev-shm-usage');
  const child = spawn(program, [...flags, `--user-data-dir=${folder}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const wire = await connect(await devToolsAddress(child));
  return {
    page: (look) => openPage(wire, look),
    async [Symbol.asyncDispose]() {
      const gone = once(child, 'close');
      await wire.send('Browser.close').catch(() => child.kill('SIGKILL'));
      await gone;
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function devToolsAddress(child: ChildProcess): Promise<string> {
  if (!child.stderr) throw new Error('Chromium has no stderr');
  let said = '';
  for await (const line of createInterface({ input: child.stderr })) {
    const address = /DevTools listening on (ws:\S+)/.exec(line)?.[1];
    if (address) {
      child.stderr.resume();
      return address;
    }
    said += `${line}\n`;
  }
  throw new Error(`Chromium did not start: ${said.slice(-500)}`);
}

type Wire = {
  send(method: string, params?: object, sessionId?: string): Promise<Record<string, unknown>>;
  hear(listener: (message: Message) => void): void;
};

async function connect(address: string): Promise<Wire> {
  const socket = new WebSocket(address);
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () => reject(new Error(`no connection to ${address}`)));
  });
  const waiting = new Map<number, PromiseWithResolvers<Record<string, unknown>>>();
  const listeners: ((message: Message) => void)[] = [];
  let last = 0;
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data)) as Message;
    if (message.id === undefined) {
      for (const listener of listeners) listener(message);
      return;
    }
    const answer = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error) answer?.reject(new Error(message.error.message));
    else answer?.resolve(message.result ?? {});
  });
  socket.addEventListener('close', () => {
    for (const answer of waiting.values()) answer.reject(new Error('Chromium went away'));
  });
  return {
    send(method, params = {}, sessionId) {
      last += 1;
      const answer = Promise.withResolvers<Record<string, unknown>>();
      waiting.set(last, answer);
      socket.send(JSON.stringify({ id: last, method, params, sessionId }));
      return answer.promise;
    },
    hear: (listener) => listeners.push(listener),
  };
}

async function openPage(wire: Wire, look: Look): Promise<Page> {
  const { targetId } = await wire.send('Target.createTarget', { url: 'about:blank' });
  const attached = await wire.send('Target.attachToTarget', { targetId, flatten: true });
  const sessionId = attached.sessionId as string;
  const send = (method: string, params?: object) => wire.send(method, params, sessionId);
  const problems: string[] = [];
  wire.hear((message) => {
    if (message.sessionId === sessionId) problems.push(...problemsIn(message));
  });
  for (const domain of ['Page', 'Runtime', 'Log']) await send(`${domain}.enable`);
  await send('Emulation.setDeviceMetricsOverride', {
    width: look.width,
    height: look.height,
    deviceScaleFactor: 1,
    mobile: look.width < 600,
  });
  await send('Emulation.setEmulatedMedia', {
    features: [
      { name: 'prefers-color-scheme', value: look.dark ? 'dark' : 'light' },
      // Without a window no frames are drawn, and a transition would stand still in its middle.
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ],
  });

  const read = async <T>(expression: string): Promise<T> => {
    const answer = await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    const failed = answer.exceptionDetails as { exception?: { description?: string } } | undefined;
    if (failed) throw new Error(`${expression}: ${failed.exception?.description ?? 'failed'}`);
    return (answer.result as { value: T }).value;
  };
  return {
    problems,
    read,
    async go(url) {
      await send('Page.navigate', { url });
      await until(
        () => read(`document.readyState === 'complete' && location.href.startsWith(${JSON.stringify(url)})`),
        {
          what: `${url} to be loaded`,
        },
      );
    },
    async wait(expression) {
      await until(() => read<boolean>(`Boolean(${expression})`), { what: expression, everyMs: 50 });
    },
    async type(text) {
      await send('Input.insertText', { text });
    },
    async press(key) {
      const text = key === 'Enter' ? '\r' : undefined;
      for (const type of ['keyDown', 'keyUp']) {
        await send('Input.dispatchKeyEvent', {
          type,
          key,
          code: key,
          ...(type === 'keyDown' && text && { text }),
          windowsVirtualKeyCode: key === 'Enter' ? 13 : key === 'Tab' ? 9 : 0,
        });
      }
    },
    async [Symbol.asyncDispose]() {
      await wire.send('Target.closeTarget', { targetId });
    },
    async screenshot(path) {
      const { cssContentSize } = await send('Page.getLayoutMetrics');
      const { width, height } = cssContentSize as { width: number; height: number };
      const clip = { x: 0, y: 0, width, height, scale: 1 };
      const { data } = await send('Page.captureScreenshot', { clip, captureBeyondViewport: true });
      await writeFile(path, Buffer.from(data as string, 'base64'));
    },
  };
}

function problemsIn({ method, params = {} }: Message): string[] {
  if (method === 'Runtime.exceptionThrown') {
    const details = params.exceptionDetails as { text: string; exception?: { description?: string } };
    return [details.exception?.description ?? details.text];
  }
  if (method === 'Log.entryAdded') {
    const entry = params.entry as { level: string; text: string; url?: string };
    // Chromium gives up requests when any network of the machine comes or goes, as those of containers do.
    if (entry.text.includes('ERR_NETWORK_CHANGED')) return [];
    return entry.level === 'error' ? [`${entry.text} ${entry.url ?? ''}`] : [];
  }
  return [];
}
