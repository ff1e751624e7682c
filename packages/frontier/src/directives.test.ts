/** A publisher's terms are read for us and not for others. */
import { describe, expect, test } from 'vitest';
import { optOutsOf, robotsDirectives } from './directives.ts';

describe('X-Robots-Tag', () => {
  test.each<[string | null, string[]]>([
    [null, []],
    ['NoIndex, nofollow', ['noindex', 'nofollow']],
    ['none', ['noindex', 'nofollow']],
    ['newsloom: noarchive', ['noarchive']],
    ['otherbot: noindex, nofollow', []],
    ['noai, otherbot: noindex, newsloom: nofollow, noarchive', ['noai', 'nofollow', 'noarchive']],
    [
      'max-snippet: 50, unavailable_after: 25 Jun 2030 15:00:00 GMT',
      ['max-snippet: 50', 'unavailable_after: 25 jun 2030 15:00:00 gmt'],
    ],
    [', ,', []],
  ])('%j says %j to Newsloom', (header, directives) =>
    expect(robotsDirectives(header, 'Newsloom')).toEqual(directives),
  );
});

describe('opt-outs', () => {
  test('are gathered from all the places they stand in', () => {
    const terms = {
      xRobotsTag: 'noarchive, max-snippet: 5',
      tdmReservation: '1',
      contentSignals: ['search=yes, ai-train=no'],
      meta: ['NOAI', 'index'],
    };
    expect(optOutsOf(terms, 'Newsloom')).toEqual(['noarchive', 'noai', 'tdm-reservation', 'ai-train=no']);
    expect(optOutsOf({ tdmReservation: '0' }, 'Newsloom')).toEqual([]);
  });
});
