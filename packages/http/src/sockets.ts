/** Opens sockets to checked addresses only. */
import type { LookupAddress, LookupOptions } from 'node:dns';
import { lookup as systemLookup } from 'node:dns/promises';
import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { type Cidr, isPublicAddress } from '@newsloom/frontier';
import { RefusedAddress } from './errors.ts';

/** Finds the addresses of a name; rejects where there are none. */
export type Lookup = (hostname: string) => Promise<readonly LookupAddress[]>;

/** Asks the system's resolver for all addresses, in its order. */
export const lookupBySystem: Lookup = (hostname) => systemLookup(hostname, { all: true, order: 'verbatim' });

/** Kept open per host, for the next page: politeness has one request at a time anyway. */
const FREE_SOCKETS_PER_HOST = 2;
/** An unused socket is closed after this long; longer than the usual gap between two pages of a host. */
const IDLE_MS = 15_000;

const KEEP_ALIVE = {
  keepAlive: true,
  maxFreeSockets: FREE_SOCKETS_PER_HOST,
  timeout: IDLE_MS,
  scheduling: 'lifo',
} as const;

/** The agents that every request goes through. */
export type Agents = { http: http.Agent; https: https.Agent };

/** Certificates trusted beside the system's, in PEM. */
export type Trust = { ca?: string | string[] };

/**
 * Agents whose sockets open only to public addresses, or those in `allowed`. An IP address is checked as it stands; a
 * name is looked up once, all its answers are checked, and the socket gets no other address than those.
 */
export function openGuardedAgents(allowed: readonly Cidr[], lookup: Lookup, trust: Trust): Agents {
  const guarded = guardLookup(allowed, lookup);
  class GuardedHttp extends http.Agent {
    override createConnection(options: http.ClientRequestArgs, callback?: OnSocket): Duplex | null | undefined {
      const refused = refusedHost(options.host ?? options.hostname, allowed);
      if (refused) return fail(refused, callback);
      return super.createConnection({ ...options, lookup: guarded }, callback);
    }
  }
  class GuardedHttps extends https.Agent {
    override createConnection(options: https.RequestOptions, callback?: OnSocket): Duplex | null | undefined {
      const refused = refusedHost(options.host ?? options.hostname, allowed);
      if (refused) return fail(refused, callback);
      return super.createConnection({ ...options, lookup: guarded }, callback);
    }
  }
  return { http: new GuardedHttp(KEEP_ALIVE), https: new GuardedHttps({ ...KEEP_ALIVE, ...trust }) };
}

type OnSocket = (error: Error | null, socket: Duplex) => void;
type OnLookup = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void;

/** Wraps a lookup so that it hands out checked addresses only. */
export function guardLookup(allowed: readonly Cidr[], lookup: Lookup) {
  return (hostname: string, options: LookupOptions, callback: OnLookup): void => {
    lookup(hostname).then(
      (answers) => {
        const checked = checkAnswers(answers, allowed);
        if (checked instanceof Error) return callback(checked, []);
        const family = options.family === 4 || options.family === 6 ? options.family : 0;
        const wanted = checked.filter((answer) => family === 0 || answer.family === family);
        const [first] = wanted;
        if (first === undefined) return callback(Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), []);
        return options.all ? callback(null, wanted) : callback(null, first.address, first.family);
      },
      (cause: NodeJS.ErrnoException) => callback(cause, []),
    );
  };
}

/**
 * The answers that may be contacted. One private answer beside public ones refuses the name, since a name that leads
 * both ways is how rebinding looks. Merely left out are answers that translate a public IPv4 address (NAT64, 6to4), and
 * private ones beside an address that the operator allowed (`localhost` is `::1` too).
 */
function checkAnswers(answers: readonly LookupAddress[], allowed: readonly Cidr[]): LookupAddress[] | Error {
  const judged = answers.map((answer) => ({ answer, ...isPublicAddress(answer.address, allowed) }));
  const checked = judged.filter((one) => one.allowed);
  const inside = checked.some(({ range }) => range !== null);
  const refused = judged.some(
    (one) => !one.allowed && !inside && (one.translates === null || !isPublicAddress(one.translates).allowed),
  );
  if (refused || (checked.length === 0 && answers.length > 0)) return new RefusedAddress();
  return checked.map(({ answer }) => answer);
}

function refusedHost(host: string | null | undefined, allowed: readonly Cidr[]): RefusedAddress | null {
  const bare = host?.startsWith('[') ? host.slice(1, -1) : (host ?? '');
  // A name goes on to the lookup; net.connect looks nothing up for what isIP knows.
  if (isIP(bare) === 0) return null;
  return isPublicAddress(bare, allowed).allowed ? null : new RefusedAddress();
}

/** Tells the agent in its own way: it destroys the request with the error. */
function fail(error: Error, callback: OnSocket | undefined): null {
  const report = callback as ((error: Error) => void) | undefined;
  process.nextTick(() => report?.(error));
  return null;
}
