import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

/** What the shell was asked on its command line. */
export interface ShellArguments {
  readonly config: string
  readonly data: string
  readonly kiosk: boolean
  /** Prints what is drawn and how the devices are, one JSON object a line, whenever either changes. */
  readonly report: boolean
  /** Opens the panel of hands even where no display shows it. */
  readonly panel: boolean
  /** Ends when standard input closes, so that nothing outlives whoever started it. */
  readonly attached: boolean
  /** Where a picture of the attract screen goes, once; null for none. */
  readonly screenshot: string | null
}

/** Reads the shell's arguments; what Chromium, Electron or a test driver adds is passed over. */
export function readArguments(argv: readonly string[], environment: NodeJS.ProcessEnv): ShellArguments {
  const { values } = parseArgs({
    args: [...argv],
    strict: false,
    options: {
      config: { type: 'string' },
      data: { type: 'string' },
      kiosk: { type: 'boolean' },
      report: { type: 'boolean' },
      panel: { type: 'boolean' },
      attached: { type: 'boolean' },
      screenshot: { type: 'string' },
    },
  })
  const path = (value: unknown) => (typeof value === 'string' ? resolve(value) : null)
  return {
    config: path(values['config']) ?? '/etc/cardbooth/booth.json',
    data: path(values['data']) ?? join(environment['XDG_STATE_HOME'] || join(homedir(), '.local', 'state'), 'cardbooth'),
    kiosk: values['kiosk'] === true,
    report: values['report'] === true,
    panel: values['panel'] === true,
    attached: values['attached'] === true,
    screenshot: path(values['screenshot']),
  }
}

/** What the shell itself needs of the configuration; the booth alone checks all of it. */
export interface ShellSettings {
  /** A demonstration may do without the sandbox and be driven by tests. */
  readonly demo: boolean
  /** Who runs the booth; null where the file does not say. */
  readonly operator: string | null
  /** There are simulators, so there is a panel to move them. */
  readonly bench: boolean
  /** The film that a simulated camera shows; null for the real one. */
  readonly simulatedCamera: string | null
}

/** Reads `mode`, the operator's name and `bench`. A file that says nothing usable gives the strictest settings: the booth process names what is wrong with it. */
export function readSettings(file: string): ShellSettings {
  let content: unknown
  try {
    content = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''))
  } catch {
    content = null
  }
  const get = (value: unknown, key: string): unknown => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined)
  const demo = get(content, 'mode') === 'demo'
  const bench = demo && typeof get(get(content, 'bench'), 'socket') === 'string'
  const camera = get(get(content, 'bench'), 'camera')
  const operator = get(get(content, 'operator'), 'name')
  return { demo, operator: typeof operator === 'string' ? operator : null, bench, simulatedCamera: bench && typeof camera === 'string' ? camera : null }
}
