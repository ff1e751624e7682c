/** The `newsloom crawl` command on Redis and Postgres. */
import { crawlCases } from './crawl-cases.ts';
import { SHARED } from './line.ts';

crawlCases(SHARED);
