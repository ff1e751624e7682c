/** Small things that the commands with a `--batch` option share. */
import { type BatchLine, EXIT } from './batch.ts';

/** The text in a field of a line. Throws Error where it is missing or no text. */
export function textOf(line: BatchLine, field: string): string {
  const value = line[field];
  if (typeof value !== 'string') throw new Error(`${field} is ${value === undefined ? 'missing' : 'not a text'}`);
  return value;
}

/** Tells how a command is used, and leaves the exit code for that. */
export function usageError(command: string, sentence: string): void {
  process.stderr.write(`newsloom ${command}: ${sentence} (see newsloom ${command} --help)\n`);
  process.exitCode = EXIT.usage;
}
