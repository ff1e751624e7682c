/**
 * Writes the passwords of the stack into the folder the services share, each once: given ones, else random ones.
 *
 *     node infra/make-secrets.mjs FOLDER      (POSTGRES_PASSWORD and REDIS_PASSWORD of the environment win)
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder = '/run/newsloom'] = process.argv.slice(2);
/** Random bytes of a password: 192 bits, 32 characters of base64url. */
const PASSWORD_BYTES = 24;
/** Readable to every user in the containers that mount the folder: each service runs as a user of its own. */
const MODE = 0o444;

/** Writes a file whole or not at all. */
function write(name, text) {
  const path = join(folder, name);
  writeFileSync(`${path}.part`, text);
  chmodSync(`${path}.part`, MODE);
  renameSync(`${path}.part`, path);
}

/** The password kept under a name: the given one, the one of the last start, or a new one. */
function password(name, given) {
  const path = join(folder, name);
  const value =
    given?.trim() ||
    (existsSync(path) ? readFileSync(path, 'utf8') : randomBytes(PASSWORD_BYTES).toString('base64url'));
  write(name, value);
  return value;
}

const postgres = password('postgres-password', process.env.POSTGRES_PASSWORD);
const redis = password('redis-password', process.env.REDIS_PASSWORD);
password('api-secret');
write('database-url', `postgres://newsloom:${encodeURIComponent(postgres)}@postgres:5432/newsloom`);
write('redis-url', `redis://:${encodeURIComponent(redis)}@redis:6379`);
const conf = readFileSync(new URL('./redis.conf', import.meta.url), 'utf8');
write('redis.conf', `${conf}\nrequirepass ${JSON.stringify(redis)}\n`);
