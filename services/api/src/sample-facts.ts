/** Facts for the API's own tests: three articles over two hosts, one story in two languages, and URLs in every state. */
import { fold } from '@newsloom/enrich';
import {
  type CaptureId,
  captureIdOf,
  digestOf,
  documentIdOf,
  type EntityId,
  type EntityType,
  type LinkedMention,
  type SourceId,
  type StoryId,
  urlIdOf,
  type Verdict,
} from '@newsloom/model';
import type { Offer, Store, Visit } from '@newsloom/store';

/** The moment at which the facts below are true. */
export const NOW = new Date('2026-11-21T09:00:00Z');
const before = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
const after = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

export type SampleArticle = {
  url: string;
  lang: string;
  title: string;
  date: string;
  authors: string[];
  body: string;
  names: [text: string, type: EntityType, entity: string][];
};

/** Entity ids are hashes in the product; here a digit stands for each. */
const entityId = (key: string) => `e${Buffer.from(key).toString('hex').slice(0, 24).padEnd(24, '0')}` as EntityId;

export const ARTICLES: SampleArticle[] = [
  {
    url: 'https://bao.example.vn/cau-moi-song-han.html',
    lang: 'vi',
    title: 'Đà Nẵng khánh thành cầu mới qua sông Hàn',
    date: '2026-11-20T08:30:00+07:00',
    authors: ['Trần Thị Hoa'],
    body: 'Sáng 20/11, thành phố Đà Nẵng khánh thành cây cầu thứ mười một bắc qua sông Hàn.\n\nChủ tịch Nguyễn Văn Bình nói cây cầu dài 1,2 km giúp giảm ùn tắc ở phía đông. Ngân hàng Thế giới cho vay một nửa số vốn.',
    names: [
      ['Đà Nẵng', 'LOC', 'da-nang'],
      ['Nguyễn Văn Bình', 'PER', 'binh'],
      ['Ngân hàng Thế giới', 'ORG', 'world-bank'],
    ],
  },
  {
    url: 'https://journal.example.fr/danang-pont',
    lang: 'fr',
    title: 'Vietnam : un nouveau pont inauguré à Danang',
    date: '2026-11-20',
    authors: [],
    body: 'La ville de Danang a inauguré vendredi son onzième pont sur le fleuve Han.\n\nLa Banque mondiale a financé la moitié de l’ouvrage, selon le président du comité populaire, Nguyen Van Binh.',
    names: [
      ['Danang', 'LOC', 'da-nang'],
      ['Banque mondiale', 'ORG', 'world-bank'],
      ['Nguyen Van Binh', 'PER', 'binh'],
    ],
  },
  {
    url: 'https://journal.example.fr/riz-marche',
    lang: 'fr',
    title: 'Le prix du riz recule au marché de Can Tho',
    date: '2026-11',
    authors: ['Luc Morel'],
    body: 'Les grossistes de Can Tho constatent une baisse de 4 % depuis octobre.\n\n<script>alert("texte")</script> Les récoltes ont été bonnes.',
    names: [['Can Tho', 'LOC', 'can-tho']],
  },
];

/** URLs that never became a document, and why. */
export const OTHERS: {
  url: string;
  verdict: Verdict | null;
  note: string;
  status: number | null;
  dueAt: Date | null;
}[] = [
  { url: 'https://bao.example.vn/', verdict: 'captured', note: 'captured', status: 200, dueAt: after(10) },
  { url: 'https://bao.example.vn/tim-kiem', verdict: 'excluded', note: 'robots', status: null, dueAt: null },
  { url: 'https://bao.example.vn/cu', verdict: 'gone', note: 'http-410', status: 410, dueAt: null },
  { url: 'https://journal.example.fr/lent', verdict: 'failing', note: 'timeout', status: null, dueAt: after(30) },
  { url: 'https://journal.example.fr/bientot', verdict: null, note: '', status: null, dueAt: null },
];

/** Writes all of it, through the same functions that the services use. */
export async function writeSampleFacts(store: Store): Promise<{ documents: string[]; story: StoryId }> {
  for (const url of ['https://bao.example.vn/', 'https://journal.example.fr/']) {
    const { id, host, sourceId } = offerOf(url);
    await store.seeds.accept(
      { urlId: id, sourceId, url, host, kind: 'section', priority: 0, depth: 1, everyMs: 900_000, tags: ['sample'] },
      before(120),
    );
  }
  const front = urlIdOf('https://bao.example.vn/');
  const offers = [...ARTICLES, ...OTHERS].map(({ url }) => offerOf(url));
  await store.frontier.offer(offers, { foundOn: front, now: before(90) });

  const robots = { status: 200, policy: 'rules', version: 'r1' };
  const body = new TextEncoder().encode('User-agent: *\nDisallow: /tim-kiem\nCrawl-delay: 5');
  await store.hosts.saveRobots('https://bao.example.vn', { ...robots, body, fetchedAt: before(95).getTime() });
  const slotAt = before(94);
  await store.hosts.noteRobotsFetch('bao.example.vn', {
    ...robots,
    startedAt: before(95),
    tookMs: 40,
    crawlDelayMs: 5_000,
    slotAt,
  });

  const documents: string[] = [];
  let story: StoryId | null = null;
  for (const [i, article] of ARTICLES.entries()) {
    const { document, storyId } = await writeArticle(store, article, i < 2 ? story : null);
    documents.push(document);
    story ??= storyId;
  }
  for (const [i, other] of OTHERS.entries()) {
    if (other.verdict === null) continue;
    await store.frontier.record(visitOf(other.url, { ...other, verdict: other.verdict, minutes: 20 - i }), null);
  }
  return { documents, story: story as StoryId };
}

/** A URL as it is offered to the frontier, followed no further. */
export function offerOf(url: string): Offer {
  const { host } = new URL(url);
  const sourceId = host.split('.').slice(-2).join('.') as SourceId;
  return {
    id: urlIdOf(url),
    url,
    host,
    sourceId,
    kind: 'auto',
    priority: 0,
    depthLeft: 0,
    redirects: 0,
    facts: null,
    crawls: [],
  };
}

function visitOf(
  url: string,
  it: { verdict: Verdict; note: string; status: number | null; dueAt: Date | null; minutes: number },
): Visit {
  const { id, host, sourceId } = offerOf(url);
  const startedAt = before(it.minutes);
  // What robots.txt forbids is not asked for, and takes no time.
  const endedAt = new Date(startedAt.getTime() + (it.note === 'robots' ? 0 : 180));
  return {
    urlId: id,
    host,
    sourceId,
    url,
    startedAt,
    endedAt,
    verdict: it.verdict,
    note: it.note,
    status: it.status,
    dueAt: it.dueAt,
    intervalMs: 3_600_000,
    failures: it.verdict === 'failing' ? 3 : 0,
    gone: 0,
    etag: null,
    lastModified: null,
    captureId: it.verdict === 'captured' ? captureIdOf(id, digestOf(Buffer.from(url))) : null,
    changed: it.verdict === 'captured',
    movedTo: null,
    wireBytes: it.status === null ? null : 33_000,
    robotsVersion: 'r1',
    slotAt: endedAt,
    resting: null,
    hostFailures: 0,
    responseMs: 180,
    crawl: 'captured',
  };
}

/** Writes one article through capture, document, mentions and story; into a story of its own where `into` is null. */
export async function writeArticle(store: Store, it: SampleArticle, into: StoryId | null) {
  const { id: urlId, sourceId } = offerOf(it.url);
  const bytes = Buffer.from(it.url);
  const digest = digestOf(bytes);
  const captureId = captureIdOf(urlId, digest);
  const at = before(60);
  await store.captures.save(
    {
      id: captureId,
      urlId,
      url: it.url,
      status: 200,
      contentType: 'text/html; charset=utf-8',
      xRobotsTag: null,
      headers: {},
      digest,
      fetchedAt: at,
    },
    { encoding: 'identity', size: bytes.length, bytes },
  );
  const visit = { verdict: 'captured' as const, note: 'captured', status: 200, dueAt: after(60), minutes: 60 };
  await store.frontier.record(visitOf(it.url, visit), null);
  await store.captures.markParsed(captureId, { parsed: 'done', note: 'parsed', parserVersion: 1, at });

  const id = documentIdOf(it.url);
  const write = (title: string, captureId: CaptureId, now: Date) =>
    store.documents.upsert(
      {
        id,
        urlId,
        sourceId,
        captureId,
        url: it.url,
        canonicalUrl: it.url,
        article: {
          title,
          date: { value: it.date, precision: it.date.length > 10 ? 'second' : it.date.length > 7 ? 'day' : 'month' },
          dateModified: null,
          authors: it.authors,
          agencies: [],
          lang: it.lang,
          body: it.body,
          image: 'https://example.vn/anh/nguoi-doc.jpg',
          imageCaption: 'Người đọc trước một sạp báo ở Hà Nội.',
          description: null,
          section: null,
          tags: [],
          provenance: {
            title: {
              from: 'json-ld',
              at: 'NewsArticle.headline',
              over: [{ from: 'title-tag', value: `${title} - Báo` }],
            },
            date: { from: 'meta', at: 'article:published_time' },
            body: { from: 'visible' },
          },
        },
        parserVersion: 1,
        fetchedAt: at,
        contentDigest: title,
        search: { title: fold(title), body: fold(it.body) },
      },
      now,
    );
  if (it.lang === 'vi') {
    const earlier = captureIdOf(urlId, digestOf(Buffer.from('earlier')));
    await write('Đà Nẵng sắp có cầu mới', earlier, before(70));
  }
  await write(it.title, captureId, at);

  const mentions: LinkedMention[] = it.names.map(([text, type, key]) => {
    const start = it.body.indexOf(text);
    return { start, end: start + text.length, text, type, entityId: entityId(key) };
  });
  const entities = it.names.map(([name, type, key]) => ({ id: entityId(key), type, name, key, search: fold(name) }));
  await store.entities.save(id, { mentions, entities }, at, before(50));
  const storyId = await store.stories.place(
    { id, signature: { keys: it.names.map(([, , key]) => key) } },
    { choose: () => ({ storyId: into, merge: [] }), stays: () => true, headlineOf: () => it.title },
    before(40),
  );
  return { document: id, storyId };
}
