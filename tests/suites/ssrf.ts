/** The suite of addresses that must not be contacted. */
import { isPublicAddress } from '@newsloom/frontier';
import { type HttpError, judgeUrl, openEgress } from '@newsloom/http';
import { readCases, type Suite, tally } from './suite.ts';

type IpCase = { ip: string; blocked: boolean; range: string };
type UrlCase = { url: string; expect: 'block' | 'allow'; why: string };
type Behaviour = { name: string; dns?: string[][]; redirect?: string; expect: string };

export const ssrf: Suite = {
  name: 'ssrf',
  async run(dir) {
    const { result, check, leave } = tally();
    for (const { ip, blocked, range } of readCases<IpCase[]>(dir, 'ips.json')) {
      check(
        isPublicAddress(ip).allowed === !blocked,
        () => `${ip} (${range}) should be ${blocked ? 'blocked' : 'allowed'}`,
      );
    }
    const cases = readCases<{ urls: UrlCase[]; behaviours: Behaviour[] }>(dir, 'cases.json');
    for (const { url, expect, why } of cases.urls) {
      const { allowed, reason } = await judgeUrl(url);
      check(allowed === (expect === 'allow'), () => `${url} (${why}): ${reason}`);
    }
    for (const { name, dns, expect } of cases.behaviours) {
      // The others need a server to be seen; packages/http/src/sockets.test.ts has it.
      if (dns === undefined || expect !== 'block') leave(`${name}: shown by the tests of packages/http`);
      else check((await codeFor(dns)) === 'private-address', () => name);
    }
    return result;
  },
};

async function codeFor(dns: string[][]): Promise<string> {
  const answers = (dns[0] ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  await using egress = openEgress({ userAgent: 'Newsloom', lookup: async () => answers });
  return egress.get('http://news.example/').then(
    () => 'answered',
    (error: HttpError) => error.code,
  );
}
