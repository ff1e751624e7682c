/** Holds the dependency rule and the house rules as tables: an import points down, or does not exist. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

/** What a package or service may import: its own kind by name, and the outside libraries that have their home in it. */
type Row = { ours: string[]; outside?: string[] };

/** The dependency rule, from the ground up. A row may name only rows above it, so there can be no circle. */
const MAY_IMPORT: Record<string, Row> = {
  // Ground: pure.
  'packages/model': { ours: [] },
  'packages/frontier': { ours: ['model'], outside: ['tldts'] },
  'packages/extract': {
    ours: ['model', 'frontier'],
    outside: ['cheerio', 'htmlparser2', 'domhandler', 'domutils', 'iconv-lite'],
  },
  'packages/enrich': { ours: ['model'] },
  // Contracts.
  'packages/jobs': { ours: ['model'], outside: ['zod'] },
  // Edges: each owns one outside thing.
  'packages/reader': { ours: ['model', 'extract'] },
  'packages/runtime': { ours: [], outside: ['zod', 'pino'] },
  'packages/http': { ours: ['model', 'frontier'], outside: ['got'] },
  'packages/archive': { ours: ['model', 'http'], outside: ['warcio'] },
  'packages/store': { ours: ['model'], outside: ['pg', '@electric-sql/pglite'] },
  'packages/queue': { ours: ['jobs', 'runtime'], outside: ['bullmq', 'ioredis'] },
  'packages/service': { ours: ['model', 'frontier', 'jobs', 'runtime', 'store', 'queue'] },
  'packages/samplesite': { ours: [] },
  'packages/testkit': { ours: [], outside: ['testcontainers', 'ioredis', 'pg', 'vitest'] },
  // Services: any package, never another service.
  'services/crawler': {
    ours: ['model', 'frontier', 'jobs', 'runtime', 'http', 'store', 'queue', 'service'],
  },
  'services/parser': {
    ours: ['model', 'frontier', 'extract', 'enrich', 'jobs', 'runtime', 'reader', 'store', 'queue', 'service'],
  },
  'services/renderer': {
    ours: ['model', 'frontier', 'jobs', 'runtime', 'http', 'store', 'queue', 'service'],
  },
  'services/enricher': { ours: ['model', 'extract', 'enrich', 'jobs', 'runtime', 'store', 'queue', 'service'] },
  'services/api': {
    ours: [
      'model',
      'frontier',
      'extract',
      'enrich',
      'jobs',
      'runtime',
      'reader',
      'archive',
      'store',
      'queue',
      'service',
    ],
    outside: [
      'zod',
      'fastify',
      'fastify-type-provider-zod',
      '@fastify/swagger',
      '@fastify/swagger-ui',
      '@bull-board/api',
      '@bull-board/fastify',
    ],
  },
  // What puts the services together.
  'services/all': {
    ours: [
      'model',
      'jobs',
      'runtime',
      'store',
      'queue',
      'service',
      'samplesite',
      'crawler',
      'parser',
      'renderer',
      'enricher',
      'api',
    ],
  },
  'packages/cli': {
    ours: [
      'model',
      'frontier',
      'extract',
      'enrich',
      'jobs',
      'runtime',
      'http',
      'archive',
      'store',
      'queue',
      'service',
      'parser',
      'enricher',
      'api',
      'all',
    ],
    outside: ['commander', 'p-limit'],
  },
};

/** Libraries with more than one home, and why: schemas are written where the thing they check is; tests need clients. */
const SEVERAL_HOMES: Record<string, string[]> = {
  zod: ['packages/jobs', 'packages/runtime', 'services/api'],
  pg: ['packages/store', 'packages/testkit'],
  ioredis: ['packages/queue', 'packages/testkit'],
};

/** Pure packages may hash, decompress and read the data files shipped with them; no network, no processes, no clock. */
const GROUND = ['packages/model', 'packages/frontier', 'packages/extract', 'packages/enrich'];
const GROUND_BUILTINS = ['node:buffer', 'node:crypto', 'node:fs', 'node:zlib'];

/** Who may import the sample site: the demo that serves it, and tests. */
const SERVES_SAMPLE_SITE = ['services/all/src/demo/main.ts'];

/** Where settings come in: programs, and the testkit, which is told by TEST_ variables where its servers are. */
const READS_ENVIRONMENT = [/\/main\.ts$/, /^packages\/testkit\//];

/** Where the clock may be read: programs, runtime and testkit. Everything else is handed the time. */
const READS_CLOCK = [
  /\/main\.ts$/,
  /^packages\/(?:runtime|testkit)\//,
  // The one place where the services' clock is made, unless a caller hands in another.
  /^packages\/service\/src\/context\.ts$/,
  // BullMQ takes the moment until which it holds a job back by its own clock.
  /^packages\/queue\/src\/work\.ts$/,
  // A subcommand is a program of its own: the command line has no context that could hand it the time.
  /^packages\/cli\/src\/commands\/[a-z]+\.ts$/,
];

/** The longest file anybody still reads from end to end. */
const MOST_LINES = 400;

type Source = { path: string; member: string; isTest: boolean; isTool: boolean; text: string; code: string };

/** All sources of packages and services; `code` is without comments. */
const sources: Source[] = globSync('{packages,services}/*/{src,train}/**/*.{ts,js}', { cwd: root })
  .map((it) => it.replaceAll('\\', '/'))
  .sort()
  .map((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    return {
      path,
      member: path.split('/').slice(0, 2).join('/'),
      isTest: /\.test\.ts$/.test(path) || path.includes('/testing/'),
      isTool: path.split('/')[2] === 'train',
      text,
      code: text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1'),
    };
  });
const members = [...new Set(sources.map(({ member }) => member))];
const product = sources.filter(({ isTest, isTool }) => !isTest && !isTool);

/** Everything a source imports, as written: statements that begin a line, but not those in templates, and `import()`. */
function importsOf({ code }: Source): string[] {
  const statements = code
    .replace(/`(?:[^`\\]|\\[\s\S])*`/g, '')
    .matchAll(/^(?:import|export)\s(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]/gm);
  const calls = code.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g);
  return [...statements, ...calls].map((match) => match[1] ?? '');
}

/** Everything a member lets others import: its name, and the further doors that its package.json names. */
function doorsOf(member: string): string[] {
  const { name, exports } = JSON.parse(readFileSync(join(root, member, 'package.json'), 'utf8')) as {
    name: string;
    exports: string | Record<string, string>;
  };
  return typeof exports === 'string' ? [name] : Object.keys(exports).map((door) => name + door.slice(1));
}

const isOutside = (name: string) => !name.startsWith('.') && !name.startsWith('node:');
/** `@newsloom/jobs` of `@newsloom/jobs`, `cheerio` of `cheerio/slim`. */
const packageOf = (name: string): string => name.split('/', name.startsWith('@') ? 2 : 1).join('/');
const ours = (name: string): string | null => /^@newsloom\/(.+)$/.exec(name)?.[1] ?? null;
const homeOf = (name: string): string | undefined =>
  Object.keys(MAY_IMPORT).find((member) => member.split('/')[1] === name);

/** Packages that some sources import, each once, in order. */
const importedBy = (from: Source[]): string[] =>
  [...new Set(from.flatMap(importsOf).filter(isOutside).map(packageOf))].sort();

describe('the dependency rule', () => {
  test('every package and service has a row in the table, and every row has its folder', () => {
    expect(members.sort()).toEqual(Object.keys(MAY_IMPORT).sort());
  });

  test('a row names only rows above it, so nothing goes in a circle', () => {
    const order = Object.keys(MAY_IMPORT);
    for (const [member, row] of Object.entries(MAY_IMPORT)) {
      const above = order.slice(0, order.indexOf(member)).map((it) => it.split('/')[1]);
      expect(above, member).toEqual(expect.arrayContaining(row.ours));
    }
  });

  test('no service but the one that joins them imports a service', () => {
    const services = Object.keys(MAY_IMPORT).filter((it) => it.startsWith('services/'));
    for (const service of services.filter((it) => it !== 'services/all')) {
      const imported = MAY_IMPORT[service]?.ours.filter((it) => homeOf(it)?.startsWith('services/'));
      expect(imported, service).toEqual([]);
    }
  });

  test('an outside library has one home', () => {
    const homes: Record<string, string[]> = {};
    for (const [member, row] of Object.entries(MAY_IMPORT))
      for (const library of row.outside ?? []) homes[library] = [...(homes[library] ?? []), member];
    for (const [library, members] of Object.entries(homes))
      expect(members, library).toEqual(SEVERAL_HOMES[library] ?? [expect.any(String)]);
  });

  test.each(Object.entries(MAY_IMPORT))('%s imports nothing but its row', (member, row) => {
    const allowed = [...row.ours.map((name) => `@newsloom/${name}`), ...(row.outside ?? [])];
    const imported = importedBy(sources.filter((it) => it.member === member && !it.isTest));
    expect(imported.filter((name) => !allowed.includes(name))).toEqual([]);
  });

  test('a package is imported through a door it names, never by a path into it', () => {
    const doors = new Set(members.flatMap(doorsOf));
    const deep = sources.flatMap((it) =>
      importsOf(it)
        .filter((name) => name.startsWith('@newsloom/') && !doors.has(name))
        .map((name) => `${it.path}: ${name}`),
    );
    const leaving = sources.flatMap((it) =>
      importsOf(it)
        .filter((name) => name.startsWith('.') && !join(it.path, '..', name).startsWith(`${it.member}/`))
        .map((name) => `${it.path}: ${name}`),
    );
    expect([...deep, ...leaving]).toEqual([]);
  });

  test('the testkit is imported by tests alone, the sample site by tests and the demo', () => {
    const found = product.flatMap((it) =>
      importedBy([it])
        .map(ours)
        .filter((name) => name === 'testkit' || (name === 'samplesite' && !SERVES_SAMPLE_SITE.includes(it.path)))
        .map((name) => `${it.path}: ${name}`),
    );
    expect(found).toEqual([]);
  });

  test('the ground is pure: no network, no processes, no clock, no chance', () => {
    const found = product
      .filter(({ member }) => GROUND.includes(member))
      .flatMap((it) => [
        ...importsOf(it)
          .filter((name) => name.startsWith('node:') && !GROUND_BUILTINS.includes(name))
          .map((name) => `${it.path}: ${name}`),
        ...(/\bfetch\(|\bsetTimeout\(|\bperformance\.now\(/.test(it.code) ? [`${it.path}: reaches for the world`] : []),
      ]);
    expect(found).toEqual([]);
  });

  test.each(members)('%s declares exactly what it imports', (member) => {
    const own = sources.filter((it) => it.member === member);
    const { dependencies = {}, devDependencies = {} } = JSON.parse(
      readFileSync(join(root, member, 'package.json'), 'utf8'),
    ) as { dependencies?: Record<string, string>; devDependencies?: Record<string, string> };
    // vitest is the tool that runs all tests: it is declared once, at the root.
    const needed = importedBy(own.filter((it) => !it.isTest)).filter((name) => name !== 'vitest');
    const forTests = importedBy(own.filter((it) => it.isTest)).filter((name) => name !== 'vitest');
    const types = (name: string) => name.startsWith('@types/') && needed.includes(name.slice('@types/'.length));
    expect(
      Object.keys(dependencies)
        .filter((name) => !types(name))
        .sort(),
    ).toEqual(needed);
    expect(
      Object.keys(devDependencies)
        .filter((name) => !types(name))
        .sort(),
    ).toEqual(forTests.filter((name) => !needed.includes(name)));
  });
});

describe('the house rules', () => {
  const offenders = (pattern: RegExp, allowed: RegExp[]) =>
    product
      .filter(({ path, code }) => pattern.test(code) && !allowed.some((it) => it.test(path)))
      .map(({ path }) => path);

  test('settings come in through main', () => {
    expect(offenders(/\bprocess\.env\b/, READS_ENVIRONMENT)).toEqual([]);
  });

  test('time is handed in', () => {
    expect(offenders(/\bnew Date\(\)|\bDate\.now\(/, READS_CLOCK)).toEqual([]);
  });

  test('chance is handed in', () => {
    expect(offenders(/\bMath\.random\(/, [/^packages\/(?:runtime|testkit)\//])).toEqual([]);
  });

  test('every exception to a rule is still needed', () => {
    const used = (pattern: RegExp, allowed: RegExp[]) =>
      allowed.filter((it) => !product.some(({ path, code }) => it.test(path) && pattern.test(code)));
    expect(used(/\bprocess\.env\b/, READS_ENVIRONMENT)).toEqual([]);
    expect(used(/\bnew Date\(\)|\bDate\.now\(/, READS_CLOCK.slice(2))).toEqual([]);
    expect(SERVES_SAMPLE_SITE.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  test('nothing is typed any', () => {
    const any = /(?::|<|\||\bas)\s*any\s*(?:[;,)\]}>|=[]|$)/m;
    const untyped = sources.filter(({ code }) =>
      any.test(code.replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''")),
    );
    expect(untyped.map(({ path }) => path)).toEqual([]);
  });

  test('a source says in its first line what lives there', () => {
    const silent = sources.filter(({ isTest, text }) => !isTest && !/^(?:#!.*\n)?\/\*\*[\s*]+[^\s*]/.test(text));
    expect(silent.map(({ path }) => path)).toEqual([]);
  });

  test(`no source is longer than ${MOST_LINES} lines`, () => {
    const long = sources.filter(({ isTest, text }) => !isTest && text.split('\n').length - 1 > MOST_LINES);
    expect(long.map(({ path }) => path)).toEqual([]);
  });
});
