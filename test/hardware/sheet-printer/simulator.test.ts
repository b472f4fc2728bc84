import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { realClock, type Clock } from '../../../hardware/clock.ts'
import type { DeviceHealth } from '../../../hardware/device.ts'
import { superviseProgramDevices } from '../../../hardware/program-devices.ts'
import { makeSheetPrinterSimulator } from '../../../hardware/sheet-printer/simulator.ts'
import type { DeviceEvent } from '../../../hardware/wire.ts'

/** The machine's clock, twenty times as fast; what programs may take stays long enough. */
function fastClock(): Clock {
  const real = realClock()
  return { now: real.now, monotonic: () => real.monotonic() * 20, after: (ms, act) => real.after(Math.max(ms / 20, 20), act) }
}

test('the driver prints on the simulated printer, hears of its troubles and leaves nothing behind', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'cardbooth-sheets-'))
  const simulator = makeSheetPrinterSimulator(dir)
  const events: DeviceEvent[] = []
  let health: DeviceHealth | null = null
  let heard = () => {}
  const until = async (holds: () => boolean) => {
    while (!holds()) await new Promise<void>((done) => (heard = done))
  }
  const devices = superviseProgramDevices(
    { 'sheet-printer': { server: '/nowhere', programs: simulator.programs, queue: 'photo', options: [], printMs: 600_000 } },
    {
      clock: fastClock(),
      onEvent(event) {
        events.push(event)
        heard()
      },
      onHealth(_device, next) {
        health = next
        heard()
      },
      onThrow: (_device, error) => expect.fail(String(error)),
    },
  )
  onTestFinished(async () => {
    await Promise.all([...devices.supervisors.values()].map((supervisor) => supervisor.stop()))
    rmSync(dir, { recursive: true })
  })
  const print = (job: string) => devices.send({ device: 'sheet-printer', command: { kind: 'print', job, pdfBase64: Buffer.from(`%PDF ${job}`).toString('base64'), media: 'iso_a4_210x297mm', copies: 1 } })
  await until(() => health?.state === 'ready')
  print('one')
  await until(() => events.length === 1)
  expect(await simulator.hand('paper-out')).toBe('ok')
  print('two')
  await until(() => events.length === 2)
  expect(health).toMatchObject({ faults: ['sheet-printer-paper-out'] })
  expect(await simulator.hand('well')).toBe('ok')
  print('three')
  await until(() => events.length === 3)
  expect(events.map(({ event }) => event)).toEqual([
    { kind: 'printed', job: 'one' },
    { kind: 'not-printed', job: 'two' },
    { kind: 'printed', job: 'three' },
  ])
  const pages = (await simulator.hand('pages')).split(' ')
  expect(pages.map((page) => readFileSync(page, 'utf8'))).toEqual(['%PDF one', '%PDF three'])
  expect(await simulator.hand('burn')).toMatch(/^error/)
})
