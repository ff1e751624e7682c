/**
 * Serves the sample site, or a generated one, as a process of its own until it is told to stop or its input ends.
 * Writes one line of JSON with the addresses once it listens.
 *
 *     node packages/samplesite/src/main.ts [--ports 8101,8102,8103] [--address 0.0.0.0] [--name samplesite]
 *     node packages/samplesite/src/main.ts --pages 1000 [--hosts 8] [--bytes 173000] [--warm]
 *
 * `--delay 500` answers every request that many milliseconds later.
 */
import { parseArgs } from 'node:util';
import { serveGeneratedSite } from './generated-site.ts';
import { serveSampleSite } from './sample-site.ts';

const { values } = parseArgs({
  options: {
    ports: { type: 'string' },
    address: { type: 'string', default: '127.0.0.1' },
    name: { type: 'string' },
    pages: { type: 'string' },
    hosts: { type: 'string', default: '1' },
    bytes: { type: 'string', default: '30000' },
    warm: { type: 'boolean', default: false },
    delay: { type: 'string', default: '0' },
    'until-input-ends': { type: 'boolean', default: false },
  },
});

const place = { address: values.address, publicName: values.name ?? values.address };

async function serveGenerated() {
  const generated = await serveGeneratedSite({
    ...place,
    pages: Number(values.pages),
    hosts: Number(values.hosts),
    bytesPerPage: Number(values.bytes),
    ...(values.warm && { cacheBytes: Number.POSITIVE_INFINITY }),
  });
  if (values.warm) generated.warm();
  return generated;
}

const site = values.pages
  ? await serveGenerated()
  : await serveSampleSite({ ...place, ports: values.ports ? values.ports.split(',').map(Number) : 0 });

const urls = 'urls' in site ? site.urls : site.articles.map((article) => article.url);
site.setDelay(Number(values.delay));
process.stdout.write(`${JSON.stringify({ fronts: site.fronts, hosts: site.hosts, sitemaps: site.sitemaps, urls })}\n`);

const stop = async (): Promise<void> => {
  await site[Symbol.asyncDispose]();
  process.exit(0);
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
// A parent that is killed cannot say so, but the pipe it held ends.
if (values['until-input-ends']) process.stdin.resume().once('end', stop);
