/** The tests by what they need: `unit` nothing, `contract` and `integration` a real Redis and Postgres. The browser's stand apart, in tests/e2e. */
import { defineConfig } from 'vitest/config';

/** Gives real servers to the tests, from the first source that has them; one pair for the whole run. */
const servers = ['./packages/testkit/src/global-setup.ts'];
const MINUTE_MS = 60_000;
/** Nothing is asserted about time: this only ends what hangs, on a slow machine of two cores too. */
const patience = (testTimeout: number) => ({ testTimeout, hookTimeout: testTimeout });

export default defineConfig({
  test: {
    // One process a file, so that no test inherits what another one left behind.
    pool: 'forks',
    // Most of the time is spent waiting for servers and programs, so that two at once pay even on two cores.
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'architecture', include: ['tests/architecture.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.ts', 'services/*/src/**/*.test.ts', 'tests/unit/**/*.test.ts'],
          ...patience(MINUTE_MS / 2),
        },
      },
      {
        extends: true,
        test: {
          name: 'contract',
          include: ['tests/contract/**/*.test.ts'],
          globalSetup: servers,
          ...patience(MINUTE_MS),
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts', 'tests/chaos/**/*.test.ts'],
          globalSetup: servers,
          ...patience(2 * MINUTE_MS),
        },
      },
    ],
  },
});
