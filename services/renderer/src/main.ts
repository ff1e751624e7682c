/** The renderer as a process. */
import { runService } from '@newsloom/service';
import { startRenderer } from './service.ts';

await runService('renderer', process.env, startRenderer);
