import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const long = process.env['CARDBOOTH_LONG'] === '1'
/** What is waited for comes as soon as it can; how long a machine with other work may need for it is no test's business. */
const patience = { hookTimeout: 120_000, expect: { poll: { timeout: 60_000 } } }

/** Whole booths and browsers first, so that no worker is left alone with a long file at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => /\/test\/(?:(?:endurance|world|renderer|journeys)\/|e2e\/(?:faults|visit|supervision|bad-input)\.)/.test(moduleId)
    const sorted = await super.sort(files)
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: [long ? 'test/**/*.long.test.{ts,tsx}' : 'test/**/*.test.{ts,tsx}'],
          exclude: long ? [] : ['test/**/*.long.test.{ts,tsx}', 'test/**/*.e2e.test.ts'],
          testTimeout: long ? 3_600_000 : 300_000,
          ...patience,
          // Much of it is waiting, for films, ports and processes.
          maxWorkers: long ? '100%' : 3,
          sequence: { groupOrder: 1 },
        },
      },
      // The built application, once the machine is free of the rest.
      ...(long
        ? []
        : [
            {
              test: {
                name: 'e2e',
                include: ['test/e2e/*.e2e.test.ts'],
                testTimeout: 300_000,
                ...patience,
                // Much of it is waiting: three booths side by side.
                maxWorkers: 3,
                sequence: { groupOrder: 2 },
              },
            },
          ]),
    ],
  },
})
