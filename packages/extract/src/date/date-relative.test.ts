/** Times told from the day of reading, language by language. */
import { expect, test } from 'vitest';
import { readPage } from '../index.ts';
import { findDates } from './date-text.ts';

const fetchedAt = '2026-11-21T10:00:00Z';

test.each([
  ['vi', '5 giờ trước', '2026-11-21T05:00:00Z'],
  ['vi', 'Cách đây 20 phút', '2026-11-21T09:40:00Z'],
  ['vi', 'Hôm qua', '2026-11-20'],
  ['vi', 'Hôm qua, 21:07', '2026-11-20T21:07:00'],
  ['fr', 'il y a 3 jours', '2026-11-18'],
  ['fr', 'Il y a une heure', '2026-11-21T09:00:00Z'],
  ['fr', "Publié aujourd'hui à 8h30", undefined],
  ['fr', "Publié : aujourd'hui à 8h30", '2026-11-21T08:30:00'],
  ['fr', 'Hier, 18:05', '2026-11-20T18:05:00'],
  ['en', '3 hours ago', '2026-11-21T07:00:00Z'],
  ['en', 'an hour ago', '2026-11-21T09:00:00Z'],
  ['en', 'By Ida Brandt | 2h ago', '2026-11-21T08:00:00Z'],
  ['en', 'Yesterday at 4:15 pm', '2026-11-20T16:15:00'],
  ['de', 'vor 2 Stunden', '2026-11-21T08:00:00Z'],
  ['de', 'vor einer Stunde', '2026-11-21T09:00:00Z'],
  ['de', 'Heute, 07:45 Uhr', '2026-11-21T07:45:00'],
  ['de', 'Stand: gestern, 19.30 Uhr', '2026-11-20T19:30:00'],
  ['es', 'hace 2 horas', '2026-11-21T08:00:00Z'],
  ['es', 'Hace una semana', '2026-11-14'],
  ['es', 'Ayer | 12:10', '2026-11-20T12:10:00'],
  ['pt', 'há 20 minutos', '2026-11-21T09:40:00Z'],
  ['pt', 'Ontem às 12h10', '2026-11-20T12:10:00'],
  ['it', '2 ore fa', '2026-11-21T08:00:00Z'],
  ['it', "un'ora fa", '2026-11-21T09:00:00Z'],
  ['nl', '2 uur geleden', '2026-11-21T08:00:00Z'],
  ['nl', 'een dag geleden', '2026-11-20'],
  ['pl', '2 godziny temu', '2026-11-21T08:00:00Z'],
  ['pl', 'godzinę temu', '2026-11-21T09:00:00Z'],
  ['pl', 'Dzisiaj, 07:45', '2026-11-21T07:45:00'],
  ['ru', '2 часа назад', '2026-11-21T08:00:00Z'],
  ['ru', 'час назад', '2026-11-21T09:00:00Z'],
  ['ru', 'Вчера, 21:07', '2026-11-20T21:07:00'],
  ['uk', '5 годин тому', '2026-11-21T05:00:00Z'],
  ['uk', 'Сьогодні, 07:45', '2026-11-21T07:45:00'],
  ['zh', '3小时前', '2026-11-21T07:00:00Z'],
  ['zh', '昨天 21:07', '2026-11-20T21:07:00'],
  ['ja', '20分前', '2026-11-21T09:40:00Z'],
  ['ja', '2日前', '2026-11-19'],
  ['ko', '3시간 전', '2026-11-21T07:00:00Z'],
  ['ko', '어제', '2026-11-20'],
  ['ar', 'منذ ساعتين', '2026-11-21T08:00:00Z'],
  ['ar', 'قبل 3 ساعات', '2026-11-21T07:00:00Z'],
  ['tr', '4 saat önce', '2026-11-21T06:00:00Z'],
  ['tr', 'bir gün önce', '2026-11-20'],
  ['tr', 'Dün 21:07', '2026-11-20T21:07:00'],
  ['id', '3 jam lalu', '2026-11-21T07:00:00Z'],
  ['id', '2 hari yang lalu', '2026-11-19'],
  ['id', 'Kemarin, 21:07', '2026-11-20T21:07:00'],
])('a relative time in %s counts back from the fetch: %s', (lang, text, value) => {
  expect(findDates(text, { lang, fetchedAt })[0]?.value).toBe(value);
});

test.each([
  ['de', 'hier'],
  ['en', 'Join our club today'],
  ['en', 'Today’s picks'],
  ['en', 'Let the dough rest for 30 minutes'],
  [
    'en',
    'The hall, which burnt down three winters and 4 years ago, has a new roof, and the traders who had moved to tents along the river are back.',
  ],
  ['de', 'Was koche ich heute?'],
])('in %s "%s" states no date', (lang, text) => {
  expect(findDates(text, { lang, fetchedAt })).toEqual([]);
});

const page = (dateline: string, more = ''): Uint8Array =>
  new TextEncoder().encode(`<!doctype html><html lang="en"><head><title>Ferry line gets a second boat</title></head><body>
<article><h1>Ferry line gets a second boat</h1><p class="dateline">${dateline}</p>
<p>The ferry between the old harbour and the island will run every half hour from next month, the operator said, because a second boat has been bought from a yard up the coast.</p>
<p>Commuters had asked for more crossings since the bridge was closed to buses; a petition that lay in the harbour office gathered four thousand names within a single week.</p>
<p>The boat takes sixty people and twenty bicycles, and its engine runs on electricity from a mast that was put up beside the pier last autumn.</p></article>${more}</body></html>`);
const publishedOf = (html: Uint8Array): string | undefined =>
  readPage(html, { url: 'https://daily.example/ferry', fetchedAt }).article?.date?.value;

test('a page that tells its age in hours is dated from its fetch', () => {
  expect(publishedOf(page('3 hours ago'))).toBe('2026-11-21T07:00:00Z');
});

test('a page kept for years before it was read tells no age', () => {
  const old = '<aside><p>Bridge closed</p><p>4 May 2019</p></aside><div class="latest"><p>2 hours ago</p></div>';
  expect(publishedOf(page('5 May 2019', old))).toBe('2019-05-05');
});
