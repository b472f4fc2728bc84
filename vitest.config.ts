import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const long = process.env['CARDBOOTH_LONG'] === '1'
/** What is waited for comes as soon as it can; how long a machine with other work may need for it is no test's business. */
const patience = { hookTimeout: 120_000, expect: { poll: { timeout: 60_000 } } }

/** Rooms whose tests leave nothing behind in their process. Their files share workers, because many take less time than what each of them imports. */
const light = [
  'test/house/**/*.test.ts',
  'test/main/{config,i18n,journal,log,money,rulebook,services,session,staff,submissions,vault}/**/*.test.ts',
  'test/hardware/{bill-validator,cabinet,cctalk,coin-acceptor,hopper,qr-scanner,virtual-card}/**/*.test.ts',
]

/** Whole booths and browsers first, so that no worker is left alone with a long file at the end; light files last. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => /\/test\/(?:(?:endurance|face|privacy|world|renderer|journeys)\/|e2e\/(?:faults|glass|privacy|visit|supervision|bad-input)\.)/.test(moduleId)
    const rank = (file: TestSpecification) => (isLong(file) ? 0 : file.project.name === 'light' ? 2 : 1)
    const sorted = await super.sort(files)
    return sorted.toSorted((one, other) => rank(one) - rank(other))
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
          exclude: long ? [] : ['test/**/*.long.test.{ts,tsx}', 'test/**/*.e2e.test.ts', ...light],
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
                name: 'light',
                include: light,
                exclude: ['test/**/*.long.test.ts'],
                isolate: false,
                testTimeout: 300_000,
                ...patience,
                maxWorkers: 3,
                sequence: { groupOrder: 1 },
              },
            },
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
