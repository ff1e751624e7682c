import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempDir } from '../temp-dir.ts';
import { findProgram, postgresFolders, unprivilegedUser } from './binaries.ts';
import { engineAddresses, findEngine, removeLabelled } from './docker-engine.ts';
import { fromEnvironment } from './environment.ts';

test('a variable that is not set is no source', async () => {
  expect(await fromEnvironment('redis', {})).toEqual({ no: 'TEST_REDIS_URL is not set' });
});

test.each([
  ['unix:///run/engine.sock', [{ socketPath: '/run/engine.sock' }]],
  ['tcp://10.0.0.5:2400', [{ host: '10.0.0.5', port: 2400 }]],
  ['tcp://10.0.0.5', [{ host: '10.0.0.5', port: 2375 }]],
])('DOCKER_HOST %s is the only place to look', (DOCKER_HOST, addresses) => {
  expect(engineAddresses({ DOCKER_HOST }, '/home/lan', 1000)).toEqual(addresses);
});

test('without DOCKER_HOST the common sockets are tried, the system engine first', () => {
  expect(
    engineAddresses({}, '/home/lan', 1000).map((address) => 'socketPath' in address && address.socketPath),
  ).toEqual([
    '/var/run/docker.sock',
    '/run/user/1000/docker.sock',
    '/home/lan/.docker/run/docker.sock',
    '/home/lan/.docker/desktop/docker.sock',
  ]);
});

test('a socket nobody listens on is no engine', async () => {
  expect(await findEngine({ DOCKER_HOST: 'unix:///nowhere/engine.sock' })).toBeUndefined();
});

test('an engine is found by its ping, and only labelled containers are removed', async () => {
  await using folder = await tempDir();
  const socketPath = join(folder.path, 'engine.sock');
  const asked: string[] = [];
  const engine = createServer((request, response) => {
    asked.push(`${request.method} ${decodeURIComponent(request.url ?? '')}`);
    response.end(request.url?.startsWith('/containers/json') ? '[{"Id":"abc"}]' : 'OK');
  });
  await new Promise<void>((resolve) => engine.listen(socketPath, resolve));
  const found = await findEngine({ DOCKER_HOST: `unix://${socketPath}` });
  expect(found).toEqual({ socketPath });
  await removeLabelled({ socketPath }, 'run=7');
  engine.close();
  expect(asked).toEqual([
    'GET /_ping',
    'GET /containers/json?all=1&filters={"label":["run=7"]}',
    'DELETE /containers/abc?force=1&v=1',
  ]);
});

test('a program is found on PATH before elsewhere, under its own name, and only where it may be run', async () => {
  await using folder = await tempDir();
  const [first, second, real] = ['first', 'second', 'real'].map((name) => join(folder.path, name)) as [
    string,
    string,
    string,
  ];
  for (const path of [first, second, real]) await mkdir(path);
  await writeFile(join(first, 'server'), '#!/bin/sh\n', { mode: 0o644 });
  await writeFile(join(real, 'server-15'), '#!/bin/sh\n');
  await chmod(join(real, 'server-15'), 0o755);
  await symlink(join(real, 'server-15'), join(second, 'server'));
  expect(findProgram('server', `${first}:${second}`)).toBe(join(second, 'server'));
  expect(findProgram('server', first, [second])).toBe(join(second, 'server'));
  expect(findProgram('server', first)).toBeUndefined();
});

test('the newest Postgres of the packages comes first', async () => {
  await using folder = await tempDir();
  for (const version of ['9', '15', '17']) await mkdir(join(folder.path, version));
  expect(postgresFolders([folder.path, join(folder.path, 'absent')])).toEqual(
    ['17', '15', '9'].map((version) => join(folder.path, version, 'bin')),
  );
});

test.each([
  [
    'root:x:0:0::/root:/bin/sh\nnobody:x:65534:65534::/:/bin/false\npostgres:x:105:106::/:/bin/sh\n',
    { uid: 105, gid: 106 },
  ],
  ['root:x:0:0::/root:/bin/sh\nnobody:x:65534:65533::/:/bin/false\n', { uid: 65534, gid: 65533 }],
  ['root:x:0:0::/root:/bin/sh\n', undefined],
])('root starts Postgres as the user postgres, else as nobody', (passwd, user) => {
  expect(unprivilegedUser(passwd)).toEqual(user);
});
