/** One request and its answer, within limits; no redirect is followed and nothing is decoded here. */
import type { ClientRequest, IncomingHttpHeaders } from 'node:http';
import got, { type Got, type Response } from 'got';
import { codeOf, HttpError } from './errors.ts';
import type { Limits } from './limits.ts';
import type { ProxyRoute } from './proxy.ts';
import type { Agents } from './sockets.ts';

/** The answer to one request. */
export type Answer = {
  status: number;
  headers: IncomingHttpHeaders;
  /** The body as it came, in its content encodings. */
  wire: Buffer;
  /** True where the body was cut at the limit, as was asked for. */
  truncated: boolean;
  remoteAddress: string | null;
};

/** What one request asks, and how long it may take. */
export type Ask = {
  url: string;
  headers: Record<string, string>;
  limits: Limits;
  /** What is left of the whole fetch, in milliseconds. */
  remainingMs: number;
  /** Cut the body at the wire limit instead of failing. */
  truncate: boolean;
  signal: AbortSignal | undefined;
};

/** How often the least rate is looked at, in milliseconds. */
const RATE_CHECK_MS = 1000;

/** A got that does only what we ask: no retry, no redirect, no decoding, no cookies. */
export function openClient(agents: Agents, route: ProxyRoute | null): Got {
  return got.extend({
    agent: agents,
    ...(route === null ? {} : { request: route.request }),
    decompress: false,
    followRedirect: false,
    throwHttpErrors: false,
    // The queue owns retries, and two owners would multiply.
    retry: { limit: 0 },
    https: { rejectUnauthorized: true },
  });
}

/**
 * Makes one request. Throws HttpError. A kept-alive socket that its server closed just as we wrote is not the server's
 * answer, so that one case is asked again at once.
 */
export async function request(client: Got, ask: Ask): Promise<Answer> {
  try {
    return await requestOnce(client, ask);
  } catch (error) {
    if (!(error instanceof StaleSocket)) throw error;
    return await requestOnce(client, ask);
  }
}

class StaleSocket extends HttpError {}

function requestOnce(client: Got, { url, headers, limits, remainingMs, truncate, signal }: Ask): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { connectMs, firstByteMs, wireBytes } = limits;
    const stream = client.stream(url, {
      headers,
      timeout: {
        lookup: connectMs,
        connect: connectMs,
        secureConnect: connectMs,
        response: firstByteMs,
        request: Math.max(1, remainingMs),
      },
      maxHeaderSize: limits.headerBytes,
      ...(signal === undefined ? {} : { signal }),
    });
    const chunks: Buffer[] = [];
    let size = 0;
    let native: ClientRequest | undefined;
    let response: Response | undefined;
    let settled = false;
    let rateTimer: NodeJS.Timeout | undefined;

    const settle = (): boolean => {
      if (settled) return false;
      settled = true;
      clearTimeout(rateTimer);
      return true;
    };
    const fail = (error: HttpError) => {
      if (!settle()) return;
      reject(error);
      stream.destroy();
    };
    const succeed = (truncated: boolean) => {
      if (response === undefined || !settle()) return;
      const { statusCode, headers: received, ip } = response;
      resolve({
        status: statusCode,
        headers: received,
        wire: join(chunks, size),
        truncated,
        remoteAddress: ip ?? null,
      });
    };
    const watchRate = () => {
      const sizeBefore = size;
      rateTimer = setTimeout(() => {
        if (size - sizeBefore < (limits.bytesPerSecond * RATE_CHECK_MS) / 1000) fail(new HttpError('too-slow', url));
        else watchRate();
      }, RATE_CHECK_MS);
    };

    stream.on('request', (made) => {
      native = made as ClientRequest;
      // An answer of 101 ends HTTP on this socket, and got would wait for ever.
      native.once('upgrade', (_response, socket) => {
        socket.destroy();
        fail(new HttpError('bad-response', url));
      });
    });
    stream.once('response', (received: Response) => {
      response = received;
      if (received.rawHeaders.length / 2 > limits.headerCount) return fail(new HttpError('headers-too-large', url));
      const declared = Number(received.headers['content-length'] ?? 0);
      if (declared > wireBytes && !truncate) return fail(new HttpError('too-large', url));
      rateTimer = setTimeout(watchRate, limits.slowAfterMs);
    });
    stream.on('data', (chunk: Buffer) => {
      if (settled) return;
      chunks.push(chunk);
      size += chunk.length;
      if (size <= wireBytes) return;
      if (!truncate) return fail(new HttpError('too-large', url));
      size = wireBytes;
      succeed(true);
      stream.destroy();
    });
    stream.once('end', () => succeed(false));
    // Stays for good: errors that come after the end belong to nobody.
    stream.on('error', (cause) => {
      // More bytes than announced break the connection, not the body: browsers show it too.
      if (response?.complete === true && size === Number(response.headers['content-length'])) return succeed(false);
      const code = codeOf(cause);
      const stale = code === 'reset' && response === undefined && native?.reusedSocket === true;
      const short = code === 'reset' && response?.headers['content-length'] !== undefined;
      fail(stale ? new StaleSocket(code, url, { cause }) : new HttpError(short ? 'bad-length' : code, url, { cause }));
    });
  });
}

function join(chunks: readonly Buffer[], size: number): Buffer {
  const [first] = chunks;
  if (chunks.length === 1 && first !== undefined) return first.subarray(0, size);
  return Buffer.concat(chunks, size);
}
