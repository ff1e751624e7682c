/** Names of entities between files and a desk, in batches. */
import { MOST_ROWS } from '@newsloom/api/entity-names';
import { openOutput } from '../batch.ts';
import type { Desk } from './desk.ts';
import { type Format, headOf, lineOf, readNames } from './name-file.ts';

/** Lines told one by one; of more only the number is told. */
const MOST_TOLD = 1_000;

/** Takes a file in; each line that cannot be used is told with its number and reason, and the others are kept. */
export async function importFile(desk: Pick<Desk, 'bring'>, file: string): Promise<void> {
  let [added, known, refused] = [0, 0, 0];
  const tell = (lineNumber: number, reason: string): void => {
    refused++;
    if (refused <= MOST_TOLD) process.stderr.write(`${file}:${lineNumber}: ${reason}\n`);
  };
  let batch: { lineNumber: number; row: unknown }[] = [];
  const hand = async (): Promise<void> => {
    if (batch.length === 0) return;
    const brought = await desk.bring(batch.map((it) => it.row));
    added += brought.added;
    known += brought.known;
    for (const { row, reason } of brought.refused) tell(batch[row]?.lineNumber ?? 0, reason);
    batch = [];
  };
  for await (const line of readNames(file)) {
    if ('reason' in line) tell(line.lineNumber, line.reason);
    else batch.push(line);
    if (batch.length >= MOST_ROWS) await hand();
  }
  await hand();
  const passed = refused === 0 ? '' : `, ${refused} passed over`;
  process.stdout.write(`${added} ${added === 1 ? 'name' : 'names'} added, ${known} known already${passed}\n`);
  if (refused > 0) process.exitCode = 1;
}

/** Writes all names out, in the order in which they came. */
export async function exportFile(
  desk: Pick<Desk, 'names'>,
  { format, out, shipped }: { format: Format; out: string; shipped: boolean },
): Promise<void> {
  const output = await openOutput(out);
  try {
    const head = headOf(format).trimEnd();
    if (head !== '') await output.write(head);
    let after: number | null = 0;
    while (after !== null) {
      const page = await desk.names(after, MOST_ROWS, shipped);
      for (const name of page.items) await output.write(lineOf(name, format).trimEnd());
      after = page.next;
    }
  } finally {
    await output.close();
  }
}
