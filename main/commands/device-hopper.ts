import { createInterface } from 'node:readline/promises'
import { identify } from '../../hardware/cctalk/identify.ts'
import { makeLink } from '../../hardware/cctalk/link.ts'
import type { Clock } from '../../hardware/clock.ts'
import { faults, type FaultCode } from '../../hardware/faults.ts'
import { headers } from '../../hardware/hopper/headers.ts'
import { flagsOf } from '../../hardware/hopper/registers.ts'
import { categories, openUnit } from '../../hardware/hopper/unit.ts'
import { plainText } from '../../hardware/plain-text.ts'
import type { OpenTransport } from '../../hardware/transport.ts'
import type { DeviceSettings } from '../../hardware/wire.ts'
import type { Say } from './device-watch.ts'

const device = 'hopper'

interface HopperBench {
  readonly clock: Clock
  readonly say: Say
  readonly open: OpenTransport
  readonly settings: NonNullable<DeviceSettings['hopper']>
}

function lost(say: Say, reason: string): false {
  say({ event: 'fault', device, fault: 'hopper-lost', severity: faults['hopper-lost'].severity, reason })
  return false
}

function tellFaults(say: Say, codes: readonly FaultCode[]): void {
  for (const fault of codes) say({ event: 'fault', device, fault, severity: faults[fault].severity })
}

async function withLink(bench: HopperBench, act: (link: ReturnType<typeof makeLink>) => Promise<boolean>): Promise<boolean> {
  const { open, clock, say, settings } = bench
  const wire = await open()
  if (!wire) return lost(say, 'the port cannot be opened')
  const link = makeLink(wire, { clock, trace: () => undefined }, { ...settings, address: settings.hoppers[0]?.address ?? 3 })
  const well = await act(link)
  await wire.close()
  return well
}

/** Says who the hopper is and what it holds; moves nothing. */
export function identifyHopper(bench: HopperBench): Promise<boolean> {
  return withLink(bench, async (link) => {
    const identity = await identify(link, categories)
    if (!identity) return lost(bench.say, 'no hopper answers')
    const build = await link.ask(headers.build, { tries: 2 })
    const revision = await link.ask(headers.commsRevision, { tries: 2 })
    const coin = await link.ask(headers.coin, { tries: 2 })
    const total = await link.ask(headers.total, { tries: 2 })
    bench.say({
      event: 'identity',
      device,
      ...identity,
      build: build && plainText(build),
      commsRevision: revision && [...revision].join('.'),
      coin: coin && plainText(coin),
      dispensed: total && total.reduceRight((value, byte) => value * 256 + byte, 0),
      echo: link.echo(),
    })
    return true
  })
}

/** Reads the status registers (header 163); false when one of them names a fault. */
export function selfCheckHopper(bench: HopperBench): Promise<boolean> {
  return withLink(bench, async (link) => {
    if (!(await identify(link, categories))) return lost(bench.say, 'no hopper answers')
    const registers = await link.ask(headers.test)
    const level = (await link.ask(headers.level, { tries: 2 }))?.[0] ?? null
    const found = flagsOf(registers ?? new Uint8Array())
    bench.say({ event: 'self-check', device, registers: registers && [...registers], flags: found.map(({ name }) => name), level })
    const bad = found.filter(({ kind, fault }) => kind === 'reset' || fault === 'hopper-failed' || fault === 'hopper-locked')
    tellFaults(bench.say, [...new Set(bad.flatMap(({ fault }) => (fault ? [fault] : [])))])
    return registers !== null && bad.length === 0
  })
}

/** Pays `coins` coins, once; false when not all came out, or that is not sure. The tray is asked about before, unless `isSure`. */
export async function payFromHopper(bench: HopperBench, coins: number, isSure: boolean): Promise<boolean> {
  if (!isSure) {
    const terminal = createInterface({ input: process.stdin, output: process.stderr })
    // Where the input ends before a line came, the question stays unanswered.
    const ended = new Promise<string>((done) => void terminal.once('close', () => done('')))
    const answer = await Promise.race([terminal.question(`${coins} coins will come out of the hopper. Pay them? (yes/no) `).catch(() => ''), ended])
    terminal.close()
    if (!/^y(es)?$/i.test(answer.trim())) {
      bench.say({ event: 'payout', device, paid: 0, unpaid: coins, alarm: 'not-confirmed' })
      return false
    }
  }
  return withLink(bench, async (link) => {
    const unit = await openUnit(link, bench.clock, bench.settings.hoppers[0] ?? { address: 3, coin: '' }, () => false)
    if (!unit) return lost(bench.say, 'no hopper answers')
    const { serial, counter, total } = unit.state()
    const intent = { id: 'bench', serial, coins, counterBefore: counter, totalBefore: total }
    bench.say({ event: 'intent', device, ...intent })
    const settled = await unit.settle(intent, true)
    if (settled) bench.say({ event: 'payout', device, ...settled, counter: unit.state().counter, dispensed: unit.state().total })
    else bench.say({ event: 'payout', device, paid: null, unpaid: null, alarm: 'silent' })
    tellFaults(bench.say, unit.faults())
    await unit.rest()
    return settled?.unpaid === 0 && settled.alarm === null
  })
}
