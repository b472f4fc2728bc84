import { defineConfig } from 'vitest/config'

const long = process.env['CARDBOOTH_LONG'] === '1'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [long ? 'test/**/*.long.test.{ts,tsx}' : 'test/**/*.test.{ts,tsx}'],
          exclude: long ? [] : ['test/**/*.long.test.{ts,tsx}', 'test/**/*.e2e.test.ts'],
          testTimeout: long ? 3_600_000 : 20_000,
          hookTimeout: 60_000,
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
                testTimeout: 120_000,
                hookTimeout: 120_000,
                fileParallelism: false,
                sequence: { groupOrder: 2 },
              },
            },
          ]),
    ],
  },
})
