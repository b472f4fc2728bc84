import { readdirSync, readFileSync } from 'node:fs'

/** A process and everything that came of it, by the kernel's account. */
export function familyOf(id: number): readonly number[] {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const parent = Number(/\) \S (\d+)/.exec(readOrNothing(`/proc/${name}/stat`))?.[1])
    children.set(parent, [...(children.get(parent) ?? []), Number(name)])
  }
  const withChildren = (one: number): readonly number[] => [one, ...(children.get(one) ?? []).flatMap(withChildren)]
  return withChildren(id)
}

/** What of the machine a group of processes has used so far, or holds now. */
export interface Usage {
  /** Processor time in milliseconds. */
  readonly cpuMs: number
  /** Bytes written to disks. */
  readonly written: number
  /** Resident memory in megabytes. */
  readonly residentMb: number
  readonly openFiles: number
}

const tickMs = 10

/** Adds up `ids`; one that has ended counts as nothing. */
export function usageOf(ids: readonly number[]): Usage {
  const sum = (read: (id: number) => number) => ids.reduce((total, id) => total + (read(id) || 0), 0)
  return {
    // Fields 14 and 15 of proc(5), counted after the name in brackets.
    cpuMs: sum((id) => {
      const fields = readOrNothing(`/proc/${id}/stat`).replace(/^.*\) /, '').split(' ')
      return (Number(fields[11]) + Number(fields[12])) * tickMs
    }),
    written: sum((id) => Number(/^write_bytes: (\d+)$/m.exec(readOrNothing(`/proc/${id}/io`))?.[1])),
    residentMb: sum((id) => Number(/^VmRSS:\s+(\d+) kB$/m.exec(readOrNothing(`/proc/${id}/status`))?.[1]) / 1_024),
    openFiles: sum((id) => {
      try {
        return readdirSync(`/proc/${id}/fd`).length
      } catch {
        return 0
      }
    }),
  }
}

function readOrNothing(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
