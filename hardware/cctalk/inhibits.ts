import { acceptorHeaders, coreHeaders, type Header } from './headers.ts'
import type { Link } from './link.ts'

/** Inhibit bits of positions 1..8 and 9..16; 1 lets the coin in. */
export type Mask = readonly [number, number]

export const closed: Mask = [0, 0]

/** Writes before a device that reads back something else is given up. */
const rounds = 3

/** How the device took it: it holds the mask, it reads back another one, or it does not answer. */
export type Obedience = 'held' | 'disobeyed' | 'silent'

/** What a device lets in, kept as it should be. */
export interface Inhibits {
  /** Makes the device let in `mask` and nothing else, reading both inhibits back. Does nothing when that already holds. */
  set(mask: Mask): Promise<Obedience>
  /** Reads back whether the device still holds what was last set; null when it cannot tell. Unless it does, the next `set` sends it again. */
  verify(): Promise<boolean | null>
  /** Forgets what was set: the device may have restarted. */
  forget(): void
}

/** Keeps the inhibits of the device at the other end of `link` (headers 231/230 and 228/227). */
export function makeInhibits(link: Link): Inhibits {
  let held: Mask | null = null
  const supported = new Map<Header, boolean>()

  /** Reads a mask back; undefined when the device has no such command: it never answered it, but answers a simple poll. */
  const readBack = async (header: Header): Promise<Uint8Array | null | undefined> => {
    if (supported.get(header) === false) return undefined
    const bytes = await link.ask(header, { tries: supported.get(header) ? 3 : 2 })
    if (bytes) supported.set(header, true)
    else if (!supported.get(header) && (await link.ask(coreHeaders.simplePoll))) {
      supported.set(header, false)
      return undefined
    }
    return bytes
  }

  const isOpen = (mask: Mask) => mask[0] !== 0 || mask[1] !== 0

  const check = async (mask: Mask): Promise<Obedience> => {
    const master = await readBack(acceptorHeaders.masterInhibit)
    if (master === null) return 'silent'
    if (master && ((master[0] ?? 0) & 1) !== (isOpen(mask) ? 1 : 0)) return 'disobeyed'
    const bits = await readBack(acceptorHeaders.inhibits)
    if (bits === null) return 'silent'
    return bits && ((bits[0] ?? 0) !== mask[0] || (bits[1] ?? 0) !== mask[1]) ? 'disobeyed' : 'held'
  }

  const write = async (mask: Mask): Promise<boolean> => {
    const master = () => link.ask(acceptorHeaders.setMasterInhibit, { data: [isOpen(mask) ? 1 : 0] })
    const bits = () => link.ask(acceptorHeaders.setInhibits, { data: mask })
    // The master inhibit first when closing and last when opening: never open with yesterday's mask.
    const [first, second] = isOpen(mask) ? [bits, master] : [master, bits]
    return (await first()) !== null && (await second()) !== null
  }

  return {
    async set(mask) {
      if (held && held[0] === mask[0] && held[1] === mask[1]) return 'held'
      held = null
      for (let round = 0; round < rounds; round += 1) {
        const obedience = (await write(mask)) ? await check(mask) : 'silent'
        if (obedience === 'held') held = mask
        if (obedience !== 'disobeyed') return obedience
      }
      return 'disobeyed'
    },
    async verify() {
      if (!held) return null
      const obedience = await check(held)
      const sure = obedience !== 'silent' && ![...supported.values()].includes(false)
      if (obedience !== 'held' || !sure) held = null
      return sure ? obedience === 'held' : null
    },
    forget() {
      held = null
    },
  }
}
