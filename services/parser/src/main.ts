/** The parser as a process. */
import { runService } from '@newsloom/service';
import { startParser } from './service.ts';

await runService('parser', process.env, startParser);
