import type { Clock } from '../../clock.ts'

/** Bill types of the table, and bytes of the inhibit mask. */
export const positions = 16
const emptyId = '.......'
/** CT4 2.2.2: without a poll for this long the validator closes itself, says so, and wants header 228 again. */
const watchdogMs = 5000
/** How long a note takes, and how long it is held, in milliseconds. */
export const times = { accept: 400, stack: 400, giveBack: 400, escrow: 30_000 } as const

/** The part of a ccTalk validator that notes touch. */
export interface Mechanism {
  readonly table: string[]
  /** 1 lets a bill type in; bit 0 of byte 0 is type 1. */
  mask: number[]
  open: boolean
  /** What the last ticket said (header 129); empty when it could not be read. */
  barcode: string
  counter: number
  /** 10 bytes, newest event first. */
  results: number[]
  /** Self-check code (CT3 table 3) of what broke or jammed. */
  fault: number
  /** Header 232: the first of that, 44 without a stacker and 45 while it is full. */
  selfCheck(): number
  /** Bit 0 stacker, bit 1 escrow in use. */
  mode: number
  /** What is in the cash box and what went back, by bill type: the truth that a host is measured by. */
  readonly truth: { inserted: number; stacked: Record<string, number>; returned: number; rejected: number; fraud: number }
  event(a: number, b: number): void
  /** Puts in a note of `type` (0: one that it does not know; 255: a ticket); says what came of it. */
  insert(type: number): string
  /** Header 154; null when it was done. */
  route(code: number): 254 | 255 | null
  /** The note in escrow is pulled out, or pulled at. */
  pull(code: number): string
  jam(where: 'transport' | 'stacker' | 'safe'): void
  clear(): void
  stacker(event: number): void
  /** Header 228; from then on the polls are awaited. */
  allow(open: boolean): void
  polled(): void
  restart(): void
  powerCycle(): void
  readonly place: () => 'none' | 'accepting' | 'escrow' | 'stacking' | 'returning' | 'jammed'
  stop(): void
}

/** `ids` are bill identifiers in the order of their types. */
export function makeMechanism(ids: readonly string[], clock: Clock, watchdog: boolean): Mechanism {
  let note: { readonly type: number; place: 'accepting' | 'escrow' | 'stacking' | 'returning' | 'jammed' } | null = null
  let cancel: () => void = () => undefined
  let cancelWatch: (() => void) | null = null
  let stackerIn = true
  let stackerFull = false

  const after = (ms: number, act: () => void) => {
    cancel()
    cancel = clock.after(ms, act)
  }
  const leave = (...events: readonly (readonly [number, number])[]) => {
    cancel()
    if (note) mechanism.truth.returned += 1
    note = null
    for (const [a, b] of events) mechanism.event(a, b)
  }
  const giveBack = () => {
    if (!note) return
    note.place = 'returning'
    after(times.giveBack, () => leave([0, 1]))
  }
  const stack = () => {
    if (!note) return
    note.place = 'stacking'
    const { stacked } = mechanism.truth
    stacked[note.type] = (stacked[note.type] ?? 0) + 1
    after(times.stack, () => {
      const type = note?.type ?? 0
      note = null
      mechanism.event(type, 0)
    })
  }
  const validated = (refusal: number | null) => {
    if (!note) return
    if (refusal !== null) {
      mechanism.truth.rejected += 1
      return leave([0, refusal])
    }
    if ((mechanism.mode & 2) === 0) return stack()
    note.place = 'escrow'
    mechanism.event(note.type, 1)
    after(times.escrow, giveBack)
  }
  const endWatch = () => {
    cancelWatch?.()
    cancelWatch = null
  }
  const watch = () => {
    if (!watchdog) return
    cancelWatch = clock.after(watchdogMs, () => {
      cancelWatch = null
      mechanism.open = false
      mechanism.event(0, 0)
    })
  }
  const lets = (type: number) => type === 255 || (((mechanism.mask[(type - 1) >> 3] ?? 0) >> ((type - 1) & 7)) & 1) === 1

  const mechanism: Mechanism = {
    table: Array.from({ length: positions }, (_, index) => ids[index] ?? emptyId),
    mask: [0, 0],
    open: false,
    barcode: '',
    counter: 0,
    results: new Array<number>(10).fill(0),
    fault: 0,
    mode: 3,
    truth: { inserted: 0, stacked: {}, returned: 0, rejected: 0, fraud: 0 },
    place: () => note?.place ?? 'none',
    selfCheck: () => mechanism.fault || (stackerIn ? (stackerFull ? 45 : 0) : 44),
    event(a, b) {
      mechanism.counter = mechanism.counter === 255 ? 1 : mechanism.counter + 1
      mechanism.results = [a, b, ...mechanism.results.slice(0, -2)]
    },
    insert(type) {
      if (note || !mechanism.open || mechanism.selfCheck() !== 0) return 'refused at the slit'
      mechanism.truth.inserted += 1
      note = { type, place: 'accepting' }
      const known = type === 255 || (type >= 1 && type <= positions && mechanism.table[type - 1] !== emptyId)
      const refusal = !known ? 2 : lets(type) ? null : 4
      after(times.accept, () => validated(refusal))
      return refusal === null ? 'taken in' : 'taken in, to be refused'
    },
    route(code) {
      if (note?.place !== 'escrow') return 254
      if (code === 0) giveBack()
      else if (code === 1) stack()
      else if (code === 255) after(times.escrow, giveBack)
      else return 255
      return null
    },
    pull(code) {
      mechanism.truth.fraud += 1
      if (note && note.place !== 'stacking') {
        leave([0, code])
        return 'pulled out'
      }
      mechanism.event(0, code)
      return 'pulled at, in vain'
    },
    jam(where) {
      cancel()
      mechanism.fault = where === 'stacker' ? 38 : 39
      mechanism.event(0, where === 'transport' ? 6 : where === 'stacker' ? 7 : 16)
      if (note) note.place = 'jammed'
    },
    clear() {
      mechanism.fault = 0
      if (note?.place === 'jammed') leave()
    },
    stacker(event) {
      if (event === 11) stackerIn = false
      if (event === 12) stackerIn = true
      if (event === 14) stackerFull = true
      // The box came back, emptied, or says that it is well.
      if (event === 12 || event === 10) stackerFull = false
      mechanism.event(0, event)
    },
    allow(open) {
      mechanism.open = open
      if (open && !cancelWatch) watch()
    },
    polled() {
      endWatch()
      watch()
    },
    restart() {
      mechanism.counter = 0
      mechanism.results.fill(0)
      mechanism.mask = [0, 0]
      mechanism.open = false
      mechanism.mode = 3
      endWatch()
      // A note that can still come back does.
      if (note && note.place !== 'stacking' && note.place !== 'jammed') leave()
    },
    powerCycle() {
      cancel()
      // What had not passed the non-return device is given back; what had, falls into the stacker, and nobody is told.
      if (note && note.place !== 'stacking') leave()
      note = null
      mechanism.restart()
    },
    stop() {
      cancel()
      endWatch()
    },
  }
  return mechanism
}
