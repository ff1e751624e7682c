/** The job dashboard: Bull Board over all queues, at /queues. */
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import { QUEUES, type QueueName } from '@newsloom/jobs';
import type { Queues } from '@newsloom/queue';
import type { FastifyInstance } from 'fastify';

const BASE = '/queues';

/** What each queue does, shown beside its name. */
const SAYS: Record<QueueName, string> = {
  seeds: 'addresses to follow; anyone may add to it',
  fetch: 'URLs that may be fetched now',
  render: 'pages to be made in a browser, where one runs',
  parse: 'captures to read articles and links out of',
  enrich: 'documents to find mentions in',
  cluster: 'documents to place in a story',
};

/** Mounts Bull Board. It has no guard of its own, so the app's must stand before it. */
export async function mountDashboard(app: FastifyInstance, queues: Queues): Promise<void> {
  const serverAdapter = new FastifyAdapter().setBasePath(BASE);
  createBullBoard({
    queues: QUEUES.map((name) => new BullMQAdapter(queues.raw(name), { description: SAYS[name] })),
    serverAdapter,
    options: {
      uiConfig: {
        boardTitle: 'Newsloom queues',
        miscLinks: [{ text: 'Newsloom', url: '/' }],
      },
    },
  });
  await app.register(serverAdapter.registerPlugin(), { prefix: BASE });
}
