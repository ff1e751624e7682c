/** Rules of a source: linted when they are saved, applied when its pages are read. */
export { readByRules } from './apply.ts';
export { lintRules } from './lint.ts';
