/** The `newsloom crawl` command on the embedded stores. */
import { crawlCases } from './crawl-cases.ts';
import { EMBEDDED } from './line.ts';

crawlCases(EMBEDDED);
