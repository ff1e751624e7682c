import { defineConfig } from 'vitest/config';

/** `unit` needs nothing; `contract` and `integration` get Redis and Postgres from the global set-up; one process a file. */
export default defineConfig({
  test: {
    reporters: process.env.CI ? ['default'] : ['default'],
    projects: [
      { test: { name: 'architecture', include: ['tests/architecture.test.ts'] } },
      {
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.ts', 'services/*/src/**/*.test.ts', 'tests/unit/**/*.test.ts'],
          pool: 'forks',
        },
      },
    ],
  },
});
