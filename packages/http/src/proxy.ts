/** Sends every request through one HTTP proxy: absolute-form for http (RFC 9112, 3.2.2), a CONNECT tunnel for https. */
import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import type { RequestFunction } from 'got';
import type { Agents, Trust } from './sockets.ts';

/** How long the proxy may take to open a tunnel. */
type ProxyOptions = { proxy: string; connectMs: number; trust: Trust };

/** Agents for the proxy, and the request function that addresses it. */
export type ProxyRoute = { agents: Agents; request: RequestFunction };

/**
 * A route through `http://[name:password@]host:port`. The proxy looks names up and is trusted to, so only literal
 * addresses can be checked before it is asked. Throws TypeError where the address is no http URL.
 */
export function openProxyRoute({ proxy, connectMs, trust }: ProxyOptions): ProxyRoute {
  const target = new URL(proxy);
  if (target.protocol !== 'http:') throw new TypeError('a proxy is addressed as http://host:port');
  const host = target.hostname.replace(/^\[|\]$/g, '');
  const port = Number(target.port || 80);
  const credentials = `${decodeURIComponent(target.username)}:${decodeURIComponent(target.password)}`;
  const authorization: Record<string, string> =
    target.username === '' ? {} : { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` };
  const plain = new http.Agent({ keepAlive: true });

  const openTunnel = (name: string, onTunnel: (error: Error | null, socket: Socket | null) => void) => {
    const asking = http.request({
      host,
      port,
      method: 'CONNECT',
      path: name,
      headers: { host: name, ...authorization },
      timeout: connectMs,
      agent: false,
    });
    asking.once('connect', (response, socket: Socket) => {
      if (response.statusCode === 200) return onTunnel(null, socket);
      socket.destroy();
      onTunnel(Object.assign(new Error('tunnel refused'), { code: 'ECONNREFUSED' }), null);
    });
    asking.once('timeout', () => asking.destroy(Object.assign(new Error('tunnel timeout'), { code: 'ETIMEDOUT' })));
    asking.once('error', (error) => onTunnel(error, null));
    asking.end();
  };

  class TunnelAgent extends https.Agent {
    override createConnection(
      options: https.RequestOptions,
      callback?: (error: Error | null, socket: Duplex) => void,
    ): Duplex | null | undefined {
      const answer = callback as ((error: Error | null, socket?: Duplex) => void) | undefined;
      const name = options.host ?? 'localhost';
      openTunnel(`${name.includes(':') ? `[${name}]` : name}:${options.port ?? 443}`, (error, socket) => {
        if (error || socket === null) return answer?.(error ?? new Error('no tunnel'));
        const secure = connectTls({ ...trust, socket, servername: options.servername ?? name });
        secure.once('secureConnect', () => answer?.(null, secure));
        secure.once('error', (cause) => answer?.(cause));
      });
      return null;
    }
  }

  const agents = { http: plain, https: new TunnelAgent({ keepAlive: true, ...trust }) };
  const request: RequestFunction = (url, options, callback) => {
    if (url.protocol === 'https:') return https.request(url, options, callback);
    const headers = { ...(options.headers as Record<string, string>), ...authorization, host: url.host };
    return http.request({ ...options, host, hostname: host, port, path: url.href, headers }, callback);
  };
  return { agents, request };
}
