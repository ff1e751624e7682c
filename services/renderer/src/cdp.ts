/** Speaks the Chrome DevTools Protocol over one WebSocket. */

export type CdpEvent = { method: string; params: Record<string, unknown>; sessionId?: string };
type Answer = { id: number; result?: Record<string, unknown>; error?: { message: string } };

/** A connection to a browser; a session of it is one page. */
export type Cdp = {
  /** Asks for something. @throws Error with what the browser says, or once the connection is closed */
  send(method: string, params?: object, sessionId?: string): Promise<Record<string, unknown>>;
  /** Calls back for every event; answers with the way to stop. */
  on(hear: (event: CdpEvent) => void): () => void;
  close(): void;
  /** Settles once the connection is closed, by whomever. */
  closed: Promise<void>;
};

/** Connects to a browser's WebSocket. @throws Error where nobody answers */
export async function connectCdp(address: string): Promise<Cdp> {
  const socket = new WebSocket(address);
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true });
    socket.addEventListener('error', () => reject(new Error(`no browser answers at ${address}`)), { once: true });
  });
  const waiting = new Map<number, { resolve: (result: Record<string, unknown>) => void; reject: (e: Error) => void }>();
  const hearers = new Set<(event: CdpEvent) => void>();
  let last = 0;
  const closed = new Promise<void>((resolve) => {
    socket.addEventListener('close', () => {
      for (const { reject } of waiting.values()) reject(new Error('the browser has gone'));
      waiting.clear();
      resolve();
    });
  });
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data)) as Answer | CdpEvent;
    if (!('id' in message)) {
      for (const hear of hearers) hear(message);
      return;
    }
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error) asked?.reject(new Error(message.error.message));
    else asked?.resolve(message.result ?? {});
  });
  return {
    send: (method, params = {}, sessionId) =>
      new Promise((resolve, reject) => {
        if (socket.readyState !== WebSocket.OPEN) return reject(new Error('the browser has gone'));
        const id = ++last;
        waiting.set(id, { resolve, reject });
        socket.send(JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) }));
      }),
    on(hear) {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    close: () => socket.close(),
    closed,
  };
}
