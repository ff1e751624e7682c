/** The one way to talk to a database, whichever is behind it. */

export type Row = Record<string, unknown>;

/** Runs statements. Parameters are `$1` ...; JSON is passed as text, bytes as Uint8Array. */
export interface Sql {
  query<T extends Row = Row>(text: string, parameters?: readonly unknown[]): Promise<T[]>;
}

/** A database: Postgres over the network, or PGlite in this process. */
export interface Database extends Sql {
  readonly kind: 'postgres' | 'embedded';
  /** Runs `work` in one transaction; rolled back when it throws. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** Runs several statements without parameters. */
  script(text: string): Promise<void>;
  /** Calls back for every notification on a channel; answers with the way to stop. */
  listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** The store cannot be reached or used; `message` says what to do. */
export class StoreError extends Error {
  override name = 'StoreError';
  readonly code: string;
  readonly exitCode: number;
  constructor(code: string, message: string, options?: ErrorOptions & { exitCode?: number }) {
    super(message, options);
    this.code = code;
    this.exitCode = options?.exitCode ?? 69;
  }
}
