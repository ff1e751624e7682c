/** Benchmark figures as text. */

/** What a benchmark runs over. */
export type BenchSize = { pages: number; hosts: number; bytesPerPage: number };
export type BenchRow = Record<string, string | number>;

/** Rows as an aligned table with the first row's keys as its head. */
export function table(rows: readonly BenchRow[]): string {
  const head = Object.keys(rows[0] ?? {});
  const cells = [head, ...rows.map((row) => head.map((key) => String(row[key] ?? '')))];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  '),
    )
    .join('\n');
}

/** Milliseconds with two decimals. */
export const ms = (value: number): string => value.toFixed(2);

/** The value below which a share of the sorted samples lies. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
