import { resolve } from 'node:path'

/** The command line of Electron, as far as this host reads it. */
export interface LaunchArguments {
  /** Modules to load before the application (`-r`). */
  readonly preloads: readonly string[]
  /** The application: a folder with package.json, or a script. */
  readonly application: string
  /** Port of Node's inspector, null for none. */
  readonly inspectPort: number | null
  /** A debugging port for Chromium was asked for. */
  readonly debuggingPort: boolean
  /** All switches given, by name. */
  readonly switches: ReadonlyMap<string, string>
}

export function readLaunchArguments(argv: readonly string[]): LaunchArguments {
  const preloads: string[] = []
  const switches = new Map<string, string>()
  let application: string | null = null
  for (let index = 0; index < argv.length; index += 1) {
    const argument = argv[index] ?? ''
    if (argument === '-r' || argument === '--require') {
      preloads.push(resolve(argv[index + 1] ?? ''))
      index += 1
    } else if (argument.startsWith('--')) {
      const [name = '', ...value] = argument.slice(2).split('=')
      switches.set(name, value.join('='))
    } else if (!argument.startsWith('-')) application ??= argument
  }
  if (application === null) throw new Error('say which application to run: electron <folder>')
  const inspect = switches.get('inspect')
  return {
    preloads,
    application: resolve(application),
    inspectPort: inspect === undefined ? null : Number(inspect || 9229),
    debuggingPort: switches.has('remote-debugging-port'),
    switches,
  }
}
