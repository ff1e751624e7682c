/** The enricher as a process. */
import { runService } from '@newsloom/service';
import { startEnricher } from './service.ts';

await runService('enricher', process.env, startEnricher);
