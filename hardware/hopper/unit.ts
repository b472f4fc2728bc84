import { numberOf } from '../cctalk/frames.ts'
import { identify, noSerial, readSerial } from '../cctalk/identify.ts'
import type { Link } from '../cctalk/link.ts'
import type { Clock } from '../clock.ts'
import type { DeviceIdentity } from '../device.ts'
import type { FaultCode } from '../faults.ts'
import { plainText } from '../plain-text.ts'
import type { HopperState, PayoutAlarm, PayoutIntent } from './events.ts'
import { headers } from './headers.ts'
import { judge, type HopperStatus, type Verdict } from './judge.ts'
import { flagsOf, isSingleCoin } from './registers.ts'

/** What header 245 says of every hopper (CT3 table 1). */
export const categories = ['Payout'] as const
/** The code that lets a hopper pay (CT2 3.89); every other one forbids it. */
const enableCode = 165
/** How often a running pay-out is looked at. */
const pollMs = 200
/** A hopper that was reset answers again after this. */
const resetMs = 500
/** A dispense that is known not to have arrived is sent so often in all. */
const tries = 3
/** After an answer of "busy". */
const busyMs = 200
const mostBusy = 20
/** A coin takes no longer than this; then the motor is stopped (header 172). */
const longestCoinMs = 3000
const longestSearchMs = 15_000
/** The figures are read again this often before they are believed to contradict each other. */
const looksAgain = 2

/** What a dispense has to carry: the serial number, or bytes that mean nothing (CT4 2.3, CT2 3.86). */
type Security = 'serial' | 'none'

export interface UnitSettings {
  /** ccTalk address 2..255 (CT3 table 1: 3 for the first hopper). */
  readonly address: number
  /** Identifier of the coin in it, for a hopper that does not tell. */
  readonly coin: string
}

export interface Settled {
  readonly paid: number
  readonly unpaid: number
  readonly alarm: PayoutAlarm | null
}

/** One hopper on the line. */
export interface Unit {
  readonly identity: DeviceIdentity
  state(): HopperState
  faults(): readonly FaultCode[]
  /** Reads again what can change; false when it did not answer, or another hopper does. */
  look(): Promise<boolean>
  /** Carries `intent` out unless that was done, and follows it to its end; null when the hopper fell silent first, or another one took its place. */
  settle(intent: PayoutIntent, mayPay: boolean): Promise<Settled | null>
  /** Forbids pay-outs. */
  rest(): Promise<void>
}

/** Whether the coins that count as paid may be others than those that left. */
const isDoubtful = (alarm: PayoutAlarm | null): boolean => alarm === 'mismatch' || alarm === 'uncertain'

/** Identifies and prepares the hopper behind `link`; null when none answers. */
export async function openUnit(link: Link, clock: Clock, settings: UnitSettings, isStopped: () => boolean): Promise<Unit | null> {
  const wait = (ms: number) => new Promise<void>((done) => void clock.after(ms, done))
  const said = await identify(link, categories)
  if (!said || !(await link.ask(headers.enable, { data: [0] }))) return null
  const identity = said
  const coinBytes = await link.ask(headers.coin, { tries: 2 })
  const hasKey = (await link.ask(headers.cipherKey, { tries: 2 })) !== null
  /** What its dispense carries; the other kind after a refusal. */
  let security: Security = hasKey ? 'none' : 'serial'

  let status: HopperStatus = { counter: 0, remaining: 0, paid: 0, unpaid: 0 }
  let total: number | null = null
  let hasTotal = true
  let hasLevel = true
  let level: HopperState['level'] = 'unknown'
  let registers: Uint8Array = new Uint8Array()
  let dry = false
  let refusals = false
  let doubtful = false

  const readStatus = async (): Promise<boolean> => {
    const bytes = await link.ask(headers.status)
    if (!bytes) return false
    const [counter = 0, remaining = 0, paid = 0, unpaid = 0] = bytes
    status = { counter, remaining, paid, unpaid }
    if (!hasTotal) return true
    const count = await link.ask(headers.total, { tries: total === null ? 2 : 3 })
    // One that counted before and is silent now was not heard.
    if (!count && total !== null) return false
    if (!count) hasTotal = false
    else total = numberOf(count)
    return true
  }
  const readRegisters = async (): Promise<boolean> => {
    const bytes = await link.ask(headers.test)
    if (bytes) registers = bytes
    return bytes !== null
  }
  const readLevel = async () => {
    if (!hasLevel) return
    const byte = (await link.ask(headers.level, { tries: 2 }))?.[0]
    if (byte === undefined) hasLevel = level !== 'unknown'
    else if ((byte & 0x10) !== 0 && (byte & 1) !== 0) level = 'low'
    else if ((byte & 0x20) !== 0 && (byte & 2) !== 0) level = 'high'
    else level = (byte & 0x30) === 0 ? 'unknown' : 'middle'
  }
  const mustReset = () => flagsOf(registers).some(({ kind }) => kind === 'reset')
  /** Flags that only a reset clears are cleared while nobody waits for a coin; one that stays is a fault (CT2 3.90.1). */
  const clearFlags = async (): Promise<boolean> => {
    if (!mustReset() || status.remaining > 0) return true
    if (!(await link.ask(headers.reset))) return false
    await wait(resetMs)
    return (await readStatus()) && readRegisters()
  }
  /** Whether it is still this hopper that answers: another one's counters say nothing of our pay-outs. One that told no number may merely not have been heard. */
  const isSame = async (): Promise<boolean> =>
    ((await readSerial(link, { tries: identity.serial === noSerial ? 1 : 3 })) ?? noSerial) === identity.serial
  const isLocked = () => refusals || flagsOf(registers).some(({ fault }) => fault === 'hopper-locked')

  /** How the intent stands; null when the hopper is silent, or another one answers. */
  const look = async (intent: PayoutIntent): Promise<Verdict | null> => {
    // A count that stands in the intent is waited for: without it all coins would have to count as paid.
    if (intent.totalBefore !== null) hasTotal = true
    if (!(await readStatus()) || (intent.totalBefore !== null && total === null)) return null
    let verdict = judge(intent, status, total)
    for (let again = 0; again < looksAgain && verdict.kind === 'over' && isDoubtful(verdict.alarm); again += 1) {
      await wait(pollMs)
      if (!(await readStatus())) return null
      verdict = judge(intent, status, total)
    }
    return verdict.kind === 'running' || (await isSame()) ? verdict : null
  }

  const follow = async (intent: PayoutIntent): Promise<Verdict | null> => {
    const until = clock.monotonic() + intent.coins * longestCoinMs + longestSearchMs
    let stopSent = false
    for (;;) {
      const verdict = await look(intent)
      if (verdict?.kind !== 'running') return verdict
      if (isStopped()) return null
      if (clock.monotonic() > until) {
        if (stopSent) return null
        stopSent = true
        await link.once(headers.emergencyStop)
      }
      await wait(pollMs)
    }
  }

  /** Sends the dispense, exactly once. */
  const dispense = async (intent: PayoutIntent) => {
    if (!(await link.ask(headers.enable, { data: [enableCode] }))) return 'silent'
    // A key is asked for before each dispense, also after a refusal (CT4 2.3.2).
    if (hasKey) await link.ask(headers.cipherKey)
    // Without power it would have to be enabled once more: what its counter says from here on it says at the dispense too.
    if (!(await readStatus()) || status.counter !== intent.counterBefore || !(await isSame())) return 'silent'
    const number = Number(identity.serial)
    const code = security === 'serial' ? [number % 256, Math.floor(number / 256) % 256, Math.floor(number / 65_536) % 256] : new Array<number>(8).fill(0)
    const { kind } = await link.once(headers.dispense, { data: [...code, intent.coins] })
    return kind
  }

  const pay = async (intent: PayoutIntent): Promise<Verdict | null> => {
    let rebuffs = 0
    for (let busy = 0, tried = 0; ; ) {
      if (isStopped()) return null
      const outcome = await dispense(intent)
      // The reply says little: whatever it was, the counters decide (CT4 2.3.2).
      const verdict = await follow(intent)
      if (verdict?.kind !== 'never-arrived') return verdict
      // A hopper may ask for a key and want its number, or the other way round.
      if (outcome === 'refused') security = security === 'serial' ? 'none' : 'serial'
      // What protects its pay-outs by a PIN or a cipher refuses them, or meets them with silence (CT2 3.37).
      if (outcome === 'refused' || outcome === 'silent') rebuffs += 1
      if (outcome === 'busy' && (busy += 1) < mostBusy) await wait(busyMs)
      else if ((tried += 1) >= tries) break
    }
    refusals = rebuffs === tries
    return { kind: 'over', paid: 0, unpaid: intent.coins, alarm: 'refused' }
  }

  const unit: Unit = {
    identity,
    state: () => ({
      serial: identity.serial,
      address: settings.address,
      coin: coinBytes && plainText(coinBytes).replaceAll('.', '') !== '' ? plainText(coinBytes) : settings.coin,
      counter: status.counter,
      total,
      level,
      ready: !mustReset() && !isLocked() && status.remaining === 0 && identity.serial !== noSerial && !isSingleCoin(registers),
    }),
    faults() {
      const held = flagsOf(registers).flatMap(({ fault, kind }) => (fault && (kind !== 'warning' || fault !== 'hopper-empty') ? [fault] : []))
      if (dry) held.push('hopper-empty')
      if (refusals) held.push('hopper-locked')
      if (doubtful) held.push('payout-unclear')
      return [...new Set(held)]
    },
    async look() {
      if (!(await isSame()) || !(await readStatus()) || !(await readRegisters())) return false
      const before = level
      await readLevel()
      // Somebody filled it.
      if (before === 'low' && level !== 'low') dry = false
      return clearFlags()
    },
    async settle(intent, mayPay) {
      const before = await follow(intent)
      if (!before) return null
      let verdict: Verdict | null = before
      if (before.kind === 'never-arrived') {
        if (!(await readRegisters())) return null
        const alarm = mayPay ? ('fault' as const) : null
        verdict = mayPay && !mustReset() ? await pay(intent) : { kind: 'over', paid: 0, unpaid: intent.coins, alarm }
      }
      if (verdict?.kind !== 'over') return null
      await unit.rest()
      await readRegisters()
      const { paid, unpaid } = verdict
      const timedOut = flagsOf(registers).some(({ fault }) => fault === 'hopper-empty')
      const hurt = mustReset()
      const alarm = verdict.alarm === 'empty' && !timedOut && hurt ? ('fault' as const) : verdict.alarm
      if (unpaid > 0 && timedOut) dry = true
      else if (paid > 0 && unpaid === 0) dry = false
      if (isDoubtful(alarm)) doubtful = true
      await readLevel()
      await clearFlags()
      return { paid, unpaid, alarm }
    },
    async rest() {
      await link.ask(headers.enable, { data: [0] })
    },
  }
  return (await unit.look()) ? unit : null
}
