import { join } from 'node:path'
import { hostForTests } from '../../build/electron.ts'
import { browserSwitches } from '../../main/shell/browser-switches.ts'

/** The program that runs our shell, and that runs what we are compared with. */
export const { program } = hostForTests()

/** What a run as root needs, which a demonstration may. */
export const rootSwitches: readonly string[] = process.getuid?.() === 0 ? ['--no-sandbox'] : []

/** The command line of something that we are compared with, under the switches of our shell. */
export function peerArguments(file: string): string[] {
  return [...browserSwitches.map(([name, value]) => (value === undefined ? `--${name}` : `--${name}=${value}`)), join(import.meta.dirname, 'peers', file)]
}
