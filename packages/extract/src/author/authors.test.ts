/** Who a page says wrote it: bylines in their many forms, desks, and lists beside single names. */
import { expect, test } from 'vitest';
import { gatherFacts } from '../facts.ts';
import { scanHtml } from '../scan.ts';
import { survey } from '../survey.ts';
import { authorGroups } from './author-rank.ts';
import { authorCandidates } from './authors.ts';

/** The groups of names stated on a page whose headline is its first block. */
function stated(html: string): string[] {
  const page = `<h1>Market hall reopens</h1>${html}`;
  const facts = gatherFacts(survey(scanHtml(page)), {
    url: 'https://daily.example/city/1',
    fetchedAt: '2025-03-04T08:00:00Z',
  });
  return authorGroups(authorCandidates(facts, 0, -1)).map((group) => group.members[0]?.names.join(' + ') ?? '');
}

test.each([
  ['a name behind a date', '<p>25.10.2022 - Jane Doe</p>', 'Jane Doe'],
  ['a name behind date and hour', '<p>04.02.2022 | 13:10 Uhr | Jane Doe</p>', 'Jane Doe'],
  ['a name behind a date and before its section', '<p>Dec 26, 2025 • Jane Doe in City</p>', 'Jane Doe'],
  ['a name before a date that begins with a month', '<p>Jane Doe • October 3, 2016</p>', 'Jane Doe'],
  ['a name with its handle', '<p>Jane Doe, @janedoe</p>', 'Jane Doe'],
  ['a byline that a sentence follows', '<p>By Jane Doe. This guide has links to partners!</p>', 'Jane Doe'],
  ['a byline with a degree', '<p>By Jane Doe, DVM. Reviewed by Molly Price, DVM</p>', 'Jane Doe'],
  ['a sentence about the writer', '<p>This post was written by Jane Doe, Head of Marketing</p>', 'Jane Doe'],
  ['a pen name before a date', '<p>Verfasst von: marktfrau | 31. Dezember 2008</p>', 'marktfrau'],
  ['two authors named as such', '<p>Autoren Jane Doe und John Roe</p>', 'Jane Doe + John Roe'],
  ['a Vietnamese byline', '<p>Tác giả: Nguyễn Văn An</p>', 'Nguyễn Văn An'],
])('authors are found in %s', (_, html, names) => {
  expect(stated(html)).toContain(names);
});

const linked = (author: unknown): string =>
  `<script type="application/ld+json">${JSON.stringify({ '@type': 'NewsArticle', headline: 'Market hall reopens', author })}</script>`;

test('a desk that a page gives as its author counts where it names nobody', () => {
  expect(stated(linked({ '@type': 'Person', name: 'CT24 Redaktion' }))).toEqual(['CT24 Redaktion']);
  expect(stated('<meta name="author" content="Redaktion">')).toEqual(['Redaktion']);
  expect(stated(linked({ '@type': 'Person', name: 'Jane Doe' }))).toEqual(['Jane Doe']);
});

test('on a site that bears its owner’s name a byline that names the owner counts', () => {
  const site = '<meta property="og:site_name" content="Marktfrau">';
  expect(stated(`${site}<p>Autor: marktfrau</p>`)).toEqual(['marktfrau']);
  expect(stated(`${site}<p>Posted in City by marktfrau on August 3, 2019</p>`)).toEqual(['marktfrau']);
});

test.each(['admin', 'Administrator', 'root', 'null', 'https://daily.example/jane', 'jane@daily.example'])(
  'a sign-in name or address is no desk: %s',
  (name) => {
    expect(stated(linked({ '@type': 'Person', name }))).toEqual([]);
  },
);

test('places that state the same names are one group, whatever the order', () => {
  const people = [
    { '@type': 'Person', name: 'Jane Doe' },
    { '@type': 'Person', name: 'John Roe' },
  ];
  expect(stated(`${linked(people)}<p>By John Roe and Jane Doe</p>`)).toEqual(['Jane Doe + John Roe']);
});

test('a group is given as the place writes it that writes its names best', () => {
  expect(stated(`${linked({ '@type': 'Person', name: 'janedoe' })}<p>By Jane Doe</p>`)).toEqual(['Jane Doe']);
});
