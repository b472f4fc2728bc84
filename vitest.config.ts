import { defineConfig } from 'vitest/config'

const long = process.env['CARDBOOTH_LONG'] === '1'
/** What is waited for comes as soon as it can; how long a machine with other work may need for it is no test's business. */
const patience = { hookTimeout: 120_000, expect: { poll: { timeout: 60_000 } } }

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [long ? 'test/**/*.long.test.{ts,tsx}' : 'test/**/*.test.{ts,tsx}'],
          exclude: long ? [] : ['test/**/*.long.test.{ts,tsx}', 'test/**/*.e2e.test.ts'],
          testTimeout: long ? 3_600_000 : 120_000,
          ...patience,
          maxWorkers: '100%',
          sequence: { groupOrder: 1 },
        },
      },
      // The built application, one window after another, once the machine is free of the rest.
      ...(long
        ? []
        : [
            {
              test: {
                name: 'e2e',
                include: ['test/e2e/*.e2e.test.ts'],
                testTimeout: 180_000,
                ...patience,
                fileParallelism: false,
                sequence: { groupOrder: 2 },
              },
            },
          ]),
    ],
  },
})
