/** One process at a time per data folder. */
import { createHash } from 'node:crypto';
import { mkdir, realpath, unlink } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoreError } from './database.ts';

/** How long a predecessor that is just ending is waited for, in milliseconds. */
const PATIENCE_MS = 1_500;
const PAUSE_MS = 100;

/**
 * Takes a folder for this process. The lock is a listening socket, so it ends with the process however that dies,
 * and a recycled process id cannot be mistaken for its holder.
 * @throws StoreError `in-use` that names the holder's process id
 */
export async function lockFolder(folder: string): Promise<{ release(): Promise<void> }> {
  await mkdir(folder, { recursive: true }).catch((cause: Error) => {
    throw new StoreError(
      'unusable',
      `The data folder ${folder} cannot be made: ${cause.message}. Name another one with NEWSLOOM_DATA_DIR.`,
      { cause, exitCode: 74 },
    );
  });
  const name = `newsloom-${createHash('sha256')
    .update(await realpath(folder))
    .digest('hex')
    .slice(0, 32)}`;
  const address = process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);

  for (let waited = 0; ; waited += PAUSE_MS) {
    const server = await tryListen(address);
    if (server) return { release: () => new Promise((resolve) => server.close(() => resolve())) };
    const holder = await askHolder(address);
    if (holder === null) {
      await unlink(address).catch(() => {});
      continue;
    }
    if (waited >= PATIENCE_MS) {
      throw new StoreError(
        'in-use',
        `The data folder ${folder} is in use by another Newsloom process (process id ${holder}). Stop that one first, or give this one a folder of its own with NEWSLOOM_DATA_DIR, or let both share REDIS_URL and DATABASE_URL.`,
        { exitCode: 75 },
      );
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

function tryListen(address: string) {
  return new Promise<ReturnType<typeof createServer> | null>((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.end(String(process.pid));
    });
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(error),
    );
    server.listen(address, () => {
      server.unref();
      resolve(server);
    });
  });
}

/** Process id of the one that holds the address, or null where nobody does any more. */
function askHolder(address: string): Promise<string | null> {
  return new Promise((resolve) => {
    let said = '';
    const socket = connect(address);
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      said += text;
    });
    socket.on('error', () => resolve(null));
    socket.on('close', (failed) => resolve(failed ? null : said || 'unknown'));
  });
}
