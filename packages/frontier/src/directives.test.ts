/** A publisher's terms are read for us and not for others. */
import { describe, expect, test } from 'vitest';
import { directivesOf, permissionsOf, robotsDirectives } from './directives.ts';

describe('X-Robots-Tag', () => {
  test.each<[string | null, string[]]>([
    [null, []],
    ['NoIndex, nofollow', ['noindex', 'nofollow']],
    ['index, follow, max-image-preview:large', ['max-image-preview:large']],
    ['none', ['noindex', 'nofollow']],
    ['newsloom: noarchive', ['noarchive']],
    ['Newsloom: none', ['noindex', 'nofollow']],
    ['googlebot: noindex', []],
    ['otherbot: noindex, nofollow', []],
    ['noai, otherbot: noindex, newsloom: nofollow, noarchive', ['noai', 'nofollow', 'noarchive']],
    [
      'max-snippet: 50, unavailable_after: 25 Jun 2030 15:00:00 GMT',
      ['max-snippet:50', 'unavailable_after:25 jun 2030 15:00:00 gmt'],
    ],
    [
      'unavailable_after: Friday, 25-Jun-10 15:00:00 UTC, noai',
      ['unavailable_after:friday, 25-jun-10 15:00:00 utc', 'noai'],
    ],
    ['newsloom: unavailable_after: 2010-06-25T15:00:00Z', ['unavailable_after:2010-06-25t15:00:00z']],
    [', ,', []],
  ])('%j says %j to Newsloom', (header, directives) =>
    expect(robotsDirectives(header, 'Newsloom')).toEqual(directives),
  );

  test('of a million words is cut', () => {
    const header = Array.from({ length: 1_000_000 }, (_, i) => `x${i}`).join(',');
    expect(robotsDirectives(header, 'Newsloom').length).toBe(50);
  });
});

describe('directives', () => {
  test('are gathered from all the places they stand in', () => {
    const terms = {
      xRobotsTag: 'noarchive, max-snippet: 5, NOAI',
      tdmReservation: ' 1 ',
      tdmPolicy: 'https://bao.example/tdm.json',
      signals: ['search=yes, ai-train=no', 'ai-input = no'],
      contentUsage: 'train-ai=n, search=y',
    };
    expect(directivesOf(terms, 'Newsloom')).toEqual([
      'noarchive',
      'max-snippet:5',
      'noai',
      'tdm-reservation',
      'tdm-policy:https://bao.example/tdm.json',
      'ai-train=no',
      'ai-input=no',
      'train-ai=n',
    ]);
    expect(directivesOf({ tdmReservation: '0', tdmPolicy: '/x', signals: ['ai-train=yes'] }, 'Newsloom')).toEqual([]);
  });
});

describe('a page', () => {
  const NOW = Date.UTC(2026, 10, 22);
  test.each([
    [[], { index: true, follow: true, archive: true }],
    [['noindex'], { index: false, follow: true, archive: true }],
    [['nofollow'], { index: true, follow: false, archive: true }],
    [['noindex', 'nofollow'], { index: false, follow: false, archive: true }],
    [['noarchive'], { index: true, follow: true, archive: false }],
    [['nocache'], { index: true, follow: true, archive: false }],
    [['noai', 'noimageai', 'tdm-reservation', 'nosnippet'], { index: true, follow: true, archive: true }],
    [['unavailable_after:25 jun 2010 15:00:00 gmt'], { index: false, follow: true, archive: true }],
    [['unavailable_after:friday, 25-jun-10 15:00:00 utc'], { index: false, follow: true, archive: true }],
    [['unavailable_after:2010-06-25t15:00:00z'], { index: false, follow: true, archive: true }],
    [['unavailable_after:25 jun 2030 15:00:00 gmt'], { index: true, follow: true, archive: true }],
    [['unavailable_after:some day'], { index: true, follow: true, archive: true }],
  ])('that says %j may be used so: %j', (directives, expected) =>
    expect(permissionsOf(directives, NOW)).toEqual(expected),
  );
});
