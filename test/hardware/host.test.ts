import { expect, it } from 'vitest'
import { virtualClock } from '../../hardware/clock.ts'
import { makeCoinAcceptorSimulator } from '../../hardware/coin-acceptor/simulator.ts'
import { createDeviceHost } from '../../hardware/host.ts'
import { makePrinterSimulator } from '../../hardware/printer/simulator.ts'
import { makeQrScannerSimulator } from '../../hardware/qr-scanner/simulator.ts'
import type { DeviceSettings, HostMessage } from '../../hardware/wire.ts'
import { makeCable } from './cable.ts'
import { allIds, approved, credit, emptyJournal, settings, write } from './coin-acceptor/bench.ts'

const deviceSettings: DeviceSettings = {
  'coin-acceptor': settings,
  'qr-scanner': { path: '/dev/scanner', baudRate: 9600, suffixHex: '0d', listenHex: '0201', restHex: '0200' },
  printer: { path: '/dev/printer', baudRate: 115_200, widthDots: 576 },
}

function makeStand() {
  const clock = virtualClock(0)
  const cables = { 'coin-acceptor': makeCable(), 'qr-scanner': makeCable(), printer: makeCable() }
  const simulators = {
    'coin-acceptor': makeCoinAcceptorSimulator(cables['coin-acceptor'].far, clock),
    'qr-scanner': makeQrScannerSimulator(cables['qr-scanner'].far, clock, { listenHex: '0201', restHex: '0200' }),
    printer: makePrinterSimulator(cables.printer.far, clock),
  }
  const messages: HostMessage[] = []
  const host = createDeviceHost(deviceSettings, { clock, open: (device) => cables[device as keyof typeof cables].open })
  host.onMessage((message) => void messages.push(message))
  const states = () => new Map(messages.filter((message) => message.kind === 'health').map(({ device, health }) => [device, health.state]))
  const events = () => messages.filter((message) => message.kind === 'event')
  const slips = () => events().flatMap((message) => (message.device === 'printer' ? [message.event] : []))
  const stop = async () => {
    const stopped = host.stop()
    await clock.advance(2000)
    await stopped
  }
  return { clock, cables, simulators, messages, host, states, events, slips, stop }
}
const picture = { widthDots: 64, heightDots: 8, rasterBase64: Buffer.alloc(64).toString('base64') }

it('brings all devices up, and tells a listener that comes later how they are', async () => {
  const stand = makeStand()
  await stand.clock.advance(5000)
  expect([...stand.states().values()]).toEqual(['ready', 'ready', 'ready'])
  const late: HostMessage[] = []
  stand.host.onMessage((message) => void late.push(message))
  expect(late.map((message) => message.kind === 'health' && message.health.state)).toEqual(['ready', 'ready', 'ready'])
  await stand.stop()
})

it('F31 what a device was told to be is told again after a reconnect: table, inhibits and cursor of the acceptor, light of the scanner', async () => {
  const stand = makeStand()
  const { clock, host, cables, simulators } = stand
  const journal = emptyJournal()
  host.onMessage((message) => {
    if (message.kind !== 'event' || message.device !== 'coin-acceptor' || message.event.kind !== 'moved') return
    write(journal, message.event)
    host.send({ device: 'coin-acceptor', command: { kind: 'recorded', cursor: message.event.to } })
  })
  // Before any of them is there.
  host.send({ device: 'coin-acceptor', command: { kind: 'configure', cursor: null, coins: approved } })
  host.send({ device: 'coin-acceptor', command: { kind: 'accept', ids: allIds } })
  host.send({ device: 'qr-scanner', command: { kind: 'listen' } })
  await clock.advance(3000)
  expect(await simulators['coin-acceptor'].hand('insert 500')).toMatch(/^accepted/)
  expect(await simulators['qr-scanner'].hand('show first')).toMatch(/^sent/)
  await clock.advance(500)

  cables['coin-acceptor'].unplug()
  cables['qr-scanner'].unplug()
  await simulators['qr-scanner'].hand('plug')
  await clock.advance(100)
  expect([stand.states().get('coin-acceptor'), stand.states().get('qr-scanner')]).toEqual(['lost', 'lost'])
  await simulators['coin-acceptor'].hand('in-flight 100')
  cables['coin-acceptor'].plug()
  cables['qr-scanner'].plug()
  await clock.advance(5000)
  expect(await simulators['coin-acceptor'].hand('insert 10')).toMatch(/^accepted/)
  expect(await simulators['qr-scanner'].hand('show second')).toMatch(/^sent/)
  await clock.advance(500)
  expect(credit(journal)).toBe(610)
  expect(journal.alarms).toEqual([])
  const codes = stand.events().flatMap((message) => {
    if (message.device !== 'qr-scanner' || message.event.kind !== 'code') return []
    return [Buffer.from(message.event.bytesHex, 'hex').toString()]
  })
  expect(codes).toEqual(['first', 'second'])
  await stand.stop()
})

it('F48 a slip for a printer that is not there is answered at once: not printed', async () => {
  const stand = makeStand()
  stand.cables.printer.unplug()
  await stand.clock.advance(2000)
  stand.host.send({ device: 'printer', command: { kind: 'print', job: 'a', ...picture } })
  expect(stand.slips()).toEqual([{ kind: 'not-printed', job: 'a' }])
  await stand.stop()
})

it('F48 a slip whose printer goes away in the middle of it is answered once: not printed', async () => {
  const stand = makeStand()
  await stand.clock.advance(3000)
  await stand.simulators.printer.hand('silent on')
  stand.host.send({ device: 'printer', command: { kind: 'print', job: 'b', ...picture } })
  await stand.clock.advance(20)
  stand.cables.printer.unplug()
  await stand.clock.advance(30_000)
  expect(stand.slips()).toEqual([{ kind: 'not-printed', job: 'b' }])
  await stand.stop()
})

it('a booth without a device: commands to it change nothing, a slip is not printed', async () => {
  const host = createDeviceHost({}, { clock: virtualClock(0), open: () => () => Promise.resolve(null) })
  const messages: HostMessage[] = []
  host.onMessage((message) => void messages.push(message))
  host.send({ device: 'coin-acceptor', command: { kind: 'accept', ids: allIds } })
  host.send({ device: 'qr-scanner', command: { kind: 'listen' } })
  host.send({ device: 'printer', command: { kind: 'print', job: 'c', ...picture } })
  expect(messages).toEqual([{ kind: 'event', device: 'printer', event: { kind: 'not-printed', job: 'c' } }])
  await host.stop()
})

it('F05 at the end coins are inhibited', async () => {
  const stand = makeStand()
  stand.host.send({ device: 'coin-acceptor', command: { kind: 'configure', cursor: null, coins: approved } })
  stand.host.send({ device: 'coin-acceptor', command: { kind: 'accept', ids: allIds } })
  await stand.clock.advance(3000)
  expect(await stand.simulators['coin-acceptor'].hand('insert 10')).toMatch(/^accepted/)
  await stand.stop()
  expect(JSON.parse(await stand.simulators['coin-acceptor'].hand('counters'))).toMatchObject({ mask: 0, open: false })
})
