/** What may be a page's title, and in which form it is given. */
import { expect, test } from 'vitest';
import { gatherFacts, type PageFacts } from '../facts.ts';
import { scanHtml } from '../scan.ts';
import { survey } from '../survey.ts';
import { keyOf } from '../words.ts';
import { titleCandidates } from './title.ts';
import { titleTexts, writtenForm } from './title-form.ts';

const page = (html: string): PageFacts =>
  gatherFacts(survey(scanHtml(html)), { url: 'https://daily.example/city/1', fetchedAt: '2025-03-04T08:00:00Z' });
const texts = (html: string): string[] => titleCandidates(page(html)).map((one) => one.text);

test.each([
  [
    'a kicker in an element of its own',
    '<h1><span class="kicker">Old town</span> <span>Market hall reopens</span></h1>',
    'Market hall reopens',
  ],
  ['a kicker before bare text', '<h1><small>Old town:</small><br>Market hall reopens</h1>', 'Market hall reopens'],
  [
    'a kicker inside a link around all',
    '<h1><a href="/1"><span>Old town</span>Market <em>hall</em> reopens</a></h1>',
    'Market hall reopens',
  ],
  ['a note behind it', '<h1>Market hall reopens <span>| Daily Example</span></h1>', 'Market hall reopens'],
  ['marks of markdown', '<h1>## Market hall reopens</h1>', 'Market hall reopens'],
  ['the colon of a kicker above', '<h1><div>Old town</div>: Market hall reopens</h1>', 'Market hall reopens'],
  [
    'the name of the section',
    '<meta property="article:section" content="City"><title>Market hall reopens | City</title>',
    'Market hall reopens',
  ],
])('a title may be a heading or title tag without %s', (_, html, title) => {
  expect(texts(html)).toContain(title);
});

test('stressed words of a headline are no part of their own', () => {
  expect(texts('<h1><em>Market</em> hall <b>reopens</b></h1>')).toEqual(['Market hall reopens']);
});

test.each([
  [
    'straight apostrophes where title tag and Open Graph have them and the heading alone curls',
    '<title>The city’s hall</title><h1>The city’s hall</h1>'.replace('’', "'"),
    '<meta property="og:title" content="The city\'s hall">',
    "The city's hall",
  ],
  [
    'the heading’s apostrophes where another origin has them too',
    '<title>The city’s hall</title><h1>The city’s hall</h1>',
    '<meta property="og:title" content="The city\'s hall">',
    'The city’s hall',
  ],
  [
    'the heading’s quotes and dashes',
    '<title>"Market" - reopens</title><h1>„Market“ – reopens</h1>',
    '',
    '„Market“ – reopens',
  ],
  [
    'another origin’s letters where the heading shouts',
    '<title>Market hall reopens</title><h1>MARKET HALL REOPENS</h1>',
    '',
    'Market hall reopens',
  ],
])('a title is given with %s', (_, html, head, title) => {
  const all = titleTexts(titleCandidates(page(head + html)));
  const starts = [...all.keys()].filter((at) => all[at]?.key === keyOf(title));
  for (const start of starts)
    if (all[start]?.text !== all[start]?.text.toUpperCase()) expect(all[writtenForm(all, start)]?.text).toBe(title);
});
