/** How a source is doing: numbers over its URLs, documents, seeds and exclusions. */
import type { SourceId } from '@newsloom/model';
import type { Database } from '../database.ts';
import type { ExcludedLinks } from './sources.ts';

export type SourceHealth = {
  urls: { known: number; due: number };
  documents: { total: number; lastDay: number; lastWeek: number; gone: number };
  lastArticleAt: Date | null;
  /** When anything of it was last asked for. */
  lastFetchedAt: Date | null;
  /** Times of its last articles, newest first: when published, or where that is not known or later, when found. */
  articleTimes: Date[];
  /** Seeds and lists given up for dead, with when they are knocked at again. */
  dead: { url: string; since: Date; note: string | null; dueAt: Date | null }[];
  /** URLs by what their last fetch meant, where it gave nothing; most first. */
  failures: { verdict: string; note: string; urls: number }[];
  excluded: ExcludedLinks[];
};

/** Articles looked at for a source's rhythm. */
const RHYTHM_ARTICLES = 60;
const MOST_LISTED = 50;

export function sourceHealth(database: Database) {
  return async (id: SourceId, now: Date): Promise<SourceHealth> => {
    const [urls] = await database.query<{ known: number; due: number; last: Date | null }>(
      `select count(*)::int as known, count(*) filter (where due_at <= $2)::int as due, max(fetched_at) as last
       from urls where source_id = $1`,
      [id, now],
    );
    const [documents] = await database.query<SourceHealth['documents'] & { last: Date | null }>(
      `select count(*)::int as total, count(*) filter (where created_at > $2::timestamptz - interval '1 day')::int as "lastDay",
         count(*) filter (where created_at > $2::timestamptz - interval '7 days')::int as "lastWeek",
         count(*) filter (where gone_at is not null)::int as gone, max(created_at) as last
       from documents where source_id = $1`,
      [id, now],
    );
    const times = await database.query<{ at: Date }>(
      `select least(date_at, created_at) as at from (
         select date_at, created_at from documents where source_id = $1 order by created_at desc limit $2) d
       order by 1 desc`,
      [id, RHYTHM_ARTICLES],
    );
    const dead = await database.query<{ url: string; since: number; note: string | null; dueAt: Date | null }>(
      `select url, (watch->>'deadSince')::float8 as since, note, due_at as "dueAt" from urls
       where source_id = $1 and watch ? 'knocks' order by url limit ${MOST_LISTED}`,
      [id],
    );
    const failures = await database.query<SourceHealth['failures'][number]>(
      `select verdict, coalesce(note, '') as note, count(*)::int as urls from urls
       where source_id = $1 and verdict in ('failing', 'gone', 'excluded', 'resting')
       group by 1, 2 order by 3 desc, 1, 2 limit ${MOST_LISTED}`,
      [id],
    );
    const excluded = await database.query<ExcludedLinks>(
      'select reason, links::float8 as links, sample from source_excluded where source_id = $1 order by links desc, reason',
      [id],
    );
    const { last, ...counts } = documents ?? { total: 0, lastDay: 0, lastWeek: 0, gone: 0, last: null };
    return {
      urls: { known: urls?.known ?? 0, due: urls?.due ?? 0 },
      documents: counts,
      lastArticleAt: last,
      lastFetchedAt: urls?.last ?? null,
      articleTimes: times.map(({ at }) => at),
      dead: dead.map((it) => ({ ...it, since: new Date(it.since) })),
      failures,
      excluded,
    };
  };
}
