import { answer, command, status } from './codes.ts'
import type { Id003Frame } from './frames.ts'
import type { Denomination, Mechanism } from './simulator-mechanism.ts'

/** What the simulated validator says of itself, and the settings that it only keeps. */
export interface SimulatedValidator {
  readonly mechanism: Mechanism
  version: string
  readonly denominations: Denomination[]
  /** 0 polled, 1 and 2 interrupt. */
  mode: number
  /** Kept for the asking: security, direction, options, barcode, barcode inhibit. */
  readonly kept: Map<number, readonly number[]>
}

const text = (words: string) => Array.from(words, (letter) => letter.charCodeAt(0))
const bootVersion = 'B05'
/** Polled, interrupt 1, interrupt 2. */
const mostMode = 2
/** How many data bytes each setting has. */
const lengths: Readonly<Record<number, number>> = {
  [command.setDenominations]: 2,
  [command.setSecurity]: 2,
  [command.setMode]: 1,
  [command.setInhibit]: 1,
  [command.setDirection]: 1,
  [command.setOptions]: 2,
  [command.setBarcode]: 2,
  [command.setBarcodeInhibit]: 1,
}

/** What the validator answers to each command; null for silence. */
export function makeReplies(device: SimulatedValidator): (frame: Id003Frame) => Id003Frame | null {
  const { mechanism, kept } = device
  const say = (code: number, data: readonly number[] = []): Id003Frame => ({ code, data: Uint8Array.from(data) })
  const invalid = say(answer.invalid)
  const order = (taken: boolean) => (taken ? say(answer.acknowledged) : invalid)

  const orders: Readonly<Record<number, () => boolean>> = {
    [command.reset]: mechanism.reset,
    [command.stack1]: mechanism.stack1,
    [command.stack2]: mechanism.stack2,
    [command.giveBack]: mechanism.giveBack,
    [command.hold]: mechanism.hold,
    [command.wait]: mechanism.wait,
  }
  const reads: Readonly<Record<number, () => readonly number[]>> = {
    [command.denominations]: () => [mechanism.mask & 0xff, mechanism.mask >> 8],
    [command.security]: () => kept.get(command.setSecurity) ?? [0, 0],
    [command.inhibit]: () => [mechanism.inhibited ? 1 : 0],
    [command.direction]: () => kept.get(command.setDirection) ?? [0],
    [command.options]: () => kept.get(command.setOptions) ?? [0, 0],
    [command.version]: () => text(device.version),
    [command.bootVersion]: () => text(bootVersion),
    [command.table]: () => device.denominations.flatMap(({ code, country, base, exponent }) => [code, country, base, exponent]),
  }

  const set = (code: number, data: readonly number[]): Id003Frame => {
    const [first = 0, second = 0] = data
    if (data.length !== lengths[code] || (code === command.setMode && first > mostMode)) return invalid
    // Before the reset that ends a power-up nothing can be set.
    const { code: now } = mechanism.now()
    if (now >= status.powerUp && now <= status.powerUpInStacker) return invalid
    if (code === command.setDenominations) mechanism.mask = first | (second << 8)
    else if (code === command.setMode) device.mode = first
    else kept.set(code, data)
    if (code === command.setInhibit) {
      mechanism.inhibited = (first & 1) === 1
      mechanism.initialised()
    } else if (code === command.setDenominations) mechanism.refreshed()
    return say(code, data)
  }

  return ({ code, data }) => {
    if (!mechanism.powered()) return null
    if (code === command.acknowledge) {
      if (data.length === 0) mechanism.acknowledge()
      return null
    }
    if (lengths[code] !== undefined) return set(code, [...data])
    if (data.length > 0) return invalid
    if (code === command.status) {
      const now = mechanism.now()
      return say(now.code, now.data)
    }
    const read = reads[code]
    if (read) return say(code, read())
    const act = orders[code]
    return act ? order(act()) : invalid
  }
}
