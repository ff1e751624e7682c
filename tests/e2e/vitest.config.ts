/** The tests in a browser, apart from the others since they need Chromium: vitest run --config tests/e2e/vitest.config.ts */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'e2e',
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['tests/e2e/**/*.test.ts'],
    pool: 'forks',
  },
});
