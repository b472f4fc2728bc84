import { readdirSync, readFileSync } from 'node:fs'

/** A running process, as /proc tells it. */
export interface RunningProcess {
  readonly id: number
  readonly command: string
}

/** The running processes whose command line contains `text`. */
export function processesWith(text: string): readonly RunningProcess[] {
  return readdirSync('/proc').flatMap((name) => {
    const id = Number(name)
    if (!Number.isInteger(id) || id === process.pid) return []
    try {
      const command = readFileSync(`/proc/${id}/cmdline`, 'utf8').replaceAll('\0', ' ')
      return command.includes(text) ? [{ id, command }] : []
    } catch {
      // Ended while we looked.
      return []
    }
  })
}
