/** Web archives: captures written as WARC/1.1, and WARC files read as captures. */
export * from './read.ts';
export * from './write.ts';
