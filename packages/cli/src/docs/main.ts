/** Writes the generated pages: docs/configuration.md, docs/queues.md, .env.example. */
import { writeFileSync } from 'node:fs';
import { GENERATED } from './generated.ts';

for (const [path, text] of Object.entries(GENERATED)) {
  writeFileSync(new URL(path, new URL('../../../../', import.meta.url)), text());
  process.stdout.write(`${path}\n`);
}
