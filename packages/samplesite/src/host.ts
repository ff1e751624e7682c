/** One host of a site: a listener on loopback that answers from a table of resources and remembers what was asked. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Resource } from './resource.ts';

/** One request a host saw. */
export type SeenRequest = {
  method: string;
  /** Origin of the host. */
  host: string;
  /** Path with its query, as asked. */
  path: string;
  /** When it arrived, milliseconds since 1970. */
  at: number;
  /** What was answered; 0 while it is not, -1 where the connection was cut on purpose. */
  status: number;
  /** Requests open at this host when it arrived, itself included. */
  open: number;
  userAgent: string | undefined;
  /** True where the client asked for a change only (If-None-Match or If-Modified-Since). */
  conditional: boolean;
};

/** A fault planned for a path: a status, or `reset` for a connection cut in mid-answer. */
export type Fault = { status: number | 'reset'; headers: Record<string, string> };

export type HostOptions = {
  /** Port to listen on; 0 picks a free one. */
  port: number;
  /** Address to bind. */
  address: string;
  /** Name or address other machines reach it under, for the links in its pages. */
  publicName: string;
  /** Whether to answer with gzip where accepted. */
  gzip: boolean;
  onRequest?: (request: SeenRequest) => void;
};

/** Now, in milliseconds since 1970: the request log is the one place of the site that needs a clock. */
const now = (): number => performance.timeOrigin + performance.now();

/** Bodies under this size are sent as they are: what servers commonly do, in bytes. */
const GZIP_FROM = 512;

/** A host of a site. Close it with `Symbol.asyncDispose`. */
export class Host implements AsyncDisposable {
  readonly origin: string;
  readonly requests: SeenRequest[] = [];
  /** Added before each answer, in milliseconds. */
  delayMs = 0;
  /** Answers a path (query left out), or undefined for 404. */
  resolve: (path: string) => Resource | undefined = () => undefined;

  readonly #server: Server;
  readonly #options: HostOptions;
  readonly #faults = new Map<string, Fault[]>();
  readonly #zipped = new WeakMap<Buffer, Buffer>();
  readonly #tags = new WeakMap<Buffer, string>();
  #open = 0;

  private constructor(server: Server, options: HostOptions) {
    this.#server = server;
    this.#options = options;
    this.origin = `http://${options.publicName}:${(server.address() as AddressInfo).port}`;
    server.on('request', (request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
  }

  /** Opens a listener; rejects where the port is taken. */
  static async open(options: HostOptions): Promise<Host> {
    const server = createServer({ keepAliveTimeout: 5_000 });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port, options.address, resolve);
    });
    return new Host(server, options);
  }

  /** Plans that the next request for a path (query left out) goes wrong; several plans are used one after another. */
  failNext(path: string, fault: Fault): void {
    this.#faults.set(path, [...(this.#faults.get(path) ?? []), fault]);
  }

  /** Does the work of answering a path (ETag, gzip) ahead of its first request. */
  warm(path: string): void {
    const resource = this.resolve(path);
    if (resource?.kind !== 'body') return;
    this.#tagOf(resource.body);
    if (this.#options.gzip) this.#zip(resource.body);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#open += 1;
    response.once('close', () => {
      this.#open -= 1;
    });
    const seen: SeenRequest = {
      method: request.method ?? 'GET',
      host: this.origin,
      path: request.url ?? '/',
      at: now(),
      status: 0,
      open: this.#open,
      userAgent: request.headers['user-agent'],
      conditional: 'if-none-match' in request.headers || 'if-modified-since' in request.headers,
    };
    this.requests.push(seen);
    this.#options.onRequest?.(seen);
    if (this.delayMs > 0) await sleep(this.delayMs);

    const path = seen.path.replace(/[?#].*$/s, '');
    const fault = this.#faults.get(path)?.shift();
    if (fault?.status === 'reset') {
      seen.status = -1;
      request.socket.destroy();
      return;
    }
    const send = (status: number, headers: Record<string, string>, body?: Buffer | string): void => {
      seen.status = status;
      response.writeHead(status, { ...headers, ...(body && { 'content-length': Buffer.byteLength(body) }) });
      response.end(request.method === 'HEAD' ? undefined : body);
    };
    if (fault) return send(Number(fault.status), { 'content-type': 'text/html', ...fault.headers }, '<h1>Lỗi</h1>');
    if (request.method !== 'GET' && request.method !== 'HEAD') return send(405, { allow: 'GET, HEAD' });

    const resource = this.resolve(path);
    if (!resource) return send(404, { 'content-type': 'text/html; charset=utf-8' }, '<!doctype html><h1>404</h1>');
    if (resource.kind === 'moved') return send(301, { location: resource.to });
    this.#sendBody(request, resource, send);
  }

  #sendBody(
    request: IncomingMessage,
    { type, body, modified }: Extract<Resource, { kind: 'body' }>,
    send: (status: number, headers: Record<string, string>, body?: Buffer) => void,
  ): void {
    const etag = this.#tagOf(body);
    const headers: Record<string, string> = {
      etag,
      'last-modified': new Date(modified).toUTCString(),
      'cache-control': 'public, max-age=60',
      vary: 'Accept-Encoding',
    };
    const { 'if-none-match': match, 'if-modified-since': since } = request.headers;
    // RFC 9110, 13.2.2: If-Modified-Since counts only where there is no If-None-Match.
    const unchanged = match
      ? match === '*' || match.split(/\s*,\s*/).includes(etag)
      : since !== undefined && Date.parse(since) >= Math.floor(Date.parse(modified) / 1000) * 1000;
    if (unchanged) {
      send(304, headers);
      return;
    }

    headers['content-type'] = type;
    const accepted = /\bgzip\b/.test(request.headers['accept-encoding']?.toString() ?? '');
    const zip = this.#options.gzip && accepted && body.length >= GZIP_FROM && !type.startsWith('image/');
    if (zip) headers['content-encoding'] = 'gzip';
    send(200, headers, zip ? this.#zip(body) : body);
  }

  /** Weak, as it must be where one resource has a plain and a gzip form. */
  #tagOf(body: Buffer): string {
    const known = this.#tags.get(body);
    if (known) return known;
    const tag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    this.#tags.set(body, tag);
    return tag;
  }

  #zip(body: Buffer): Buffer {
    const known = this.#zipped.get(body);
    if (known) return known;
    const zipped = gzipSync(body);
    this.#zipped.set(body, zipped);
    return zipped;
  }
}
