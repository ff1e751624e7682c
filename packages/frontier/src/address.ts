/** Which IP addresses belong to the public internet: the IANA special-purpose registries, IPv4 and IPv6. */

/** A block of addresses. `bits` is 32 or 128. */
export type Cidr = { text: string; bits: 32 | 128; base: bigint; prefix: number };

/** What an address is. `translates` names the IPv4 address that reaches through it, where it does. */
export type AddressVerdict = { allowed: boolean; range: string | null; translates: string | null };

/**
 * IPv4 blocks that are not globally reachable (IANA IPv4 Special-Purpose Address Registry, 2024-08), with multicast and
 * the deprecated 6to4 relay. The cloud metadata services live in link-local, shared and 192.0.0.0/24; Azure's platform
 * alone answers at an address that looks public.
 */
const SPECIAL_V4 = [
  '0.0.0.0/8 this-network',
  '10.0.0.0/8 private',
  '100.64.0.0/10 shared',
  '127.0.0.0/8 loopback',
  '169.254.0.0/16 link-local',
  '168.63.129.16/32 cloud-platform',
  '172.16.0.0/12 private',
  '192.0.0.0/24 protocol-assignments',
  '192.0.2.0/24 documentation',
  '192.88.99.0/24 6to4-relay',
  '192.168.0.0/16 private',
  '198.18.0.0/15 benchmarking',
  '198.51.100.0/24 documentation',
  '203.0.113.0/24 documentation',
  '224.0.0.0/4 multicast',
  '240.0.0.0/4 reserved',
];

/**
 * IPv6 blocks with a name of their own; whatever else lies outside 2000::/3 is not global unicast either (IANA IPv6
 * Special-Purpose Address Registry and Global Unicast Assignments, 2024-08).
 */
const SPECIAL_V6 = [
  '::/128 unspecified',
  '::1/128 loopback',
  '::/96 v4-compatible',
  '::ffff:0:0/96 v4-mapped',
  '::ffff:0:0:0/96 v4-translated',
  '64:ff9b::/96 nat64',
  '64:ff9b:1::/48 nat64-local',
  '100::/64 discard',
  '100:0:0:1::/64 dummy',
  '2001::/32 teredo',
  '2001:db8::/32 documentation',
  '2001::/23 protocol-assignments',
  '2002::/16 6to4',
  '3fff::/20 documentation',
  '5f00::/16 segment-routing',
  'fc00::/7 unique-local',
  'fe80::/10 link-local',
  'fec0::/10 site-local',
  'ff00::/8 multicast',
];
const GLOBAL_UNICAST = '2000::/3';

/** IPv6 blocks whose addresses reach an IPv4 one, and how far right of the address's end that one stands, in bits. */
const TRANSLATING = [
  ['::/96', 0n],
  ['::ffff:0:0/96', 0n],
  ['::ffff:0:0:0/96', 0n],
  ['64:ff9b::/96', 0n],
  ['2002::/16', 80n],
] as const;

type Range = { cidr: Cidr; name: string };
const ranges = (lines: readonly string[]): Range[] =>
  lines.map((line) => {
    const [block = '', name = ''] = line.split(' ');
    return { cidr: parseCidr(block), name };
  });
const RANGES_V4 = ranges(SPECIAL_V4);
const RANGES_V6 = ranges(SPECIAL_V6);
const GLOBAL_V6 = parseCidr(GLOBAL_UNICAST);
const TRANSLATING_V6 = TRANSLATING.map(([block, shift]) => ({ cidr: parseCidr(block), shift }));

/**
 * Says whether an IP address may be contacted: it is globally reachable unicast, or lies in one of `allowed`. Takes any
 * spelling a URL may use (`127.1`, `0x7f000001`, `::ffff:127.0.0.1`, with or without brackets). A text that is no
 * address, or has a zone (`fe80::1%eth0`), is not allowed.
 */
export function isPublicAddress(ip: string, allowed: readonly Cidr[] = []): AddressVerdict {
  const address = parseAddress(ip);
  if (address === null) return { allowed: false, range: 'not-an-address', translates: null };
  const translated = address.bits === 128 ? translatedV4(address.value) : null;
  const special =
    address.bits === 32
      ? RANGES_V4.find(({ cidr }) => contains(cidr, address))
      : (RANGES_V6.find(({ cidr }) => contains(cidr, address)) ??
        (contains(GLOBAL_V6, address) ? undefined : { name: 'not-global-unicast' }));
  const translates = translated === null ? null : formatV4(translated.value);
  if (special === undefined) return { allowed: true, range: null, translates };
  const permitted = allowed.some(
    (cidr) =>
      contains(cidr, address) || (special.name === 'v4-mapped' && translated !== null && contains(cidr, translated)),
  );
  return { allowed: permitted, range: special.name, translates };
}

/** Parses `10.0.0.0/8` or `fd00::/8`; a bare address is a block of one. Throws RangeError where it is neither. */
export function parseCidr(text: string): Cidr {
  const [ip = '', length, ...rest] = text.trim().split('/');
  const address = rest.length === 0 ? parseAddress(ip) : null;
  const prefix = length === undefined ? address?.bits : /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN;
  if (address === null || prefix === undefined || !(prefix >= 0 && prefix <= address.bits)) {
    throw new RangeError(`not a block of addresses: ${text.slice(0, 60)}`);
  }
  const host = BigInt(address.bits - prefix);
  return { text: text.trim(), bits: address.bits, base: (address.value >> host) << host, prefix };
}

type Address = { bits: 32 | 128; value: bigint };

function contains({ bits, base, prefix }: Cidr, address: Address): boolean {
  if (bits !== address.bits) return false;
  const host = BigInt(bits - prefix);
  return address.value >> host === base >> host;
}

function translatedV4(value: bigint): Address | null {
  const block = TRANSLATING_V6.find(({ cidr }) => contains(cidr, { bits: 128, value }));
  return block === undefined ? null : { bits: 32, value: (value >> block.shift) & 0xffff_ffffn };
}

function formatV4(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 0xffn).join('.');
}

/** Reads an address by the WHATWG host parser, which knows every spelling and writes one. */
function parseAddress(ip: string): Address | null {
  const bare = ip.startsWith('[') && ip.endsWith(']') ? ip.slice(1, -1) : ip;
  if (!/^[0-9a-fx.:]+$/i.test(bare)) return null;
  const hostname = URL.parse(`http://${bare.includes(':') ? `[${bare}]` : bare}/`)?.hostname ?? '';
  if (hostname.startsWith('[')) return { bits: 128, value: parseV6(hostname.slice(1, -1)) };
  if (!/^\d+\.\d+\.\d+\.\d+$/.test(hostname)) return null;
  return { bits: 32, value: hostname.split('.').reduce((value, byte) => (value << 8n) | BigInt(byte), 0n) };
}

/** The value of an IPv6 address as the host parser writes it: hexadecimal groups, at most one `::`. */
function parseV6(text: string): bigint {
  const [head = '', tail] = text.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups = [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after];
  return groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}
