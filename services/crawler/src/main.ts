/** The crawler as a process. */
import { runService } from '@newsloom/service';
import { startCrawler } from './service.ts';

await runService('crawler', process.env, startCrawler);
