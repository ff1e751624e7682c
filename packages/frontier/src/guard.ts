/** Whether an address may be asked for at all, before any name is looked up. */
import { type Cidr, isPublicAddress } from './address.ts';

/** Why an address is refused. */
export type GuardReason =
  | 'bad-url'
  | 'unsupported-scheme'
  | 'credentials'
  | 'bad-port'
  | 'private-address'
  | 'local-name';

/** The decision; `name` where the host must still be looked up and every answer checked. */
export type GuardVerdict =
  | { allowed: true; host: 'address' | 'name' }
  | { allowed: false; reason: GuardReason; detail: string };

/** Ports of services that are not the web: the fetch standard's bad ports, and databases and brokers beyond them. */
const BAD_PORTS = new Set(
  (
    '0 1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 53 69 77 79 87 95 101 102 103 104 109 110 111 113 115 117 119 123 135 ' +
    '137 139 143 161 179 389 427 445 465 512 513 514 515 526 530 531 532 540 548 554 556 563 587 601 636 873 989 990 993 995 ' +
    '1433 1521 1719 1720 1723 2049 2375 2376 2379 2380 3306 3389 3659 4045 4190 5060 5061 5432 5672 5900 5984 6000 6379 6380 ' +
    '6443 6566 6665 6666 6667 6668 6669 6679 6697 9042 9092 9200 9300 10080 10250 11211 27017 27018'
  )
    .split(' ')
    .map(Number),
);

/** Domains that never lead to the public web: RFC 6761, 6762, 7686, 8375 and 9476, ICANN's `internal`, and usual home names. */
const LOCAL_DOMAINS = new Set(
  'localhost localhost4 localhost6 ip6-localhost ip6-loopback local internal intranet private corp home lan localdomain domain svc home.arpa arpa test invalid onion alt'.split(
    ' ',
  ),
);

/** Name services that lead wherever a name says, loopback included: anybody can point one inside, and nobody publishes there. */
const POINTING_DOMAINS = new Set(
  'nip.io sslip.io xip.io localtest.me lvh.me vcap.me lacolhost.com traefik.me rbndr.us 1u.ms'.split(' '),
);

/** Names in public domains that lead to the metadata service of a cloud, and nowhere else. */
const METADATA_NAMES = new Set(
  'metadata.goog metadata.tencentyun.com metadata.packet.net metadata.platformequinix.com api.metadata.cloud.ibm.com'.split(
    ' ',
  ),
);

/**
 * Decides about an address as it stands: http and https only, no credentials, no port of another service, no IP address
 * that is not public (in any spelling) unless in `allowed`, no local name. Where blocks are allowed, local names pass:
 * their answers are checked like all others, and they are how a private network names its hosts.
 */
export function checkUrl(url: string, allowed: readonly Cidr[] = []): GuardVerdict {
  const parsed = URL.parse(url);
  if (parsed === null) return refuse('bad-url', 'does not parse');
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') return refuse('unsupported-scheme', parsed.protocol);
  if (parsed.username !== '' || parsed.password !== '') return refuse('credentials', 'name or password in the address');
  if (parsed.port !== '' && BAD_PORTS.has(Number(parsed.port))) return refuse('bad-port', parsed.port);

  const { hostname } = parsed;
  if (isAddress(hostname)) {
    const { allowed: permitted, range } = isPublicAddress(hostname, allowed);
    return permitted ? { allowed: true, host: 'address' } : refuse('private-address', range ?? 'unknown');
  }
  const name = hostname.replace(/\.+$/, '');
  if (name === '') return refuse('bad-url', 'no host');
  if (allowed.length === 0 && isLocalName(name)) return refuse('local-name', name.slice(name.lastIndexOf('.') + 1));
  return { allowed: true, host: 'name' };
}

/** True where a URL's host name, as the WHATWG parser writes it, is an IP address. */
export function isAddress(hostname: string): boolean {
  return hostname.startsWith('[') || /^\d+\.\d+\.\d+\.\d+$/.test(hostname);
}

function isLocalName(name: string): boolean {
  if (!name.includes('.') || METADATA_NAMES.has(name)) return true;
  const labels = name.split('.');
  const domain = labels.slice(-2).join('.');
  return LOCAL_DOMAINS.has(labels.at(-1) ?? '') || LOCAL_DOMAINS.has(domain) || POINTING_DOMAINS.has(domain);
}

function refuse(reason: GuardReason, detail: string): GuardVerdict {
  return { allowed: false, reason, detail };
}
