/** The `newsloom stories` command: shows stories, and lets a person put them right. */
import { userInfo } from 'node:os';
import { Command } from 'commander';
import { ask } from '../ask.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Asked = { reason?: string; json?: boolean };
type Line = { id: string; headline: string; documents: number; langs: string[]; updatedAt: string };
type Event = {
  id: number;
  at: string;
  kind: 'merge' | 'split';
  storyId: string;
  otherId: string;
  documents: string[];
  actor: string;
  reason: string | null;
  undoneAt: string | null;
};
type Whole = Line & {
  sources: string[];
  entities: { name: string; documents: number }[];
  timeline: {
    day: string;
    documents: { id: string; title: string | null; lang: string | null; sourceId: string; copy: boolean }[];
  }[];
  events: Event[];
};

/** Builds the command. */
export function storiesCommand(env: Environment): Command {
  const command = new Command('stories').description('show stories; merge and split them, and take that back');
  const sub = (name: string, says: string) =>
    command.command(name).description(says).option('--json', 'print all facts');

  sub('list', 'the latest stories that several documents tell')
    .option('--limit <n>', 'how many', '20')
    .action(async ({ json, limit }: Asked & { limit: string }) => {
      const answer = await ask<{ items: Line[] }>(env, `/api/stories?limit=${encodeURIComponent(limit)}`);
      print(
        json,
        answer,
        answer.items.map(
          (it) => `${it.id}  ${String(it.documents).padStart(4)}  ${it.langs.join(',').padEnd(8)}  ${it.headline}`,
        ),
      );
    });

  sub('show', 'one story: its timeline, sources, entities, merges and splits')
    .argument('<story>')
    .action(async (id: string, { json }: Asked) => {
      const story = await ask<Whole>(env, `/api/stories/${encodeURIComponent(id)}`);
      print(json, story, wholeLines(story));
    });

  sub('events', 'merges and splits of all stories, newest first')
    .option('--limit <n>', 'how many', '20')
    .action(async ({ json, limit }: Asked & { limit: string }) => {
      const answer = await ask<{ items: Event[] }>(env, `/api/story-events?limit=${encodeURIComponent(limit)}`);
      print(json, answer, answer.items.map(eventLine));
    });

  sub('merge', 'make one story of two: the second one comes into the first')
    .argument('<story>')
    .argument('<other>')
    .option('--reason <why>', 'kept with it')
    .action(async (id: string, other: string, { json, reason }: Asked) => {
      const event = await ask<Event>(env, `/api/stories/${encodeURIComponent(id)}/merge`, { other, ...who(reason) });
      print(json, event, [eventLine(event)]);
    });

  sub('split', 'take documents out of a story into one of their own')
    .argument('<story>')
    .argument('<document...>')
    .option('--reason <why>', 'kept with it')
    .action(async (id: string, documents: string[], { json, reason }: Asked) => {
      const event = await ask<Event>(env, `/api/stories/${encodeURIComponent(id)}/split`, {
        documents,
        ...who(reason),
      });
      print(json, event, [eventLine(event)]);
    });

  sub('undo', 'take a merge or split back, by its number')
    .argument('<event>')
    .action(async (id: string, { json }: Asked) => {
      const event = await ask<Event>(env, `/api/story-events/${encodeURIComponent(id)}/undo`, {});
      print(json, event, [eventLine(event)]);
    });

  return command.addHelpText(
    'after',
    '\nWhat a person merges or splits is moved by no machine. Exit codes: 0 done, 1 refused, 2 wrong usage, 69 a server is away.',
  );
}

const who = (reason: string | undefined) => ({ actor: userInfo().username, ...(reason !== undefined && { reason }) });

function print(json: boolean | undefined, facts: unknown, lines: string[]): void {
  process.stdout.write(json ? `${JSON.stringify(facts, null, 2)}\n` : `${lines.join('\n')}\n`);
}

function eventLine({ id, at, kind, storyId, otherId, documents, actor, reason, undoneAt }: Event): string {
  const n = `${documents.length} ${documents.length === 1 ? 'document' : 'documents'}`;
  const what =
    kind === 'merge' ? `${otherId} came into ${storyId} (${n})` : `${otherId} was split from ${storyId} (${n})`;
  const back = undoneAt ? `, taken back ${undoneAt}` : '';
  return `${id}  ${at}  ${what}, by ${actor}${reason ? `: ${reason}` : ''}${back}`;
}

function wholeLines(story: Whole): string[] {
  return [
    `${story.headline}  (${story.documents} documents, ${story.langs.join(', ')}; ${story.sources.join(', ')})`,
    ...story.timeline.flatMap(({ day, documents }) =>
      documents.map(
        (it, at) =>
          `${at === 0 ? day : '          '}  ${(it.lang ?? '').padEnd(2)}  ${it.id}  ${it.title ?? ''}${it.copy ? '  (copy)' : ''}`,
      ),
    ),
    ...(story.entities.length > 0
      ? [
          `Names: ${story.entities
            .slice(0, 12)
            .map((it) => it.name)
            .join(', ')}`,
        ]
      : []),
    ...story.events.map(eventLine),
  ];
}
