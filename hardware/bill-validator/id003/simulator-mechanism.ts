import type { Clock } from '../../clock.ts'
import { status } from './codes.ts'

/** One entry of the denomination table (8A): base x 10^exponent; base 0 is unused. */
export interface Denomination {
  readonly code: number
  readonly country: number
  readonly base: number
  readonly exponent: number
}

/** How long a note takes, and how long the validator waits, in milliseconds. */
export const times = {
  ...{ initialise: 300, accept: 400, lever: 200, stack: 400, stacked: 200, giveBack: 400, reject: 300, cheat: 500 },
  ...{ escrow: 10_000, hold: 10_000 },
} as const

/** What only hands mend: a full or open box, a note stuck or in the way, a broken part. A reset finds it as it was. */
const physical: readonly number[] =
  [status.stackerFull, status.stackerOpen, status.jamInAcceptor, status.jamInStacker, status.pause, status.failure]

/** Where a note is: in front of the lever it can come back, behind it it cannot. */
type Place = 'acceptor' | 'stacker'

/** The part of a validator that notes touch. */
export interface Mechanism {
  /** What it says of itself: status, and reason or denomination. */
  readonly now: () => { readonly code: number; readonly data: readonly number[] }
  /** 1 keeps a denomination out; bit 0 is escrow code 61. */
  mask: number
  inhibited: boolean
  /** What is in the cash box and what went back, by escrow code: the truth that a host is measured by. */
  readonly truth: { inserted: number; stacked: Record<string, number>; returned: number; reported: number }
  /** Puts in a note of `code` (0: one that it does not know); says what came of it. */
  insert(code: number): string
  /** Host's orders; false when they mean nothing now. */
  reset(): boolean
  stack1(): boolean
  stack2(): boolean
  giveBack(): boolean
  hold(): boolean
  wait(): boolean
  /** VEND VALID was heard. */
  acknowledge(): void
  /** The inhibit setting came: the end of the start. */
  initialised(): void
  /** The mask changed: what rests says so. */
  refreshed(): void
  /** A note is held, and the validator says that it is of `code`. */
  showEscrow(code: number): string
  powerOff(): void
  powerOn(): void
  readonly powered: () => boolean
  /** Goes into a status; what is physical stays through resets and power cuts until it is cleared. */
  fail(code: number, data?: readonly number[]): void
  clear(): void
  cheat(): string
  /** Refuses whatever is inside, or the next one. */
  reject(reason: number): void
  stop(): void
}

/** `onChange` is called with each change of status, as interrupt modes want it; `saysVendAfterPowerUp`: 42 is followed by VEND VALID. */
export function makeMechanism(
  clock: Clock,
  isKnown: (code: number) => boolean,
  onChange: () => void,
  saysVendAfterPowerUp: () => boolean,
): Mechanism {
  let code: number = status.powerUp
  let data: readonly number[] = []
  let note: { readonly code: number; place: Place } | null = null
  /** What hands have to mend. */
  let blocked: { readonly code: number; readonly data: readonly number[] } | null = null
  /** A power-up status has said whether a note is in the stacker: no VEND VALID follows. */
  let told = false
  let powered = true
  let cleared = false
  let configured = false
  let cancel: () => void = () => undefined

  const go = (next: number, nextData: readonly number[] = [], after?: { readonly ms: number; readonly act: () => void }) => {
    cancel()
    cancel = () => undefined
    code = next
    data = nextData
    if (after) cancel = clock.after(after.ms, after.act)
    onChange()
  }

  const enabled = (escrowCode: number) => (mechanism.mask & (1 << (escrowCode - 0x61))) === 0
  const rest = () => {
    const anyEnabled = (mechanism.mask & 0xffff) !== 0xffff
    go(mechanism.inhibited || !anyEnabled ? status.disabled : status.idling)
  }
  const leave = () => {
    if (note) mechanism.truth.returned += 1
    note = null
  }
  /** Behind the lever a note cannot come back: whatever is said of it later, it is in the cash box. */
  const passLever = () => {
    const { stacked } = mechanism.truth
    if (!note) return
    note.place = 'stacker'
    stacked[note.code.toString(16)] = (stacked[note.code.toString(16)] ?? 0) + 1
  }
  const giveBack = () =>
    go(status.returning, [], {
      ms: times.giveBack,
      act() {
        leave()
        rest()
      },
    })
  const escrow = () => go(status.escrow, [note?.code ?? 0], { ms: times.escrow, act: giveBack })
  const vend = () => go(status.vendValid)
  /** After a reset it clears its way, and waits for its settings, of which the inhibit is the last. */
  const initialise = () => {
    if (code !== status.initialising) told = code === status.powerUp || (code === status.powerUpInStacker && !saysVendAfterPowerUp())
    cleared = false
    configured = false
    go(status.initialising, [], {
      ms: times.initialise,
      act() {
        if (blocked) return go(blocked.code, blocked.data)
        cleared = true
        // What is behind the lever and was never told is told now: a reset swallows no VEND VALID.
        if (note?.place === 'stacker' && !told) return vend()
        if (note?.place === 'stacker') note = null
        else leave()
        if (configured) rest()
      },
    })
  }
  const inEscrow = () => code === status.escrow || code === status.holding
  const stack = (ms: number): boolean => {
    if (!inEscrow() || !note) return false
    passLever()
    go(status.stacking, [], { ms, act: vend })
    return true
  }

  const mechanism: Mechanism = {
    now: () => ({ code, data }),
    mask: 0,
    inhibited: true,
    truth: { inserted: 0, stacked: {}, returned: 0, reported: 0 },
    powered: () => powered,
    insert(escrowCode) {
      if (!powered || code !== status.idling) return 'refused at the slit'
      mechanism.truth.inserted += 1
      note = { code: escrowCode, place: 'acceptor' }
      const refusal = !isKnown(escrowCode) ? 0x77 : enabled(escrowCode) ? null : 0x79
      go(status.accepting, [], { ms: times.accept, act: () => (refusal === null ? escrow() : mechanism.reject(refusal)) })
      return refusal === null ? 'taken in' : 'taken in, to be refused'
    },
    reset() {
      initialise()
      return true
    },
    // STACK-1 vends when the note has passed the lever, STACK-2 when it lies in the box.
    stack1: () => stack(times.lever),
    stack2: () => stack(times.stack),
    giveBack() {
      if (!inEscrow()) return false
      giveBack()
      return true
    },
    hold() {
      if (!inEscrow()) return false
      go(status.holding, [], { ms: times.hold, act: escrow })
      return true
    },
    wait: () => code === status.vendValid || inEscrow(),
    acknowledge() {
      if (code !== status.vendValid) return
      mechanism.truth.reported += 1
      note = null
      go(status.stacked, [], { ms: times.stacked, act: rest })
    },
    initialised() {
      configured = true
      const ready = code === status.idling || code === status.disabled || (code === status.initialising && cleared)
      if (ready) rest()
    },
    refreshed() {
      if (code === status.idling || code === status.disabled) rest()
    },
    showEscrow(escrowCode) {
      if (!powered || code !== status.idling) return 'refused at the slit'
      mechanism.truth.inserted += 1
      note = { code: escrowCode, place: 'acceptor' }
      escrow()
      return `escrow says ${escrowCode.toString(16)}`
    },
    powerOff() {
      powered = false
      cancel()
      cancel = () => undefined
    },
    powerOn() {
      powered = true
      mechanism.inhibited = true
      mechanism.mask = 0
      go(!note ? status.powerUp : note.place === 'stacker' ? status.powerUpInStacker : status.powerUpInAcceptor)
    },
    fail(next, nextData = []) {
      if (physical.includes(next)) blocked = { code: next, data: nextData }
      go(next, nextData)
    },
    clear() {
      blocked = null
      if (note) go(note.place === 'stacker' ? status.powerUpInStacker : status.powerUpInAcceptor)
      else go(status.powerUp)
    },
    cheat() {
      const isStacked = note?.place === 'stacker'
      if (!isStacked) leave()
      go(status.cheated, [], { ms: times.cheat, act: isStacked ? vend : rest })
      return isStacked ? 'pulled at, in vain' : 'pulled out'
    },
    reject(reason) {
      go(status.rejecting, [reason], {
        ms: times.reject,
        act() {
          leave()
          rest()
        },
      })
    },
    stop: () => cancel(),
  }
  return mechanism
}
