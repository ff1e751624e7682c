/**
 * Texts made against regular expressions: 200,000 characters of one piece, read by everything that reads text. What costs
 * the square of the length would take hours, and ends this test by its deadline; nothing is timed.
 */
import { directivesOf, robotsDirectives } from '@newsloom/frontier';
import { expect, test, vi } from 'vitest';
import { splitNames } from './author/names.ts';
import { plain } from './hidden-body.ts';
import {
  browserReason,
  detectLanguage,
  findDates,
  parseFeed,
  plainParts,
  readFeed,
  readFeedDate,
  readListing,
  readPage,
  readSeedListText,
  readSitemap,
  readText,
  toHtml,
  toMarkdown,
} from './index.ts';
import * as wordings from './kind/kind-words.ts';
import { BYLINE_LINE, endsInCredit, FURNITURE_LINE, isCredit, RELATED_LINE } from './labels.ts';
import { isTimeLine } from './live.ts';
import { lintRules } from './rules/lint.ts';
import { scriptsOf, scriptValues } from './script-state.ts';
import { absoluteUrl, countWords, endsSentence, keyOf, oneLine, unescapeOnce } from './words.ts';

vi.setConfig({ testTimeout: 120_000 });

const LENGTH = 200_000;
const PIECES = [
  ['letters', 'a'],
  ['blanks', ' '],
  ['blank lines', '\t\n'],
  ['dashes', '-'],
  ['bars', '| '],
  ['brackets', '(('],
  ['quotes', '"'],
  ['figures', '1'],
  ['days', '12/03/'],
  ['clocks', '1:1:1:'],
  ['bylines', 'By Jane and '],
  ['credits', '(Photo: '],
  ['Vietnamese credits', 'Ảnh: '],
  ['errors', 'page that was '],
  ['missing pages', 'trang x '],
  ['references', '&#'],
  ['escaped tags', '&lt;'],
  ['tags', '<'],
  ['open paragraphs', '<p'],
  ['comments', '<!--'],
  ['no-break blanks', '\u00a0'],
  ['characters', '日'],
  ['accents', 'à'],
  ['addresses', 'http://'],
  ['at signs', '@'],
  ['commas', ', '],
  ['calls', 'JSON.parse("'],
  ['values', '={'],
  ['members', '{"a":'],
  ['backslashes', '\\'],
  ['places', '{{'],
  ['shortcodes', '[caption '],
  ['templates', '<template>'],
  ['scripts', '<script>'],
  ['French dates', 'publié le '],
  ['ages', 'il y a 2 '],
  ['initials', 'A. '],
  ['closing quotes', '»'],
  ['ellipses', '…'],
  ['joiners', '\u200b'],
  ['ligatures', 'ﷺ'],
  ['names of directives', 'x-x-'],
] as const;

const context = {
  url: 'https://news.example/a.html',
  fetchedAt: '2026-01-01T00:00:00Z',
  asArticle: true,
  structured: true,
};
const bytes = (text: string): Uint8Array => Buffer.from(text);
const READERS: [string, (text: string) => unknown][] = [
  ['a page', (text) => readPage(bytes(text), context)],
  [
    'the elements of a page',
    (text) =>
      readPage(
        bytes(
          `<title>${text}</title><h1>${text}</h1><p class=byline>${text}</p><p>${text}</p><time>${text}</time><figcaption>${text}</figcaption>`,
        ),
        context,
      ),
  ],
  [
    'the attributes of a page',
    (text) =>
      readPage(
        bytes(
          `<meta name=robots content='${text}'><meta property=og:title content='${text}'><meta name=author content='${text}'><meta property=article:published_time content='${text}'><link rel=canonical href='${text}'><a href='${text}' class='${text}' rel='${text}'>x</a><img src='${text}' srcset='${text}' alt='${text}'><p>x`,
        ),
        context,
      ),
  ],
  [
    'JSON-LD',
    (text) => {
      const node = {
        '@type': 'NewsArticle',
        headline: text,
        articleBody: text,
        datePublished: text,
        author: text,
        keywords: text,
        image: text,
        url: text,
      };
      return readPage(bytes(`<script type="application/ld+json">${JSON.stringify(node)}</script>`), context);
    },
  ],
  [
    'a text document',
    (text) => [
      readText(bytes(text), context),
      readText(bytes(`https://a.example/\n----\n${text}\n----\n${text}`), context),
    ],
  ],
  [
    'a feed',
    (text) => [
      readFeed(bytes(text), context),
      parseFeed(
        bytes(
          `<rss><channel><title>${text}</title><item><title>${text}</title><link>${text}</link><pubDate>${text}</pubDate><author>${text}</author><description>${text}</description></item></channel></rss>`,
        ),
        context,
      ),
      readFeedDate(text),
    ],
  ],
  [
    'a sitemap and a list',
    (text) => [
      readSitemap(bytes(text), context),
      readListing(bytes(text), { url: context.url, isPlain: true }),
      readSeedListText(text),
    ],
  ],
  ['scripts', (text) => [scriptValues([text, `x=${text}`, ...scriptsOf(text)]), plain(text), browserReason(text)]],
  [
    'names, dates and language',
    (text) => [splitNames(text, null), findDates(text, { lang: null }), detectLanguage(text), isTimeLine(text)],
  ],
  [
    'directives',
    (text) => [
      robotsDirectives(text, 'newsloom'),
      directivesOf(
        { xRobotsTag: text, tdmPolicy: text, tdmReservation: '1', contentUsage: text, signals: [text] },
        'newsloom',
      ),
    ],
  ],
  ['rules', (text) => lintRules({ body: text, title: text, remove: [text], timeZone: text })],
  [
    'labels',
    (text) => [
      endsInCredit(text),
      isCredit(text),
      BYLINE_LINE.test(text),
      RELATED_LINE.test(text),
      FURNITURE_LINE.test(text),
    ],
  ],
  [
    'words',
    (text) => [
      oneLine(text),
      unescapeOnce(text),
      keyOf(text),
      countWords(text),
      endsSentence(text),
      absoluteUrl(text, context.url),
    ],
  ],
  ['wordings of kinds', (text) => Object.values(wordings).map((one) => one.test(text))],
  ['writers', (text) => [toMarkdown(text, plainParts(text)), toHtml(text, plainParts(text))]],
];

test.each(READERS)('%s made of any piece repeated is read in linear time', (_, read) => {
  for (const [what, piece] of PIECES) {
    const text = `${piece.repeat(Math.ceil(LENGTH / piece.length))}!`;
    expect(() => read(text), what).not.toThrow();
  }
});

test('a page of paragraphs that are alike but for their number is read in linear time', () => {
  const sentence = 'The harbour office has closed both gates, and the last ferry came back with forty people on board.';
  const html = Array.from({ length: 150_000 }, (_, at) => `<p>${at + 100_000}. ${sentence}</p>`).join('');
  expect(readPage(bytes(html), context).kind).toBe('article');
});
