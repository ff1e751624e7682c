/** Which pages are generated, and from what. */
import { configurationPage, envExample } from '@newsloom/runtime';
import { queuesPage } from './queues-page.ts';

/** Text of each generated file, by its path from the root of the repository. */
export const GENERATED: Record<string, () => string> = {
  'docs/configuration.md': configurationPage,
  'docs/queues.md': queuesPage,
  '.env.example': envExample,
};
