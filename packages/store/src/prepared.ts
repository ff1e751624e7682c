/** Statements on PGlite, prepared once and run in one protocol round each, where PGlite's own `query` takes five. */
import { type PGlite, protocol, types } from '@electric-sql/pglite';
import type { Row } from './database.ts';

/** Rows of a statement, and how many rows it wrote where it writes any. */
export type Ran<T> = { rows: T[]; affectedRows?: number };

/** Runs one statement. The caller holds the session for itself. */
export type RunPrepared = <T extends Row = Row>(text: string, parameters?: readonly unknown[]) => Promise<Ran<T>>;

type Field = { name: string; dataTypeID: number };
type Statement = { name: string; parameterTypes: number[]; fields: Field[]; runs: number };
type Message = Awaited<ReturnType<PGlite['execProtocol']>>['messages'][number];

/** Statements kept prepared; the hot ones of facts and queues are some eighty. */
const KEPT = 256;
/**
 * A statement is prepared anew after so many runs: its plan may be from a time when its tables were empty, and nothing
 * here gathers statistics that would make Postgres plan again.
 */
const RUNS_A_PLAN = 1_000;
/** Postgres codes for a prepared statement that is gone, or whose columns changed under it. */
const STALE = new Set(['26000', '0A000']);

const { serialize } = protocol;

/** Opens the statement cache of a session. */
export function openPrepared(session: PGlite): RunPrepared {
  const kept = new Map<string, Statement>();
  let names = 0;

  const exchange = async (messages: Uint8Array[]): Promise<readonly Message[]> => {
    const answer = await session.execProtocol(Buffer.concat([...messages, serialize.sync()]), { throwOnError: false });
    const error = answer.messages.find((message) => message.name === 'error');
    if (error) throw error;
    return answer.messages;
  };

  const prepare = async (text: string): Promise<Statement> => {
    const closing = [];
    const old = kept.get(text);
    if (old) closing.push(serialize.close({ type: 'S', name: old.name }));
    kept.delete(text);
    const [oldest] = kept.size >= KEPT ? kept : [];
    if (oldest) {
      closing.push(serialize.close({ type: 'S', name: oldest[1].name }));
      kept.delete(oldest[0]);
    }
    const name = `s${++names}`;
    const messages = await exchange([
      ...closing,
      serialize.parse({ name, text }),
      serialize.describe({ type: 'S', name }),
    ]);
    const statement: Statement = { name, parameterTypes: [], fields: [], runs: 0 };
    for (const message of messages) {
      if ('dataTypeIDs' in message) statement.parameterTypes = message.dataTypeIDs as number[];
      if (message.name === 'rowDescription') statement.fields = (message as unknown as { fields: Field[] }).fields;
    }
    kept.set(text, statement);
    return statement;
  };

  const run: RunPrepared = async <T extends Row>(text: string, parameters: readonly unknown[] = []) => {
    let statement = kept.get(text);
    if (statement && statement.runs < RUNS_A_PLAN) {
      // The map is in order of use, so that what leaves it is what was used longest ago.
      kept.delete(text);
      kept.set(text, statement);
    } else statement = await prepare(text);
    statement.runs++;
    const { parameterTypes } = statement;
    const values = parameters.map((value, index) => written(session, value, parameterTypes[index] ?? 0));
    const messages = await exchange([serialize.bind({ statement: statement.name, values }), serialize.execute()]);
    return read<T>(session, messages, statement.fields);
  };

  return async (text, parameters) => {
    try {
      return await run(text, parameters);
    } catch (error) {
      if (!STALE.has((error as { code?: string }).code ?? '') || session.isInTransaction()) throw error;
      kept.delete(text);
      return run(text, parameters);
    }
  };
}

/** A parameter as text or bytes of its type. */
function written(session: PGlite, value: unknown, type: number): string | Uint8Array | null {
  if (value === null || value === undefined) return null;
  // Sent as they are, where PGlite would write them as hexadecimal text.
  if (type === types.BYTEA && value instanceof Uint8Array) return value;
  const serializer = session.serializers[type];
  return serializer ? (serializer(value) as string) : String(value);
}

function read<T>(session: PGlite, messages: readonly Message[], fields: readonly Field[]): Ran<T> {
  const ran: Ran<T> = { rows: [] };
  for (const message of messages) {
    if (message.name === 'dataRow') {
      const row: Row = {};
      for (const [index, text] of (message as unknown as { fields: (string | null)[] }).fields.entries()) {
        const field = fields[index];
        if (field) row[field.name] = types.parseType(text, field.dataTypeID, session.parsers);
      }
      ran.rows.push(row as T);
    } else if (message.name === 'commandComplete') {
      const written = /^(?:INSERT \d+|UPDATE|DELETE|MERGE) (\d+)$/.exec((message as unknown as { text: string }).text);
      if (written) ran.affectedRows = Number(written[1]);
    }
  }
  return ran;
}
