import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { makeStillCameraDriver } from '../../../hardware/camera/driver.ts'
import type { StillCameraEvent } from '../../../hardware/camera/events.ts'
import { makeStillCameraSimulator } from '../../../hardware/camera/simulator.ts'
import { virtualClock } from '../../../hardware/clock.ts'
import type { DeviceHealth } from '../../../hardware/device.ts'
import type { FaultCode } from '../../../hardware/faults.ts'
import { programRunner } from '../../../hardware/program.ts'
import { superviseProgramDevices } from '../../../hardware/program-devices.ts'
import { linkedPair } from '../../../hardware/transport.ts'
import type { DeviceEvent } from '../../../hardware/wire.ts'
import { until } from '../../support/until.ts'

const picture = new URL('../../fixtures/photo/grace-hopper.jpg', import.meta.url).pathname
const jpegBase64 = readFileSync(picture).toString('base64')
const still = { kind: 'still', job: 'one', jpegBase64 }
const noStill = (reason: string) => ({ kind: 'no-still', job: 'one', reason })

/** Whether a process does anything still; a dead one may wait for somebody to ask how it ended. */
function isRunning(pid: number): boolean {
  const stat = `/proc/${pid}/stat`
  return existsSync(stat) && !/^\d+ \(.*\) Z /.test(readFileSync(stat, 'utf8'))
}

function simulated() {
  const dir = mkdtempSync(join(tmpdir(), 'cardbooth-camera-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  const camera = makeStillCameraSimulator(dir, picture)
  const settings = { program: camera.program, model: '', configuration: ['capturetarget=0'], captureMs: 20_000 }
  const calls = () => readFileSync(join(dir, 'calls'), 'utf8').trim().split('\n')
  /** The process that hangs, once it does. */
  const hanging = async () => {
    await until(() => expect(existsSync(join(dir, 'hanging'))).toBe(true))
    return Number(readFileSync(join(dir, 'hanging'), 'utf8'))
  }
  return { camera, settings, calls, hanging, clock: virtualClock(0) }
}

/** One driver on the simulated program. */
function bench(changes: { readonly model?: string } = {}) {
  const { camera, settings, calls, hanging, clock } = simulated()
  const events: StillCameraEvent[] = []
  const traced: string[] = []
  let faults: readonly FaultCode[] = []
  const driver = makeStillCameraDriver({ ...settings, ...changes }, programRunner(clock))(linkedPair()[0], {
    clock,
    emit: (event) => void events.push(event),
    report: (held) => (faults = held),
    trace: (_direction, bytes, note) => void traced.push(`${Buffer.from(bytes).toString('latin1')} ${note ?? ''}`),
  })
  return { camera, clock, calls, hanging, driver, events, traced, faults: () => faults, capture: () => driver.execute({ kind: 'capture', job: 'one' }) }
}

test('a camera says who it is, and its picture comes byte for byte, over memory and nowhere else', async () => {
  const { driver, capture, events, faults, calls, traced } = bench()
  expect(await driver.start()).toEqual({ manufacturer: 'Canon Inc.', product: 'Canon EOS 700D', serial: '7c5c7b4d1a0e4f9', software: '3-1.1.4' })
  await capture()
  expect(events).toEqual([still])
  expect(faults()).toEqual([])
  expect(calls()).toEqual([
    '--auto-detect',
    '--port=usb:001,005 --summary',
    '--port=usb:001,005 --set-config-value=capturetarget=0 --capture-image-and-download --stdout-size',
  ])
  expect(traced.join('\n')).not.toContain('JFIF')
})

test.each([
  ['raw-and-jpeg', still, []],
  ['raw', noStill('no-jpeg'), ['still-camera-failed']],
  ['cut', noStill('failed'), ['still-camera-failed']],
  ['no-focus', noStill('focus'), ['still-camera-failed']],
  ['claimed', noStill('claimed'), ['still-camera-claimed']],
  ['pulled', noStill('lost'), ['still-camera-lost']],
  ['keeps', still, ['still-camera-keeps-pictures']],
] as const)('a camera that is %s: the answer and the fault', async (mood, answer, held) => {
  const { driver, camera, capture, events, faults } = bench()
  await driver.start()
  await camera.hand(`mood ${mood}`)
  await capture()
  expect(events).toEqual([answer])
  expect(faults()).toEqual(held)
})

test('a camera that keeps a picture on its card takes no further one', async () => {
  const { driver, camera, capture, events, calls } = bench()
  await driver.start()
  await camera.hand('mood keeps')
  await capture()
  await capture()
  expect(events).toEqual([still, noStill('failed')])
  expect(calls()).toHaveLength(3)
})

test('after a picture without focus the next one is taken at once, and the fault is gone', async () => {
  const { driver, camera, capture, events, faults } = bench()
  await driver.start()
  await camera.hand('mood no-focus')
  await capture()
  await camera.hand('mood well')
  expect(await driver.heartbeat()).toBe(true)
  await capture()
  expect(events.at(-1)).toEqual(still)
  expect(faults()).toEqual([])
})

test('a camera that hangs is killed when its time is over, its port is reset, and it is opened anew', async () => {
  const { driver, camera, clock, capture, events, faults, hanging, calls } = bench()
  await driver.start()
  await camera.hand('mood hang')
  const captured = capture()
  const pid = await hanging()
  expect(isRunning(pid)).toBe(true)
  await clock.advance(19_999)
  expect(events).toEqual([])
  await clock.advance(1)
  await captured
  expect(events).toEqual([noStill('late')])
  expect(faults()).toEqual(['still-camera-failed'])
  expect(isRunning(pid)).toBe(false)
  expect(calls().at(-1)).toBe('--port=usb:001,005 --reset')
  expect(await driver.heartbeat()).toBe(false)
})

test('a booth that ends does not wait for a camera that hangs', async () => {
  const { driver, camera, capture, events, hanging } = bench()
  await driver.start()
  await camera.hand('mood hang')
  const captured = capture()
  const pid = await hanging()
  expect(isRunning(pid)).toBe(true)
  await driver.stop()
  await captured
  expect(events).toEqual([noStill('failed')])
  expect(isRunning(pid)).toBe(false)
})

test.each([
  ['no camera', 'unplug', {}, 'still-camera-lost'],
  ['another model', 'plug', { model: 'Nikon DSC D750' }, 'still-camera-lost'],
  ['a camera that another program holds', 'mood claimed', {}, 'still-camera-claimed'],
] as const)('with %s there is nobody, and the fault says why', async (_what, hand, changes, fault) => {
  const { driver, camera, faults } = bench(changes)
  await camera.hand(hand)
  expect(await driver.start()).toBeNull()
  expect(faults()).toEqual([fault])
})

test('a machine without gphoto2 has no camera, and says so', async () => {
  const clock = virtualClock(0)
  let faults: readonly FaultCode[] = []
  const settings = { program: '/nowhere/gphoto2', model: '', configuration: [], captureMs: 20_000 }
  const driver = makeStillCameraDriver(settings, programRunner(clock))(linkedPair()[0], {
    clock,
    emit: () => undefined,
    report: (held) => (faults = held),
    trace: () => undefined,
  })
  expect(await driver.start()).toBeNull()
  expect(faults).toEqual(['still-camera-lost'])
})

test('a camera that is unplugged and plugged in again is lost, answers what waits, and comes back under its new number', async () => {
  const { camera, settings, clock } = simulated()
  const healths: DeviceHealth[] = []
  const events: DeviceEvent[] = []
  const devices = superviseProgramDevices(
    { 'still-camera': settings },
    { clock, onEvent: (event) => void events.push(event), onHealth: (_device, health) => void healths.push(health), onThrow: (_device, error) => expect.fail(String(error)) },
  )
  const becomes = (state: DeviceHealth['state']) =>
    until(async () => {
      await clock.advance(500)
      expect(healths.at(-1)?.state).toBe(state)
    })
  await becomes('ready')
  await camera.hand('unplug')
  await becomes('lost')
  expect(healths.at(-1)?.faults).toEqual(['still-camera-lost'])
  devices.send({ device: 'still-camera', command: { kind: 'capture', job: 'one' } })
  expect(events).toEqual([{ device: 'still-camera', event: noStill('lost') }])
  await camera.hand('plug')
  await becomes('ready')
  expect(healths.at(-1)).toMatchObject({ faults: [], identity: { product: 'Canon EOS 700D' } })
  await Promise.all(Array.from(devices.supervisors.values(), (supervisor) => supervisor.stop()))
})
