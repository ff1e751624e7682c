/** What a source of a server is: one way to come by a Redis or a Postgres for the tests. */

/** A server that runs, and how to be rid of it. */
export type Provided = {
  url: string;
  /** Where it came from, for people: `testcontainers (redis:7-bookworm)`. */
  from: string;
  /** Ends what was started for it; nothing where it was only found. May be called twice. */
  stop(): Promise<void>;
};

/** The servers the tests need. */
export type ServerKind = 'redis' | 'postgres';

/** A source either gives a server or says, as part of a sentence, why it cannot. */
export type Attempt = Provided | { no: string };

/** One way to come by a server. Rejects only where a person asked for just this and it does not work. */
export type ServerSource = (kind: ServerKind, env: NodeJS.ProcessEnv) => Promise<Attempt>;
