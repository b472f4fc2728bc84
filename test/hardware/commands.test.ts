import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { HostMessage } from '../../hardware/wire.ts'
import { until } from '../support/until.ts'
import { approved, allIds } from './coin-acceptor/bench.ts'
import { commandBench, named, type Line } from './command-bench.ts'

const file = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const bench = commandBench()
const { run, adopt } = bench
const coinsIn = (lines: readonly Line[]) => named(lines, 'credit').map(({ value }) => value)

async function startSimulator(device: string, ...words: readonly string[]) {
  const simulator = run('main/commands/simulator.ts', [device, '--port', 'booth-device', ...words])
  await until(() => expect(named(simulator.lines, 'ready')).toHaveLength(1))
  return simulator
}

describe('npm run simulator and npm run device', () => {
  it.each([[[]], [['--checksum', 'crc-16', '--address', '11']]])('watch credits coins and inhibits at the end %j', async (words) => {
    const simulator = await startSimulator('coin-acceptor', ...words)
    const watch = run('main/commands/device.ts', ['coin-acceptor', '--port', 'booth', 'watch', ...words])
    await until(() => {
      simulator.hand('insert 100')
      expect(coinsIn(watch.lines)).not.toHaveLength(0)
    })
    simulator.hand('insert 500 JP500B')
    simulator.hand('jam')
    await until(() => expect(coinsIn(watch.lines).slice(-2)).toEqual([500, 500]))
    await until(() => expect(named(watch.lines, 'fault')).toContainEqual(expect.objectContaining({ fault: 'coin-jam' })))
    expect(named(watch.lines, 'identity')[0]).toMatchObject({ device: 'coin-acceptor', manufacturer: 'Cardbooth', serial: '12345678' })
    const counter = expect.any(Number) as unknown
    expect(named(watch.lines, 'credit').at(-1)).toMatchObject({ position: 5, id: 'JP500B', value: 500, currency: 'JPY', counter })
    watch.child.kill('SIGINT')
    expect(await watch.ended).toBe(0)
    simulator.hand('counters')
    await until(() => expect(simulator.lines.at(-1)).toMatchObject({ hand: 'counters' }))
    expect(JSON.parse(String(simulator.lines.at(-1)?.['answer']))).toMatchObject({ mask: 0, open: false })
  })

  it('what was in the acceptor before the first watch is not credited', async () => {
    const simulator = await startSimulator('coin-acceptor', '--no-watchdog')
    simulator.hand('in-flight 500 500')
    await until(() => expect(named(simulator.lines, 'hand')).toHaveLength(1))
    const watch = run('main/commands/device.ts', ['coin-acceptor', '--port', 'booth', 'watch'])
    await until(() => {
      simulator.hand('insert 10')
      expect(coinsIn(watch.lines)).not.toHaveLength(0)
    })
    expect(coinsIn(watch.lines)).not.toContain(500)
  })

  it('F38 watch with a table of its own refuses an acceptor that lacks a coin of it', async () => {
    writeFileSync(join(bench.folder(), 'coins.json'), JSON.stringify([{ id: 'TW010A', value: 10, currency: 'TWD' }]))
    const simulator = await startSimulator('coin-acceptor')
    const watch = run('main/commands/device.ts', ['coin-acceptor', '--port', 'booth', 'watch', '--coins', 'coins.json'])
    await until(() => expect(named(watch.lines, 'fault')).toMatchObject([{ fault: 'coin-table-mismatch' }]))
    simulator.hand('insert 500')
    await until(() => expect(String(named(simulator.lines, 'hand').at(-1)?.['answer'])).toMatch(/^rejected/))
    expect(coinsIn(watch.lines)).toEqual([])
  })

  it('check: 0 for a well acceptor, 1 for a jammed one, 1 for a silent line', async () => {
    const check = () => run('main/commands/device.ts', ['coin-acceptor', '--port', 'booth', 'check'])
    const silent = check()
    expect(await silent.ended).toBe(1)
    expect(named(silent.lines, 'fault')).toMatchObject([{ fault: 'coin-acceptor-lost' }])
    const simulator = await startSimulator('coin-acceptor')
    const well = check()
    expect(await well.ended).toBe(0)
    expect(named(well.lines, 'self-check')).toMatchObject([{ code: 0, name: 'ok' }])
    simulator.hand('jam')
    await until(() => expect(named(simulator.lines, 'hand')).toHaveLength(1))
    const jammed = check()
    expect(await jammed.ended).toBe(1)
    expect(named(jammed.lines, 'self-check')).toMatchObject([{ code: 3, name: 'credit sensor' }])
  })

  it('the scanner reads, and never tells what could be an Individual Number', async () => {
    const simulator = await startSimulator('qr-scanner')
    const watch = run('main/commands/device.ts', ['qr-scanner', '--port', 'booth', 'watch'])
    await until(() => expect(named(watch.lines, 'state').at(-1)).toMatchObject({ state: 'ready' }))
    simulator.hand('show hello')
    simulator.hand('show 1234 5678 9012')
    await until(() => expect(named(watch.lines, 'code')).toHaveLength(2))
    expect(named(watch.lines, 'code').map(({ text, bytesHex }) => [text, bytesHex])).toEqual([
      ['hello', '68656c6c6f'],
      [null, null],
    ])
  })

  it('the printer prints its test slip', async () => {
    await startSimulator('printer', '--out', 'slips')
    const test = run('main/commands/device.ts', ['printer', '--port', 'booth', 'test'])
    expect(await test.ended).toBe(0)
    expect(named(test.lines, 'printed')).toHaveLength(1)
  })

  it('a hopper is identified, pays once after it was told to, and says what did not come out', async () => {
    const simulator = await startSimulator('hopper', '--protocol', 'cctalk', '--preset', 'taiwan', '--filled', '3')
    const device = (...words: readonly string[]) => run('main/commands/device.ts', ['hopper', '--port', 'booth', ...words])
    const who = device('identify')
    expect(await who.ended).toBe(0)
    expect(who.lines).toMatchObject([{ event: 'identity', coin: 'TW010A', dispensed: 0 }])
    const refused = device('payout', '2')
    refused.hand('no')
    expect(await refused.ended).toBe(1)
    const unanswered = device('payout', '2')
    unanswered.child.stdin.end()
    expect(await unanswered.ended).toBe(1)
    expect(unanswered.lines).toMatchObject([{ event: 'payout', paid: 0, unpaid: 2, alarm: 'not-confirmed' }])
    // As `npm run device` runs it.
    const paid = run('build/bootstrap.mjs', ['device', 'hopper', '--port', 'booth', 'payout', '4', '--yes'])
    expect(await paid.ended).toBe(1)
    expect(paid.lines.find(({ event }) => event === 'payout')).toMatchObject({ paid: 3, unpaid: 1, alarm: 'empty', dispensed: 3 })
    simulator.hand('jam')
    const checked = device('self-check')
    expect(await checked.ended).toBe(1)
    expect(checked.lines).toContainEqual(expect.objectContaining({ event: 'fault', fault: 'hopper-jam' }))
  })

  it('the coins of Taiwan, and what a self-check means', async () => {
    const simulator = await startSimulator('coin-acceptor', '--protocol', 'cctalk', '--preset', 'taiwan')
    const device = (act: string) => run('main/commands/device.ts', ['coin-acceptor', '--port', 'booth', act])
    const table = device('table')
    expect(await table.ended).toBe(0)
    expect(table.lines).toMatchObject([{ event: 'table', table: [{ id: 'TW001A', value: 1 }, { value: 5 }, { value: 10 }, { value: 50 }], missing: [] }])
    simulator.hand('fault 1')
    const checked = device('self-check')
    expect(await checked.ended).toBe(1)
    expect(checked.lines).toMatchObject([{ event: 'self-check', code: 1, name: 'EEPROM checksum', fault: 'coin-acceptor-failed' }])
  })

  it('words that mean nothing are refused with exit code 2', async () => {
    const port = ['coin-acceptor', '--port', 'booth']
    const exitCode = (words: readonly string[]) =>
      new Promise((done) => spawn(process.execPath, [file('main/commands/device.ts'), ...words], { stdio: 'ignore' }).once('close', done))
    const nonsense = [[], ['teapot', '--port', 'booth'], ['coin-acceptor'], [...port, 'dance'], [...port, '--address', '1']]
    expect(await Promise.all(nonsense.map(exitCode))).toEqual([2, 2, 2, 2, 2])
  })
})

describe('the device process', () => {
  const configuration = (mode: string, path: string) => {
    writeFileSync(join(bench.folder(), 'booth.json'), JSON.stringify({ mode, devices: { 'coin-acceptor': { path } }, other: 'left alone' }))
    return join(bench.folder(), 'booth.json')
  }
  function host(config: string) {
    const child = spawn(process.execPath, [file('hardware/host-entry.ts'), '--config', config], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    adopt(child)
    const messages: HostMessage[] = []
    child.on('message', (heard) => {
      const message = heard as HostMessage
      messages.push(message)
      if (message.kind === 'event' && message.device === 'coin-acceptor' && message.event.kind === 'moved')
        child.send({ device: 'coin-acceptor', command: { kind: 'recorded', cursor: message.event.to } })
    })
    return { child, messages, ended: new Promise<number | null>((done) => void child.once('exit', done)) }
  }
  const states = (messages: readonly HostMessage[]) => messages.flatMap((message) => (message.kind === 'health' ? [message.health.state] : []))

  const coinsOf = (messages: readonly HostMessage[]) =>
    messages.flatMap((message) => {
      if (message.kind !== 'event' || message.device !== 'coin-acceptor' || message.event.kind !== 'moved') return []
      return message.event.coins.map(({ value }) => value)
    })

  it.each(['disconnect', 'SIGTERM'] as const)('F05 speaks JSON with its parent, and at %s inhibits coins and ends', async (how) => {
    const simulator = await startSimulator('coin-acceptor')
    const { child, messages, ended } = host(configuration('demo', bench.cable().booth))
    await until(() => expect(states(messages)).toContain('ready'))
    child.send({ device: 'coin-acceptor', command: { kind: 'configure', cursor: null, coins: approved } })
    child.send({ device: 'coin-acceptor', command: { kind: 'accept', ids: allIds } })
    await until(() => {
      simulator.hand('insert 500')
      expect(coinsOf(messages)).toContain(500)
    })
    if (how === 'disconnect') child.disconnect()
    else child.kill('SIGTERM')
    expect(await ended).toBe(0)
    simulator.hand('counters')
    await until(() => expect(simulator.lines.at(-1)).toMatchObject({ hand: 'counters' }))
    expect(JSON.parse(String(simulator.lines.at(-1)?.['answer']))).toMatchObject({ mask: 0, open: false })
  })

  it('a demonstration never opens a cash port that is no pseudo-terminal', async () => {
    const { child, messages, ended } = host(configuration('demo', '/dev/null'))
    await until(() => expect(states(messages)).toContain('lost'))
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
  })
})
