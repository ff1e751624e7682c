/** A loopback server that does one nasty thing per path, for the tests of the limits. */
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import net, { type AddressInfo, type Socket } from 'node:net';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A server on a free loopback port. `requests` lists the paths asked for. */
export type TestServer = AsyncDisposable & { url: string; host: string; port: number; requests: IncomingMessage[] };

/** Serves `routes` by path; anything else is 404. */
export async function serve(routes: Record<string, Handler>): Promise<TestServer> {
  const requests: IncomingMessage[] = [];
  const server = http.createServer((request, response) => {
    requests.push(request);
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const handler = routes[path] ?? routes['*'];
    if (handler) handler(request, response);
    else response.writeHead(404).end('not here');
  });
  return { ...(await listen(server)), requests };
}

/** Serves whatever `talk` does with each raw connection, once it has read a request's end. */
export async function serveRaw(talk: (socket: Socket) => void): Promise<TestServer> {
  const server = net.createServer((socket) => {
    socket.on('error', () => {});
    let asked = '';
    socket.on('data', (bytes) => {
      asked += bytes.toString('latin1');
      if (asked.endsWith('\r\n\r\n')) {
        asked = '';
        talk(socket);
      }
    });
  });
  return { ...(await listen(server)), requests: [] };
}

async function listen(server: net.Server): Promise<Omit<TestServer, 'requests'>> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const host = `127.0.0.1:${port}`;
  return {
    url: `http://${host}`,
    host,
    port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
