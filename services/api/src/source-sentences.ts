/** How a source is doing, as sentences: what a person should look at comes first. Pure. */
import type { SourceAnswer } from './source-desk.ts';
import { moment } from './trace-sentences.ts';

type Facts = Omit<SourceAnswer, 'says'>;

const MINUTE_MS = 60_000;

/** Says how a source is doing, at most a dozen sentences. */
export function sourceSentences(it: Facts, now: Date): string[] {
  const when = (at: Date) => moment(at, now);
  const { documents, urls, today } = it;
  const says: string[] = [];
  if (it.seeds.length === 0) says.push('Nothing is followed: it has no seeds.');
  else if (it.lastFetchedAt === null) says.push('Nothing has been fetched yet.');
  if (it.silentSince) {
    const gap = it.medianGapMs === null ? '' : `, while its articles used to come every ${duration(it.medianGapMs)}`;
    says.push(`Went silent: no new article since ${when(it.silentSince)}${gap}.`);
  }
  if (today.perDay !== null && today.requests >= today.perDay) {
    says.push(`Its budget of ${today.perDay} requests a day is spent; the rest waits for midnight UTC.`);
  } else if (today.perDay !== null) {
    says.push(`Used ${today.requests} of ${today.perDay} requests today.`);
  }
  if (it.dead.length > 0) {
    const [first] = it.dead;
    const next = first?.dueAt ? `; ${first.url} is knocked at again at ${when(first.dueAt)}` : '';
    says.push(`${count(it.dead.length, 'address')} given up for dead${next}.`);
  }
  if (documents.total > 0) {
    const last = it.lastArticleAt ? `, the last found at ${when(it.lastArticleAt)}` : '';
    says.push(
      `${count(documents.lastDay, 'new article')} in a day, ${documents.lastWeek} in a week, ${documents.total} in all${last}.`,
    );
  } else if (it.lastFetchedAt !== null) says.push('No article has come of it yet.');
  if (it.medianGapMs !== null && !it.silentSince)
    says.push(`Half of its articles come within ${duration(it.medianGapMs)} of the one before.`);
  if (documents.gone > 0)
    says.push(`${count(documents.gone, 'article')} no longer served by the publisher; kept here.`);
  says.push(`${count(urls.known, 'address')} known, ${urls.due} due now.`);
  const left = it.excluded.reduce((sum, { links }) => sum + links, 0);
  if (left > 0) says.push(`${count(left, 'link')} left out by its scope.`);
  return says;
}

function count(n: number, noun: string): string {
  if (n === 1) return `1 ${noun}`;
  return `${n} ${noun.endsWith('s') ? `${noun}es` : `${noun}s`}`;
}

/** `3 min`, `5 h`, `2 d`. */
export function duration(ms: number): string {
  const minutes = ms / MINUTE_MS;
  if (minutes < 90) return `${Math.max(1, Math.round(minutes))} min`;
  return minutes < 36 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} d`;
}
