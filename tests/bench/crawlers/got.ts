/** got alone: each page asked for and decoded to text, by so many loops at once. */
import http from 'node:http';
import got from 'got';
import { openMeter, readOrder } from './meter.ts';

const order = await readOrder();
const { urls, concurrency } = order;
const meter = openMeter(order);
const client = got.extend({ agent: { http: new http.Agent({ keepAlive: true }) }, retry: { limit: 0 } });
let next = 0;
let done = 0;
await Promise.all(
  Array.from({ length: concurrency }, async () => {
    for (let url = urls[next++]; url; url = urls[next++]) {
      await client(url).text();
      meter.count(++done);
    }
  }),
);
meter.report();
process.exit(0);
