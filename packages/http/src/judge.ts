/** Whether an address would be let out, for people who ask; the sockets decide again when they open. */
import { checkUrl, isPublicAddress, parseCidr } from '@newsloom/frontier';
import { type Lookup, lookupBySystem } from './sockets.ts';

/** The decision and why, in words: `public-address`, `name`, `private-address (loopback)`, `dns`. */
export type Judgement = { allowed: boolean; reason: string };

/**
 * Judges an URL as the guard does. With `resolve` a name is looked up and all its answers are checked; without, it passes
 * with the reason `name`, since its answers are checked when the socket opens. Throws RangeError for a bad block.
 */
export async function judgeUrl(
  url: string,
  {
    allowPrivate = [],
    resolve = false,
    lookup = lookupBySystem,
  }: { allowPrivate?: readonly string[]; resolve?: boolean; lookup?: Lookup } = {},
): Promise<Judgement> {
  const allowed = allowPrivate.map(parseCidr);
  const verdict = checkUrl(url, allowed);
  if (!verdict.allowed) return { allowed: false, reason: `${verdict.reason} (${verdict.detail})` };
  if (verdict.host === 'address') return { allowed: true, reason: 'public-address' };
  if (!resolve) return { allowed: true, reason: 'name' };
  const answers = await lookup(new URL(url).hostname).catch(() => []);
  if (answers.length === 0) return { allowed: false, reason: 'dns' };
  for (const { address } of answers) {
    const { allowed: permitted, range } = isPublicAddress(address, allowed);
    if (!permitted) return { allowed: false, reason: `private-address (${range})` };
  }
  return { allowed: true, reason: 'public-address' };
}

/** Judges an IP address in any spelling. Throws RangeError for a bad block. */
export function judgeAddress(ip: string, allowPrivate: readonly string[] = []): Judgement {
  const { allowed, range } = isPublicAddress(ip, allowPrivate.map(parseCidr));
  if (allowed) return { allowed, reason: range === null ? 'public-address' : `allowed (${range})` };
  return { allowed, reason: range === 'not-an-address' ? range : `private-address (${range})` };
}
