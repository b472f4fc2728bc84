import { bufferDepth, readOn, type Advance, type Reading } from '../cctalk/event-buffer.ts'
import { identify, noSerial, readSerial } from '../cctalk/identify.ts'
import { closed, makeInhibits, type Mask } from '../cctalk/inhibits.ts'
import { makeLink } from '../cctalk/link.ts'
import type { DeviceIdentity, Driver, MakeDriver } from '../device.ts'
import type { FaultCode } from '../faults.ts'
import { makeTurns } from '../in-turn.ts'
import { makePoll } from '../poll.ts'
import type { DeviceSettings } from '../wire.ts'
import { eventMeaning, faultOfGroup, faultOfSelfCheck, saysInhibited } from './checks.ts'
import { matchTable, type CoinTable, type DeviceTable } from './coin-table.ts'
import { categories, readTable } from './device-table.ts'
import type { ApprovedCoin, CoinAcceptorCommand, CoinAcceptorEvent, CoinCredit, CoinCursor } from './events.ts'
import { headers } from './headers.ts'
import { makeOwnCounts } from './own-counts.ts'

export type CoinAcceptorSettings = NonNullable<DeviceSettings['coin-acceptor']>

type Moved = Extract<CoinAcceptorEvent, { kind: 'moved' }>

/** While polls are running, this long without an answer means that the acceptor is gone. */
const silenceMs = 1000
/** A self-check tests the whole device (CT2 3.24). */
const selfCheckTimeoutMs = 2000
/** What it may take at start; a device that needs more counts as one without self-check. */
const firstSelfCheckTimeoutMs = 1000
/** CT1 21: at least once a second while a fault is suspected. */
const selfCheckEveryMs = 500
/** How long a jam is believed in a device that has no self-check to ask. */
const unconfirmedJamMs = 10_000
/** After an attempt at fraud nothing is let in for so long: whoever pulls at a string loses the moment (F30). */
const afterFraudMs = 10_000
/** How often serial number and inhibits are read again: a device can be exchanged, and restart while its counter is at 0 (CT2 3.27.1). */
const inspectEveryMs = 5000
/** How often the coin table is compared again while no coin is wanted. */
const tableEveryMs = 3_600_000
/** How often an alarming reading must come again before it is believed. */
const looksAgain = 2
/** Coins are let in only while the device's own buffer could still hold every event that the booth has not recorded. */
const mostUnrecorded = bufferDepth - 1

/** What the booth asked for with `configure`. */
interface Service {
  readonly approved: readonly ApprovedCoin[]
  table: CoinTable
  /** How far the buffer was read; null until the first poll of a device that was never seen. */
  seen: CoinCursor | null
  /** What was read and not yet recorded, oldest first. */
  readonly unrecorded: Moved[]
}

function sameCursor(one: CoinCursor, other: CoinCursor): boolean {
  return one.ordinal === other.ordinal && one.counter === other.counter && one.results.join() === other.results.join()
}

/** A driver for a ccTalk coin acceptor. Manual and quirks: README.md beside this file. */
export function makeCoinAcceptorDriver(settings: CoinAcceptorSettings): MakeDriver<CoinAcceptorCommand, CoinAcceptorEvent> {
  return (wire, { clock, emit, report, trace }): Driver<CoinAcceptorCommand> => {
    const link = makeLink(wire, { clock, trace }, settings)
    const inhibits = makeInhibits(link)
    const ownCounts = makeOwnCounts(link, clock)
    let serial = noSerial
    let deviceTable: DeviceTable = []
    /** Whether credit codes are values instead of positions (option flag 0): issues cannot be told apart then, and the device has no table for us. */
    let codesAreValues = false
    let service: Service | null = null
    let wanted: readonly string[] = []
    let stopped = false
    let failure: unknown = null
    /** Another device was found at our address. */
    let replaced = false
    /** A poll met silence, and the serial number was not read since. */
    let unheard = false

    /** What happened and stays known until the booth configures again. */
    const happened = new Set<FaultCode>()
    let reported = ''
    let disobeys = false
    let selfCheckSupported = false
    /** What the self-check names, or an event when there is no self-check; null when all is well. */
    let ailment: FaultCode | null = null
    /** The sorter does not send each coin where it should. */
    let sortsWrong = false
    let nextTableLook = 0
    /** When an event last hinted at a fault; null when the self-check has said since that all is well. */
    let suspectedAt: number | null = null
    let suspicion: FaultCode = 'coin-jam'
    let fraudUntil = 0
    let nextSelfCheck = 0
    let nextInspection = 0
    let tableInDoubt = false
    /** A slow command is being answered until then. */
    let patientUntil = 0

    const reportFaults = () => {
      const mismatch = disobeys || sortsWrong || (service?.table.missing.length ?? 0) > 0
      const faults: FaultCode[] = [...happened]
      if (ailment) faults.push(ailment)
      if (mismatch) faults.push('coin-table-mismatch')
      if (faults.join() === reported) return
      reported = faults.join()
      report(faults)
    }

    // One act at a time: a command and a poll never share the line.
    const inTurn = makeTurns()

    const unrecordedEvents = (): number => {
      const first = service?.unrecorded[0]
      return first && service?.seen ? service.seen.ordinal - (first.from ?? first.to).ordinal : 0
    }

    const desiredMask = (): Mask => {
      if (clock.monotonic() < fraudUntil) return closed
      if (!service || stopped || ailment || sortsWrong || tableInDoubt || service.table.missing.length > 0 || unrecordedEvents() >= mostUnrecorded) return closed
      return service.table.mask(wanted)
    }

    const keepInhibits = async () => {
      const obedience = await inhibits.set(desiredMask())
      if (obedience !== 'silent') disobeys = obedience === 'disobeyed'
    }

    const readCredits = async (): Promise<Reading | null> => {
      const bytes = await link.ask(headers.credits, { tries: 1 })
      return bytes && { counter: bytes[0] ?? 0, results: [...bytes.subarray(1)] }
    }

    const suspect = (of: FaultCode) => {
      suspicion = of
      suspectedAt = clock.monotonic()
      nextSelfCheck = 0
    }

    const doubtDevice = () => {
      tableInDoubt = true
      ownCounts.forget()
      inhibits.forget()
    }

    /** A device that no longer holds its inhibits has restarted, whatever its counter says. */
    const verifyInhibits = async () => {
      if ((await inhibits.verify()) !== false) return
      happened.add('coin-acceptor-reset')
      doubtDevice()
    }

    const notice = async (code: number) => {
      if (code === 0) return
      if (saysInhibited(code)) await verifyInhibits()
      const { name, group } = eventMeaning(code)
      if (group === 'fraud') {
        happened.add('coin-fraud')
        fraudUntil = clock.monotonic() + afterFraudMs
      }
      if (group === 'swallowed') happened.add('coin-swallowed')
      if (faultOfGroup[group] !== null) suspect(group === 'hardware' ? 'coin-acceptor-failed' : 'coin-jam')
      emit({ kind: 'notice', code, name, group })
    }

    const takeAdvance = async (own: Service, from: CoinCursor, advance: Advance) => {
      const coins: CoinCredit[] = []
      let unknown = 0
      for (const { a, b, counter, ordinal } of advance.events) {
        const coin = own.table.coinAt(a)
        if (a > 0 && coin) coins.push({ counter, ordinal, position: a, path: b, id: coin.id, value: coin.value, currency: coin.currency })
        else if (a > 0) unknown += 1
      }
      own.seen = advance.to
      own.unrecorded.push({ kind: 'moved', from, to: advance.to, coins, lost: advance.lost, unknown, alarm: advance.alarm })
      if (own.unrecorded.length === 1) emitUnrecorded()

      if (unknown > 0) happened.add('coin-unknown')
      if (advance.alarm === 'reset') happened.add('coin-acceptor-reset')
      else if (advance.alarm) happened.add('coins-uncounted')
      if (advance.alarm === 'reset' || advance.alarm === 'mismatch') doubtDevice()
      for (const event of advance.events) if (event.a === 0) await notice(event.b)
    }

    const emitUnrecorded = () => {
      const first = service?.unrecorded[0]
      if (first) emit(first)
    }

    /** Whether another device now sits at our address; if so it is closed and nothing more is read from it. */
    const exchanged = async (): Promise<boolean> => {
      // Twice, because a serial number is protected by no more than a checksum.
      for (let look = 0; look < 2; look += 1) {
        const now = serial === noSerial ? serial : await readSerial(link)
        if (now === serial) unheard = false
        if (now === null || now === serial) return false
      }
      happened.add('coin-acceptor-exchanged')
      replaced = true
      service = null
      inhibits.forget()
      await inhibits.set(closed)
      return true
    }

    /** Reads again what looks wrong: reading consumes nothing, and an old reply may have come late. Null when there is nothing to believe yet. */
    const believe = async (from: CoinCursor, reading: Reading): Promise<Advance | null> => {
      if (await exchanged()) return null
      let advance = readOn(from, reading)
      for (let look = 0; look < looksAgain; look += 1) {
        const again = await readCredits()
        if (!again) return null
        const second = readOn(from, again)
        if (!second?.alarm) return second
        // A device may leave 0 by itself once it was asked (CT2 3.27.1): it was reset all the same.
        if (reading.counter !== 0) advance = second
      }
      return advance
    }

    const poll = async (own: Service) => {
      const waiting = own.unrecorded[0]
      const reading = await readCredits()
      // While it was not heard another one can have taken its place: nothing is read on from its cursor before it has said who it is.
      if (!reading) unheard = true
      else if (unheard) await exchanged()
      if (!reading || unheard || service !== own) return
      const from = own.seen
      if (!from) {
        own.seen = { serial, ...reading, ordinal: 0 }
        own.unrecorded.push({ kind: 'moved', from: null, to: own.seen, coins: [], lost: 0, unknown: 0, alarm: null })
      } else {
        const first = readOn(from, reading)
        const advance = first?.alarm ? await believe(from, reading) : first
        if (advance && service === own) await takeAdvance(own, from, advance)
      }
      if (own.unrecorded[0] === waiting || !from) emitUnrecorded()
    }

    const selfCheck = async () => {
      const now = clock.monotonic()
      if (suspectedAt === null || now < nextSelfCheck) return
      if (!selfCheckSupported) {
        ailment = now - suspectedAt < unconfirmedJamMs ? suspicion : null
        if (!ailment) suspectedAt = null
        return
      }
      patientUntil = now + selfCheckTimeoutMs
      const bytes = await link.ask(headers.selfCheck, { tries: 1, timeoutMs: selfCheckTimeoutMs })
      patientUntil = 0
      if (bytes) ailment = faultOfSelfCheck(bytes[0] ?? 0)
      if (bytes && !ailment) suspectedAt = null
      nextSelfCheck = clock.monotonic() + selfCheckEveryMs
    }

    const currentTable = () => (codesAreValues ? Promise.resolve([]) : readTable(link))

    const settleDoubt = async (own: Service) => {
      const table = await currentTable()
      if (!table) return
      tableInDoubt = false
      nextTableLook = clock.monotonic() + tableEveryMs
      deviceTable = table
      own.table = matchTable(table, own.approved)
      await sort(own)
    }

    /** Sends each coin where the operator wants it (headers 210 and 209); one that goes elsewhere closes the acceptor. */
    const sort = async (own: Service) => {
      const wrong: string[] = []
      for (const { position, id } of deviceTable) {
        const path = own.approved.find((coin) => coin.id === id)?.path
        if (path === undefined) continue
        const readPath = async () => (await link.ask(headers.sorterPath, { data: [position] }))?.[0]
        if ((await readPath()) === path) continue
        await link.ask(headers.setSorterPath, { data: [position, path] })
        if ((await readPath()) !== path) wrong.push(id)
      }
      sortsWrong = wrong.length > 0
    }

    /** Tells how many coins of each kind it ever accepted, at a moment into which no event came. */
    const count = async ({ seen, unrecorded, approved }: Service) => {
      if (!seen || unrecorded.length > 0 || tableInDoubt || codesAreValues) return
      const coins = deviceTable.filter(({ id }) => approved.some((coin) => coin.id === id))
      const counts = await ownCounts.read(coins, async () => (await readCredits())?.counter === seen.counter)
      if (counts) emit({ kind: 'counted', serial, ordinal: seen.ordinal, counts })
    }

    const tick = async () => {
      if (service) await poll(service)
      // A table can be programmed anew while nobody looks: over night, without a restart.
      if (wanted.length === 0 && clock.monotonic() >= nextTableLook) tableInDoubt = true
      if (service && tableInDoubt && !(await exchanged())) await settleDoubt(service)
      if (service && wanted.length === 0 && ownCounts.isDue()) await count(service)
      if (service) await keepInhibits()
      await selfCheck()
      if (service && clock.monotonic() >= nextInspection) {
        nextInspection = clock.monotonic() + inspectEveryMs
        if (!(await exchanged())) await verifyInhibits()
      }
      reportFaults()
    }

    const polls = makePoll(clock, settings.pollMs, {
      isWanted: () => !stopped && service !== null && failure === null,
      tick: () => inTurn(tick),
      onFailure: (error) => (failure = error),
    })

    const configure = async (cursor: CoinCursor | null, approved: readonly ApprovedCoin[]) => {
      happened.clear()
      if (cursor && cursor.serial !== serial) {
        happened.add('coin-acceptor-exchanged')
        service = null
      } else service = { approved, table: matchTable(deviceTable, approved), seen: cursor, unrecorded: [] }
      ownCounts.forget()
      if (service) await sort(service)
      await keepInhibits()
      reportFaults()
      if (service) polls.start()
    }

    const recorded = (cursor: CoinCursor) => {
      if (!service || cursor.serial !== serial) return
      const { unrecorded } = service
      const index = unrecorded.findIndex(({ to }) => sameCursor(to, cursor))
      if (index >= 0) unrecorded.splice(0, index + 1)
      else {
        const known = unrecorded[0] ? unrecorded[0].from : service.seen
        if (known && (sameCursor(known, cursor) || cursor.ordinal < known.ordinal)) return
        // The journal stands where we never told it to: that is where to go on.
        service.seen = cursor
        unrecorded.length = 0
      }
      emitUnrecorded()
    }

    const prepare = async (): Promise<DeviceIdentity | null> => {
      const identity = await identify(link, categories)
      if (!identity || (await inhibits.set(closed)) === 'silent') return null
      const flags = await link.ask(headers.optionFlags, { tries: 2 })
      codesAreValues = ((flags?.[0] ?? 0) & 1) === 1
      const checked = await link.ask(headers.selfCheck, { tries: 1, timeoutMs: firstSelfCheckTimeoutMs })
      const table = await currentTable()
      if (!table) return null
      serial = identity.serial
      deviceTable = table
      selfCheckSupported = checked !== null
      ailment = checked && faultOfSelfCheck(checked[0] ?? 0)
      if (ailment) suspect(ailment)
      nextInspection = clock.monotonic() + inspectEveryMs
      nextTableLook = clock.monotonic() + tableEveryMs
      return identity
    }

    return {
      start: () =>
        inTurn(async () => {
          const identity = await prepare()
          if (!identity) return null
          reportFaults()
          emit({ kind: 'identified', serial, table: deviceTable })
          return identity
        }),
      async heartbeat() {
        if (failure !== null) throw failure
        if (replaced) return false
        if (!polls.isRunning()) return (await inTurn(() => link.ask(headers.simplePoll))) !== null
        const now = clock.monotonic()
        return now - link.lastAnswer() < silenceMs || now < patientUntil
      },
      async execute(command) {
        switch (command.kind) {
          case 'configure':
            return inTurn(() => configure(command.cursor, command.coins))
          case 'accept':
            wanted = command.ids
            return inTurn(async () => {
              await keepInhibits()
              reportFaults()
            })
          case 'recorded':
            return recorded(command.cursor)
        }
      },
      async stop() {
        stopped = true
        await inTurn(async () => {
          inhibits.forget()
          await inhibits.set(closed)
        })
      },
    }
  }
}
