import type { Checksum } from '../cctalk/frames.ts'
import { makeLink, type Link } from '../cctalk/link.ts'
import type { Driver, MakeDriver } from '../device.ts'
import type { FaultCode } from '../faults.ts'
import { makeTurns } from '../in-turn.ts'
import type { HopperCommand, HopperEvent, PayoutIntent } from './events.ts'
import { openUnit, type Unit, type UnitSettings } from './unit.ts'

export interface HopperSettings {
  readonly path: string
  readonly baudRate: number
  readonly checksum: Checksum
  readonly echo: 'auto' | 'on' | 'off'
  /** The hoppers on this line, 1..8. */
  readonly hoppers: readonly UnitSettings[]
}

/** How often the hoppers are looked at while they rest. */
const lookEveryMs = 1000
/** How often a hopper that does not answer is looked for. */
const searchEveryMs = 5000
/** This long without an answer of any hopper means that the line is gone. */
const silenceMs = 4000

interface Place {
  readonly settings: UnitSettings
  readonly link: Link
  unit: Unit | null
  searchAt: number
}

/** A driver for the ccTalk hoppers of one line. Manual and quirks: README.md beside this file. */
export function makeHopperDriver(settings: HopperSettings): MakeDriver<HopperCommand, HopperEvent> {
  return (wire, { clock, emit, report, trace }): Driver<HopperCommand> => {
    let stopped = false
    let failure: unknown = null
    let told = ''
    let fresh = true
    /** Intents that are being followed. */
    const running = new Set<string>()
    /** Each hopper's own end of the one wire: only whoever spoke last hears the answer, because a frame with CRC does not say who sent it. */
    const listeners: ((bytes: Uint8Array) => void)[] = []
    let speaking = 0
    wire.onData((bytes) => listeners[speaking]?.(bytes))
    const places = settings.hoppers.map((unit, index): Place => {
      const own = {
        ...wire,
        onData: (listen: (bytes: Uint8Array) => void) => void (listeners[index] = listen),
        write(bytes: Uint8Array) {
          speaking = index
          return wire.write(bytes)
        },
      }
      const link = makeLink(own, { clock, trace }, { address: unit.address, checksum: settings.checksum, echo: settings.echo })
      return { settings: unit, link, unit: null, searchAt: 0 }
    })

    const inTurn = makeTurns()

    const tell = () => {
      const units = places.flatMap(({ unit }) => (unit ? [unit] : []))
      const faults = new Set<FaultCode>(units.flatMap((unit) => [...unit.faults()]))
      if (units.length < places.length) faults.add('hopper-silent')
      report([...faults])
      const hoppers = units.map((unit) => unit.state())
      const text = JSON.stringify(hoppers)
      if (text === told && !fresh) return
      told = text
      emit({ kind: 'hoppers', fresh, hoppers })
      fresh = false
    }

    const lose = (place: Place) => {
      place.unit = null
      place.searchAt = clock.monotonic() + searchEveryMs
    }

    const lookAt = async (place: Place) => {
      if (place.unit) {
        if (!(await place.unit.look())) lose(place)
      } else if (clock.monotonic() >= place.searchAt) {
        place.searchAt = clock.monotonic() + searchEveryMs
        place.unit = await openUnit(place.link, clock, place.settings, () => stopped)
        if (place.unit) fresh = true
      }
    }

    const round = async () => {
      for (const place of places) if (!stopped) await lookAt(place)
      if (!stopped) tell()
    }
    const lookOn = () => {
      if (stopped || failure !== null) return
      inTurn(round)
        .catch((error: unknown) => {
          failure = error
        })
        .then(() => clock.after(lookEveryMs, lookOn))
    }

    const settle = async (intent: PayoutIntent, mayPay: boolean) => {
      const place = places.find(({ unit }) => unit?.identity.serial === intent.serial)
      // Without its hopper the intent stays open: it is settled when that hopper is back.
      if (!place?.unit || stopped) return
      const settled = await place.unit.settle(intent, mayPay)
      if (stopped) return
      if (!settled) return lose(place)
      tell()
      emit({ kind: 'settled', id: intent.id, serial: intent.serial, ...settled })
      // What else left it is seen once the books know of this pay-out.
      if (settled.alarm === 'mismatch') told = ''
    }

    return {
      start: () =>
        inTurn(async () => {
          for (const place of places) await lookAt(place)
          const first = places.find(({ unit }) => unit)?.unit
          if (!first) return null
          // Only once this driver has started: until then nobody carries out what the booth has to say to it.
          clock.after(0, () => void (stopped || tell()))
          clock.after(lookEveryMs, lookOn)
          return first.identity
        }),
      async heartbeat() {
        if (failure !== null) throw failure
        const heard = Math.max(...places.map(({ link }) => link.lastAnswer()))
        return clock.monotonic() - heard < silenceMs
      },
      async execute({ kind, intent }) {
        // The same intent told twice is followed once.
        if (running.has(intent.id)) return
        running.add(intent.id)
        await inTurn(() => settle(intent, kind === 'pay')).finally(() => running.delete(intent.id))
      },
      async stop() {
        stopped = true
        await inTurn(async () => {
          for (const { unit } of places) await unit?.rest()
        })
      },
    }
  }
}
