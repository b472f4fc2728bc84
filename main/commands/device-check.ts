import { identify } from '../../hardware/cctalk/identify.ts'
import { makeLink } from '../../hardware/cctalk/link.ts'
import { selfCheckName } from '../../hardware/cctalk/self-check.ts'
import type { Clock } from '../../hardware/clock.ts'
import { matchTable } from '../../hardware/coin-acceptor/coin-table.ts'
import { faultOfSelfCheck } from '../../hardware/coin-acceptor/checks.ts'
import type { CoinAcceptorSettings } from '../../hardware/coin-acceptor/driver.ts'
import type { ApprovedCoin } from '../../hardware/coin-acceptor/events.ts'
import { categories, readTable } from '../../hardware/coin-acceptor/device-table.ts'
import { headers } from '../../hardware/coin-acceptor/headers.ts'
import type { DeviceHealth } from '../../hardware/device.ts'
import { faults } from '../../hardware/faults.ts'
import type { SerialDevice } from '../../hardware/host.ts'
import { plainText } from '../../hardware/plain-text.ts'
import { openSerial } from '../../hardware/transports/serial.ts'
import type { DeviceHost } from '../../hardware/wire.ts'
import { benchTable, healthTeller, type Say } from './device-watch.ts'

/** A self-check may take seconds (CT2 3.24). */
const selfCheckMs = 10_000
/** How long a device may take to be found. */
const foundMs = 10_000

export interface CheckPorts {
  readonly clock: Clock
  readonly say: Say
}

/**
 * Says who the acceptor is, what it knows and how its self-check ends, or one of them; false when it does not answer, lacks a coin or is not well. Lets no
 * coin in.
 */
export async function checkCoinAcceptor(
  settings: CoinAcceptorSettings,
  { clock, say, coins, trace }: CheckPorts & { readonly coins: readonly ApprovedCoin[] | null; readonly trace: boolean },
  only?: 'identity' | 'table' | 'self-check',
): Promise<boolean> {
  const device = 'coin-acceptor'
  const lost = (reason: string) => {
    say({ event: 'fault', device, fault: 'coin-acceptor-lost', severity: faults['coin-acceptor-lost'].severity, reason })
    return false
  }
  const wire = await openSerial(settings.path, { baudRate: settings.baudRate, clock })
  if (!wire) return lost('the port cannot be opened')
  const link = makeLink(
    wire,
    {
      clock,
      trace: (direction, bytes, note) => trace && say({ event: 'frame', direction, hex: Buffer.from(bytes).toString('hex'), note: note ?? null }),
    },
    settings,
  )
  const identity = await identify(link, categories)
  if (!identity) {
    await wire.close()
    return lost('no coin acceptor answers')
  }
  const wants = (part: typeof only) => only === undefined || only === part
  if (wants('identity')) {
    const build = await link.ask(headers.build, { tries: 2 })
    const revision = await link.ask(headers.commsRevision, { tries: 2 })
    const commsRevision = revision && [...revision].join('.')
    say({ event: 'identity', device, ...identity, build: build && plainText(build), commsRevision, echo: link.echo() })
  }
  let well = true
  if (wants('table')) {
    const table = await readTable(link)
    const approved = coins ?? benchTable(table ?? [])
    const { missing, coinAt } = matchTable(table ?? [], approved)
    say({ event: 'table', device, table: (table ?? []).map((coin) => ({ ...coin, value: coinAt(coin.position)?.value ?? null })), missing })
    if (missing.length > 0) say({ event: 'fault', device, fault: 'coin-table-mismatch', severity: faults['coin-table-mismatch'].severity })
    if (only === 'table') well = missing.length === 0
  }
  if (wants('self-check')) {
    const checked = await link.ask(headers.selfCheck, { tries: 1, timeoutMs: selfCheckMs })
    const code = checked?.[0] ?? null
    const fault = code === null ? null : faultOfSelfCheck(code)
    say({ event: 'self-check', device, code, name: code === null ? 'not supported' : selfCheckName(code), extra: checked?.[1] ?? null, fault })
    well &&= fault === null
  }
  if (only === undefined) {
    const status = await link.ask(headers.commsStatus, { tries: 2 })
    if (status) say({ event: 'comms-status', device, timeouts: status[0], ignored: status[1], badChecksums: status[2] })
  }
  await wire.close()
  return well
}

/** Waits for any other device to be found and says who and how it is; false when it is not there or cannot do its work. */
export async function checkDevice(kind: SerialDevice, host: DeviceHost, { clock, say }: CheckPorts): Promise<boolean> {
  const tell = healthTeller(say)
  const health = await new Promise<DeviceHealth | null>((done) => {
    clock.after(foundMs, () => done(null))
    host.onMessage((message) => {
      if (message.kind !== 'health' || message.device !== kind) return
      tell(kind, message.health)
      if (message.health.state !== 'starting') done(message.health)
    })
  })
  await host.stop()
  return health?.state === 'ready'
}
