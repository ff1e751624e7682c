/** `npm run bench`: pages per second through the whole line on both backends, and what each part costs alone. */
import { parseArgs } from 'node:util';
import { benchClaims } from './claims.ts';
import { benchLine } from './line.ts';
import { benchParts } from './parts.ts';
import { table } from './report.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    pages: { type: 'string', default: '300' },
    hosts: { type: 'string', default: '8' },
    bytes: { type: 'string', default: '60000' },
    help: { type: 'boolean', default: false },
  },
});

const BENCHES = { parts: benchParts, line: benchLine, claims: benchClaims } as const;
type Bench = keyof typeof BENCHES;

if (values.help) {
  console.log(`npm run bench [-- parts|line|claims] [--pages N] [--hosts H] [--bytes B]

  parts   milliseconds of each step on one generated page, in one process
  line    pages per second from seed to story: embedded, and Redis + Postgres where a server can be had
  claims  milliseconds of a frontier claim with many URLs on many hosts`);
} else {
  const chosen = (positionals.length > 0 ? positionals : Object.keys(BENCHES)) as Bench[];
  const size = { pages: Number(values.pages), hosts: Number(values.hosts), bytesPerPage: Number(values.bytes) };
  for (const name of chosen) {
    const bench = BENCHES[name];
    if (!bench) throw new Error(`no such benchmark: ${name}`);
    console.log(`\n${name}`);
    for await (const rows of bench(size)) console.log(table(rows));
  }
  process.exit(0);
}
