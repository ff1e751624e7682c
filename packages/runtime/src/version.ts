/** Newsloom's own version. */

/** As package.json has it; tests/unit/version.test.ts holds them together. */
export const VERSION = '0.1.0';
