/** Structured logs: one JSON line an event on stderr, so that stdout stays for results. */
import { type Logger, pino } from 'pino';

export type Log = Logger;

/** Longest error text that is kept: exception text may hold a whole body. */
const MAX_ERROR_CHARS = 500;

/**
 * Opens the log of one process.
 * @param level least severe level written
 * @param service name carried by every line
 */
export function openLog(level: string, service: string): Log {
  return pino(
    {
      level,
      base: { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: {
        err: (error: unknown) =>
          error instanceof Error ? describe(error) : { message: String(error).slice(0, MAX_ERROR_CHARS) },
      },
    },
    pino.destination({ fd: 2, sync: false }),
  );
}

function describe(error: Error): Record<string, unknown> {
  const { code, cause } = error as Error & { code?: unknown };
  return {
    name: error.name,
    message: error.message.slice(0, MAX_ERROR_CHARS),
    ...(code !== undefined && { code }),
    stack: error.stack?.split('\n').slice(1, 6).join(' | '),
    ...(cause instanceof Error && { cause: describe(cause) }),
  };
}
