import type { CardState } from './card-state.ts'
import { readCommand, type CommandApdu } from './command-apdu.ts'
import { sw, type Handled, type VirtualCard } from './virtual-card.ts'

/** A file in a tree: a directory with children, or bytes. */
export type TreeFile = { readonly children: ReadonlyMap<number, TreeFile> } | { content(): Uint8Array }

export interface HicosCardPorts {
  /** The first has its tree open from the start, in class 80; the second has an application to select, and speaks class 00. */
  readonly generation: 1 | 2
  readonly root: ReadonlyMap<number, TreeFile>
  readonly pins: CardState['pins']
  changed(): void
}

interface Answer {
  readonly status: number
  readonly data?: Uint8Array
}
const answer = (status: number): Answer => ({ status })
const hex4 = (number: number) => number.toString(16).toUpperCase().padStart(4, '0')

/** The GPPKI applet of the second generation. */
const appletAid = 'a0000002830000062201696400010101'
const mostAtOnce = 0xc8
const masterFile = 0x3f00
const applet = 0x7fff

/**
 * The part of a MOICA card's operating system (HiCOS) that needs no PIN, as two public projects found it: SELECT step by step from the root, READ BINARY
 * of at most 200 bytes. Showing the PIN needs the maker's keys, which nobody here has: every attempt is a wrong one, and costs a try.
 */
export function makeHicosCard({ generation, root, pins, changed }: HicosCardPorts): VirtualCard {
  const ownClass = generation === 1 ? 0x80 : 0x00
  let directory: ReadonlyMap<number, TreeFile> | null = null
  let df = ''
  let current: { readonly id: number; readonly content: () => Uint8Array } | null = null
  let touched: number | null = null
  let spent: string | null = null

  const atRoot = (open: boolean) => {
    directory = open ? root : null
    df = open ? hex4(generation === 1 ? masterFile : applet) : 'card'
    current = null
  }
  atRoot(generation === 1)

  const selectByName = (name: Uint8Array): Answer => {
    if (generation === 1 || name.length === 0 || !appletAid.startsWith(Buffer.from(name).toString('hex'))) return answer(sw.notFound)
    atRoot(true)
    return answer(sw.ok)
  }
  const select = ({ p1, data }: CommandApdu): Answer => {
    if (p1 === 4) return selectByName(data)
    if (p1 !== 0) return answer(sw.wrongParameters)
    const [high, low] = data
    if (data.length !== 2 || high === undefined || low === undefined) return answer(sw.wrongLength)
    const id = high * 256 + low
    touched = id
    if (!directory) return answer(sw.notFound)
    if (id === masterFile || (id === applet && generation === 2)) {
      atRoot(true)
      return answer(sw.ok)
    }
    const file = directory.get(id)
    if (!file) return answer(sw.notFound)
    if ('children' in file) {
      directory = file.children
      df = hex4(id)
      current = null
    } else {
      current = { id, content: file.content }
    }
    return answer(sw.ok)
  }
  const readBinary = ({ p1, p2, data, le }: CommandApdu): Answer => {
    if (le === null || data.length > 0) return answer(sw.wrongLength)
    if (p1 >= 0x80) return answer(sw.wrongParameters)
    touched = current?.id ?? null
    if (!current) return answer(sw.noCurrentFile)
    if (le > mostAtOnce) return answer(sw.objectsMissing)
    const content = current.content()
    const offset = p1 * 256 + p2
    return offset < content.length ? { status: sw.ok, data: content.slice(offset, offset + le) } : answer(sw.outsideFile)
  }
  const spendTry = (): Answer => {
    const pin = pins['moica']
    if (!pin || pin.left === 0) return answer(sw.blocked)
    pin.left -= 1
    spent = 'moica'
    changed()
    return answer(pin.left === 0 ? sw.blocked : sw.triesLeft + pin.left)
  }

  const carryOut = (command: CommandApdu): Answer => {
    const { cla, ins } = command
    if (ins === 0x20 && [ownClass, ownClass | 0x04, ownClass | 0x0c].includes(cla)) return spendTry()
    if (cla !== ownClass) return answer(generation === 2 && (cla & 0xf0) === 0x80 ? sw.unknownInstruction : sw.unknownClass)
    switch (ins) {
      case 0xa4:
        return select(command)
      case 0xb0:
        return readBinary(command)
      case 0x24:
      case 0xea:
        return answer(sw.securityNotSatisfied)
      default:
        return answer(sw.unknownInstruction)
    }
  }
  const read = (bytes: Uint8Array): Answer => {
    const command = readCommand(bytes)
    if (!command) return answer(sw.wrongLength)
    return command.body ? carryOut({ ...command, ...command.body }) : answer(command.cla === ownClass ? sw.wrongLength : sw.unknownClass)
  }
  const handled = (act: () => Answer): Handled => {
    touched = null
    spent = null
    const { status, data } = act()
    const response = new Uint8Array(Buffer.concat([data ?? new Uint8Array(0), Uint8Array.of(status >> 8, status & 0xff)]))
    return { response, df, ef: touched === null ? null : hex4(touched), spent }
  }

  return {
    reset: () => atRoot(generation === 1),
    transmit: (bytes) => handled(() => read(bytes)),
    interrupt: (bytes) => handled(() => (readCommand(bytes)?.ins === 0x20 ? spendTry() : answer(0))),
  }
}
