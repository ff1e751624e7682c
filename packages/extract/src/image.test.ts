/** Lead images: which pictures of a page may be one, and what their places say. */
import { describe, expect, test } from 'vitest';
import { gatherFacts } from './facts.ts';
import { HINT } from './hints.ts';
import { imageCandidates } from './image.ts';
import { readPage } from './index.ts';
import { scanHtml } from './scan.ts';
import { survey } from './survey.ts';

const context = { url: 'https://daily.example/harbour/crane', fetchedAt: '2026-05-01T10:00:00Z' };
const TEXT = [
  'The old crane on the west quay, which has not lifted anything since the sixties, will be taken apart, cleaned and put up again a hundred metres further on, the harbour office said on Monday.',
  'Its cabin is to become a room for four visitors at a time, from which the whole basin can be seen, and the chain that once carried grain sacks will hang beside the stairs.',
  'The work costs less than a new viewing platform would have, according to the office, and a society of former dockers has promised to look after the machine for ten years.',
];
const page = (head: string, opening: string, body = ''): string =>
  `<!doctype html><html lang="en"><head><title>Old crane moves along the quay</title>${head}</head><body ${body}><main><h1>Old crane moves along the quay</h1>${opening}${TEXT.map((text) => `<p>${text}</p>`).join('')}</main></body></html>`;
const imageOf = (html: string): string | null | undefined =>
  readPage(new TextEncoder().encode(html), context).article?.image;
const candidates = (html: string) =>
  imageCandidates(gatherFacts(survey(scanHtml(html)), context), { titleBlock: 0, first: 1, last: 3 });

describe('what is never a lead image', () => {
  test.each([
    ['a logo', '/img/daily-logo.png'],
    ['a placeholder', '/static/placeholder.jpg'],
    ['a tracking pixel', 'https://count.example/pixel.gif?page=crane'],
    ['an avatar', '/people/avatar-120.jpg'],
    ['a blank', '/img/1x1.gif'],
  ])('%s, even where the page names it for sharing', (_, src) => {
    const shared = `<meta property="og:image" content="${src}">`;
    expect(imageOf(page(shared, ''))).toBeNull();
    expect(
      imageOf(page(shared, '<figure><img src="/pictures/crane-west-quay.jpg" width="900" height="600"></figure>')),
    ).toBe('https://daily.example/pictures/crane-west-quay.jpg');
  });

  test('a picture whose name only begins like one may be', () => {
    const [first] = candidates(page('<meta property="og:image" content="/pictures/logopaedie-schule.jpg">', ''));
    expect(first?.url).toBe('https://daily.example/pictures/logopaedie-schule.jpg');
  });
});

test('a list of sizes in place of an address gives the first address', () => {
  const lazy = '<img data-src="/pictures/crane-940.jpg 940w, /pictures/crane-480.jpg 480w" width="940" height="500">';
  expect(candidates(page('', lazy)).map((one) => one.url)).toEqual(['https://daily.example/pictures/crane-940.jpg']);
});

test('words that a page hangs on its outermost element say nothing of an image', () => {
  const opening =
    '<div class="share"><img src="/pictures/share.jpg"></div><figure class="photo"><img src="/pictures/crane.jpg"></figure>';
  const [shared, photo] = candidates(page('', opening, 'class="nav-open share-on sidebar-left"'));
  expect((photo?.hints ?? 0) & (HINT.nav | HINT.share | HINT.sidebar)).toBe(0);
  expect((photo?.hints ?? 0) & HINT.media).toBe(HINT.media);
  expect(shared).toBeDefined();
});
