/** Where on a page dates of publication are looked for. */
import { expect, test } from 'vitest';
import { gatherFacts } from '../facts.ts';
import { scanHtml } from '../scan.ts';
import { survey } from '../survey.ts';
import { dateCandidates } from './date-candidates.ts';

const context = { url: 'https://daily.example/well', fetchedAt: '2026-11-21T10:00:00Z' };
const datesOf = (head: string, body: string): string[] =>
  dateCandidates(
    gatherFacts(survey(scanHtml(`<html><head>${head}</head><body>${body}</body></html>`)), context),
    'en',
  ).map((one) => `${one.from} ${one.at} ${one.value}`);
const state = (json: string): string => `<script type="application/json">${json}</script>`;

test.each([
  ['<dateformat time="1593378975">now</dateformat>', 'time dateformat[time] 2020-06-28T21:16:15Z'],
  ['<span data-created="2020-06-28T21:16">x</span>', 'time span[data-created] 2020-06-28T21:16:00'],
  ['<time datetime="2020-06-28">x</time>', 'time time[datetime] 2020-06-28'],
  [state('{"post":{"publishedDate":"2020-06-28T21:16:15Z"}}'), 'state publishedDate 2020-06-28T21:16:15Z'],
  [state('{"created_at":1593378975}'), 'state created_at 2020-06-28T21:16:15Z'],
])('%s states a date', (body, date) => {
  expect(datesOf('', body)).toEqual([date]);
});

test('the rarer keys of a state count for nothing where the page names its date of publication', () => {
  const meta = '<meta property="article:published_time" content="2020-06-28T21:16:15Z">';
  expect(datesOf(meta, state('{"created_at":"2011-01-05"}'))).toHaveLength(1);
});
