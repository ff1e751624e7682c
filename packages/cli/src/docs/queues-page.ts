/** Writes docs/queues.md out of the job contracts. */
import { ATTEMPTS, payloadJsonSchema, QUEUES, type QueueName } from '@newsloom/jobs';

/** Who adds to a queue, what its step writes, and what comes next. */
const STEPS: Record<QueueName, { from: string; does: string; next: string }> = {
  seeds: {
    from: '**anyone**: any BullMQ client, the API, the command',
    does: 'a seed and its URL, due now',
    next: '-',
  },
  fetch: { from: 'the dispatcher', does: 'a capture, or what else the fetch meant', next: '`parse`' },
  render: {
    from: 'the step `fetch`, where a page was found to need a browser',
    does: 'a capture of what a browser made of the page',
    next: '`parse`',
  },
  parse: { from: 'the steps `fetch` and `render`', does: 'a document, links for the frontier', next: '`enrich`' },
  enrich: { from: 'the step `parse`', does: 'mentions and entities', next: '`cluster`' },
  cluster: { from: 'the step `enrich`', does: 'the story of the document', next: '-' },
};

/** Text of docs/queues.md. */
export function queuesPage(): string {
  const rows = QUEUES.map(
    (name) => `| \`${name}\` | ${STEPS[name].from} | ${STEPS[name].does} | ${STEPS[name].next} |`,
  );
  const schemas = QUEUES.map(
    (name) => `### \`${name}\`\n\n\`\`\`json\n${JSON.stringify(payloadJsonSchema(name), null, 2)}\n\`\`\`\n`,
  );
  return `# Queues

Written from the contracts in packages/jobs/src/contracts.ts by \`npm run docs\`; edit them there.

The queues are BullMQ queues under the prefix \`bull\` (NEWSLOOM_QUEUE_PREFIX) in the Redis of REDIS_URL.

| queue | who adds | what its step writes | next |
| --- | --- | --- | --- |
${rows.join('\n')}

## Adding a seed

\`seeds\` is the door for everybody. From Python (\`pip install bullmq\`):

\`\`\`python
import asyncio
from bullmq import Queue

async def main():
    queue = Queue("seeds", {"connection": "redis://localhost:6379"})
    await queue.add("seed", {"url": "https://example.org/", "depth": 1, "every": "30m", "tags": ["police"]})
    await queue.close()

asyncio.run(main())
\`\`\`

From Node.js:

\`\`\`js
import { Queue } from 'bullmq';

const queue = new Queue('seeds', { connection: { url: 'redis://localhost:6379' } });
await queue.add('seed', { url: 'https://example.org/feed.xml', kind: 'feed' });
await queue.close();
\`\`\`

From anything that speaks HTTP: \`POST /api/seeds\` with the same object, or \`{"seeds": [...]}\`.

- The name of the job is free; options are not needed. The same address twice is one seed, with the newest wishes; it is
  fetched again only when its last fetch is ten minutes old.
- \`every\` is a duration such as \`"15m"\`, \`"6h"\`, \`"1d"\`, or a number of milliseconds.
- A payload that does not fit, an unknown field included, is not tried again: the job fails at once with a sentence that
  names the field, and stays in \`failed\` for a person.
- What fails because Postgres or Redis is away is tried ${ATTEMPTS} times, waiting longer each time.

## JSON Schema of the payloads

${schemas.join('\n')}`;
}
