/** Seeds that come and go as lists: CSV and OPML in, OPML out. */
import { readSeedList, type SeedList, writeOpml } from '@newsloom/extract';
import { canonicalize } from '@newsloom/frontier';
import { readPayload } from '@newsloom/jobs';
import type { Store } from '@newsloom/store';
import type { FastifyInstance } from 'fastify';

/** What lists are sent as. Plain text is not among them: a form of another site can send that without asking. */
const LIST_TYPES = ['text/csv', 'text/uri-list', 'text/x-opml', 'text/x-opml+xml', 'application/xml', 'text/xml'];

/** A body that was a list. */
export class ListBody {
  readonly list: SeedList;
  constructor(list: SeedList) {
    this.list = list;
  }
}

/** Lets the routes of `app` take lists in place of JSON. */
export function acceptLists(app: FastifyInstance): void {
  app.addContentTypeParser(LIST_TYPES, { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, new ListBody(readSeedList(body as Buffer)));
  });
}

/** The seeds of a list that can be added, and every line that is none with its reason. */
export function checkList({ seeds, faults }: SeedList) {
  const wrong = [...faults];
  const good = seeds.flatMap(({ line, seed }) => {
    const read = readPayload('seeds', seed);
    const canonicalUrl = read.ok ? canonicalize(read.payload.url) : null;
    if (!read.ok) wrong.push({ line, reason: read.reason });
    else if (canonicalUrl === null) wrong.push({ line, reason: '"url" is not an address' });
    return canonicalUrl === null ? [] : [{ data: seed, canonicalUrl }];
  });
  return { good, faults: wrong.sort((a, b) => a.line - b.line) };
}

/** Everything that is followed, as OPML 2.0. */
export async function followedOpml(store: Pick<Store, 'seeds'>, at: Date): Promise<string> {
  const seeds = await store.seeds.followed();
  return writeOpml(
    seeds.map(({ sourceId, ...seed }) => ({ ...seed, source: sourceId })),
    { title: 'Followed by Newsloom', at },
  );
}
