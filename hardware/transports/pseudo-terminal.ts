import { statSync } from 'node:fs'

/** Device numbers of Unix 98 pseudo-terminals (Linux, admin-guide/devices.txt). */
const majors = { first: 136, last: 143 }

/** Whether `path` leads to a pseudo-terminal, so to a program and not to a device that takes real money. False when there is nothing. */
export function isPseudoTerminal(path: string): boolean {
  try {
    const stat = statSync(path)
    const major = (stat.rdev >> 8) & 0xfff
    return stat.isCharacterDevice() && major >= majors.first && major <= majors.last
  } catch {
    return false
  }
}
