/** Only the public internet is contacted, however an address is spelt. */
import { describe, expect, test } from 'vitest';
import { isPublicAddress, parseCidr } from './address.ts';
import { checkUrl } from './guard.ts';

describe('an IP address', () => {
  test.each([
    '8.8.8.8',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '192.0.1.0',
    '198.17.255.255',
    '198.20.0.0',
    '223.255.255.255',
    '2405:4800::1',
    '2606:4700::1111',
    '2620:4f:8000::1',
  ])('such as %s is public', (ip) => expect(isPublicAddress(ip)).toMatchObject({ allowed: true, range: null }));

  test.each([
    ['0.0.0.0', 'this-network'],
    ['10.255.255.255', 'private'],
    ['100.100.100.200', 'shared'],
    ['127.0.0.1', 'loopback'],
    ['127.1', 'loopback'],
    ['0x7f000001', 'loopback'],
    ['017700000001', 'loopback'],
    ['2130706433', 'loopback'],
    ['168.63.129.16', 'cloud-platform'],
    ['169.254.169.254', 'link-local'],
    ['172.31.255.255', 'private'],
    ['192.0.0.192', 'protocol-assignments'],
    ['192.168.1.1', 'private'],
    ['198.19.255.255', 'benchmarking'],
    ['203.0.113.7', 'documentation'],
    ['224.0.0.1', 'multicast'],
    ['255.255.255.255', 'reserved'],
    ['::', 'unspecified'],
    ['::1', 'loopback'],
    ['[::1]', 'loopback'],
    ['0:0:0:0:0:0:0:1', 'loopback'],
    ['::127.0.0.1', 'v4-compatible'],
    ['::ffff:127.0.0.1', 'v4-mapped'],
    ['::ffff:8.8.8.8', 'v4-mapped'],
    ['::ffff:0:127.0.0.1', 'v4-translated'],
    ['64:ff9b::7f00:1', 'nat64'],
    ['64:ff9b:1::1', 'nat64-local'],
    ['64:ff9b:1:ffff:ffff:ffff:ffff:ffff', 'nat64-local'],
    ['2001:10::1', 'protocol-assignments'],
    ['2001:20::1', 'protocol-assignments'],
    ['2002::', '6to4'],
    ['fd00:ec2::254', 'unique-local'],
    ['100:0:0:1::1', 'dummy'],
    ['100::1', 'discard'],
    ['2001::1', 'teredo'],
    ['2001:2::1', 'protocol-assignments'],
    ['2001:db8::1', 'documentation'],
    ['2002:7f00:1::', '6to4'],
    ['3fff::1', 'documentation'],
    ['4000::1', 'not-global-unicast'],
    ['5f00::1', 'segment-routing'],
    ['fd00::1', 'unique-local'],
    ['fe80::1', 'link-local'],
    ['fec0::1', 'site-local'],
    ['ff02::1', 'multicast'],
    ['fe80::1%eth0', 'not-an-address'],
    ['news.example', 'not-an-address'],
    ['', 'not-an-address'],
  ])('such as %s is not: %s', (ip, range) => expect(isPublicAddress(ip)).toMatchObject({ allowed: false, range }));

  test('may be allowed by its block, mapped or not', () => {
    const allowed = ['127.0.0.0/8', 'fd00::/8', '10.0.0.7'].map(parseCidr);
    const permitted = (ip: string) => isPublicAddress(ip, allowed).allowed;
    expect(['127.9.9.9', '::ffff:127.0.0.1', 'fdff::1', '10.0.0.7'].map(permitted)).toEqual([true, true, true, true]);
    expect(['10.0.0.8', '::1', '64:ff9b::7f00:1', 'fc00::1'].map(permitted)).toEqual([false, false, false, false]);
  });

  test.each(['', '10.0.0.0/33', '::/129', '10.0.0.0/8/8', '10.0.0.0/x', 'localhost', '10.0.0.0/-1'])(
    'block %j is refused',
    (text) => expect(() => parseCidr(text)).toThrow(RangeError),
  );
});

describe('a URL', () => {
  test.each([
    ['https://news.example/', 'name'],
    ['https://news.example:8443/', 'name'],
    ['http://8.8.8.8/', 'address'],
    ['http://[2405:4800::1]/', 'address'],
    ['http://news.example#@127.0.0.1/', 'name'],
  ])('%s may be asked for', (url, host) => expect(checkUrl(url)).toEqual({ allowed: true, host }));

  test.each([
    ['nonsense', 'bad-url'],
    ['http://[::1%25eth0]/', 'bad-url'],
    ['ftp://news.example/', 'unsupported-scheme'],
    ['file:///etc/passwd', 'unsupported-scheme'],
    ['https://me@news.example/', 'credentials'],
    ['http://127.0.0.1%2f@news.example/', 'credentials'],
    ['http://news.example:22/', 'bad-port'],
    ['http://news.example:6379/', 'bad-port'],
    ['http:127.0.0.1', 'private-address'],
    ['http://①②⑦.⓪.⓪.①/', 'private-address'],
    ['http://127。0。0。1/', 'private-address'],
    ['http://LOCALHOST./', 'local-name'],
    ['http://redis/', 'local-name'],
    ['http://host.docker.internal/', 'local-name'],
    ['http://printer.home.arpa/', 'local-name'],
    ['http://10.0.0.1.nip.io/', 'local-name'],
    ['http://metadata.goog/computeMetadata/v1/', 'local-name'],
    ['http://www.localhost6/', 'local-name'],
    ['http://%31%32%37.0.0.1/', 'private-address'],
    ['http://１２７.1/', 'private-address'],
    ['http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/', 'local-name'],
    ['http://127.0.0.1./', 'private-address'],
    ['http:///127.0.0.1/', 'private-address'],
    ['http://4294967296/', 'bad-url'],
  ])('%s may not: %s', (url, reason) => expect(checkUrl(url)).toMatchObject({ allowed: false, reason }));

  test('with a local name goes on to the lookup where a private block is allowed', () => {
    const allowed = [parseCidr('172.16.0.0/12')];
    expect(checkUrl('http://samplesite:8080/', allowed)).toEqual({ allowed: true, host: 'name' });
    expect(checkUrl('http://127.0.0.1/', allowed)).toMatchObject({ allowed: false, reason: 'private-address' });
  });
});
