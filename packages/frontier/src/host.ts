/** Whom an address belongs to: the host we are polite to, and the source that publishes there. */
import { parse } from 'tldts';

/**
 * The unit of politeness: the host name in lower case, with the port where it is not the scheme's own.
 * Throws TypeError where the address does not parse.
 */
export function hostOf(url: string): string {
  return new URL(url).host;
}

/**
 * The source of an address: its registered domain by the Public Suffix List, private suffixes included (each blog of a
 * blog host is its own source); the host with its port where there is none (IP addresses, `localhost`, single labels).
 * Throws TypeError where the address does not parse.
 */
export function sourceOf(url: string): string {
  const { hostname, host } = new URL(url);
  return registeredDomain(hostname) ?? host;
}

/** The registered domain of a host name, or null where it has none. */
export function registeredDomain(hostname: string): string | null {
  const found = parse(hostname, { allowPrivateDomains: true, extractHostname: false, validateHostname: false });
  return found.isIp ? null : found.domain;
}
