import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { virtualClock } from '../../../hardware/clock.ts'
import { clearBuffers } from '../../../hardware/printer/escpos.ts'
import { makePrinterSimulator } from '../../../hardware/printer/simulator.ts'
import { linkedPair } from '../../../hardware/transport.ts'
import { readSlip } from './bench.ts'

/** The simulator alone; `say` sends bytes, lets two seconds pass and gives what came back. */
function printer() {
  const clock = virtualClock(0)
  const [near, far] = linkedPair()
  const outDir = mkdtempSync(join(tmpdir(), 'cardbooth-slips-'))
  onTestFinished(() => rmSync(outDir, { recursive: true }))
  const simulator = makePrinterSimulator(far, clock, { outDir, widthDots: 64 })
  let heard: number[] = []
  near.onData((bytes) => heard.push(...bytes))
  const say = async (...bytes: readonly number[]) => {
    heard = []
    await near.write(Uint8Array.from(bytes))
    await clock.advance(2000)
    return heard
  }
  const lastSlip = async () => readSlip(await simulator.hand('last'))
  return { say, hand: simulator.hand, heard: () => heard, lastSlip, clock, near }
}

const cut = [0x1d, 0x56, 0x42, 0x00]
const statuses = async (say: (...bytes: readonly number[]) => Promise<number[]>) => [
  ...(await say(0x10, 0x04, 1)),
  ...(await say(0x10, 0x04, 2)),
  ...(await say(0x10, 0x04, 3)),
  ...(await say(0x10, 0x04, 4)),
]

test('real-time statuses have the fixed bits and the bits of what is wrong', async () => {
  const { say, hand } = printer()
  expect(await statuses(say)).toEqual([0x16, 0x12, 0x12, 0x12])
  await hand('paper-low')
  expect(await statuses(say)).toEqual([0x16, 0x12, 0x12, 0x1e])
  await hand('pull-paper')
  expect(await statuses(say)).toEqual([0x1e, 0x32, 0x12, 0x7e])
  await hand('load-paper')
  await hand('open-cover')
  expect(await statuses(say)).toEqual([0x1e, 0x16, 0x12, 0x12])
  await hand('close-cover')
  await hand('jam')
  expect(await statuses(say)).toEqual([0x1e, 0x52, 0x1a, 0x12])
  await hand('clear')
  expect(await statuses(say)).toEqual([0x1e, 0x52, 0x1a, 0x12])
  await say(0x10, 0x05, 2)
  expect(await statuses(say)).toEqual([0x16, 0x12, 0x12, 0x12])
})

test('a status is answered in the middle of the data of another command, and while the printer is offline', async () => {
  const { say, hand, heard, clock, lastSlip } = printer()
  expect(await say(0x1d, 0x76, 0x30, 0, 8, 0, 1, 0, 1, 2, 0x10, 0x04)).toEqual([])
  expect(await say(0x01, 6, 7, 8)).toEqual([0x16])
  await say(...cut)
  expect([...(await lastSlip()).raster]).toEqual([1, 2, 0x10, 0x04, 0x01, 6, 7, 8])
  await hand('open-cover')
  expect(await say(0x1d, 0x72, 0x01)).toEqual([])
  expect(await say(0x10, 0x04, 0x02)).toEqual([0x16])
  await hand('close-cover')
  await clock.advance(0)
  expect(heard()).toEqual([0x16, 0x00])
})

test('an answer in order comes after the printing, with the sensors in pairs', async () => {
  const { near, clock, hand } = printer()
  const heard: number[] = []
  near.onData((bytes) => heard.push(...bytes))
  await hand('paper-low')
  await near.write(Uint8Array.from([0x1d, 0x76, 0x30, 0, 1, 0, 0xb0, 0x04, ...new Uint8Array(1200), 0x1d, 0x72, 0x01]))
  await clock.advance(900)
  expect(heard).toEqual([])
  await clock.advance(200)
  expect(heard).toEqual([0x03])
})

test('raster modes, graphics and text come out on paper', async () => {
  const { say, lastSlip } = printer()
  await say(0x1b, 0x40, 0x1d, 0x76, 0x30, 3, 1, 0, 1, 0, 0b10100001, ...cut)
  const doubled = await lastSlip()
  expect(doubled.heightDots).toBe(2)
  expect([...doubled.raster.slice(0, 2)]).toEqual([0b11001100, 0b00000011])
  await say(0x1d, 0x28, 0x4c, 12, 0, 48, 112, 48, 1, 1, 49, 16, 0, 1, 0, 0xaa, 0x55, 0x1d, 0x28, 0x4c, 2, 0, 48, 50, ...cut)
  expect([...(await lastSlip()).raster.slice(0, 3)]).toEqual([0xaa, 0x55, 0])
  await say(0x1d, 0x38, 0x4c, 11, 0, 0, 0, 48, 112, 48, 1, 1, 49, 8, 0, 1, 0, 0x3c, 0x1d, 0x28, 0x4c, 2, 0, 48, 2, ...cut)
  expect([...(await lastSlip()).raster.slice(0, 2)]).toEqual([0x3c, 0])
  await say(0x41, 0x42, 0x0a, 0x1b, 0x4a, 10, ...cut)
  const text = await lastSlip()
  expect(text.heightDots).toBe(30 + 10)
  expect(text.raster.some((byte) => byte !== 0)).toBe(true)
})

test('it tells what it is, and repeats the mark of GS ( H when everything before is done', async () => {
  const { say } = printer()
  expect(Buffer.from(await say(0x1d, 0x49, 67)).toString('latin1')).toBe('_SIM-80\0')
  expect(await say(0x1d, 0x28, 0x48, 6, 0, 48, 48, 0x31, 0x32, 0x33, 0x34)).toEqual([0x37, 0x22, 0x31, 0x32, 0x33, 0x34, 0x00])
})

test('automatic status back says four bytes at each change until the printer is initialised', async () => {
  const { say, hand, clock, near } = printer()
  expect(await say(0x1d, 0x61, 0xff)).toEqual([0x14, 0, 0, 0])
  const heard: number[] = []
  near.onData((bytes) => heard.push(...bytes))
  await hand('open-cover')
  await hand('close-cover')
  await hand('paper-left 0')
  await clock.advance(0)
  expect(heard).toEqual([0x3c, 0, 0, 0, 0x14, 0, 0, 0, 0x1c, 0, 0x0f, 0])
})

test('clearing the buffers answers, drops everything before it and keeps what follows', async () => {
  const { say, lastSlip } = printer()
  const answer = await say(0x1d, 0x76, 0x30, 0, 8, 0, 9, 0, 1, 2, 3, ...clearBuffers, 0x1d, 0x76, 0x30, 0, 1, 0, 1, 0, 0x77, ...cut)
  expect(answer).toEqual([0x37, 0x25, 0x00])
  expect((await lastSlip()).heightDots).toBe(1)
})

test('a printer without power says nothing and forgets; with power it is itself again', async () => {
  const { say, hand } = printer()
  await hand('unplug')
  expect(await say(0x10, 0x04, 0x01)).toEqual([])
  await hand('plug')
  expect(await say(0x10, 0x04, 0x01)).toEqual([0x16])
  expect(await hand('state')).toBe('online, 0 rows wait, 0 rows hang out, 0 slips cut')
  expect(await hand('dance')).toMatch(/^error: /)
  expect(await hand('constructor')).toMatch(/^error: /)
  expect(await hand('late soon')).toMatch(/^error: /)
  expect(await hand('paper-left -1')).toMatch(/^error: /)
})

test('S01 random bytes break nothing: after a clearing command it prints', async () => {
  const { say, near, clock, lastSlip, hand } = printer()
  let seed = 3
  for (let block = 0; block < 64; block += 1) {
    await near.write(Uint8Array.from({ length: 1024 }, () => (seed = (seed * 48_271) % 2_147_483_647) & 0xff))
    await clock.advance(0)
  }
  await hand('load-paper')
  await say(...clearBuffers)
  await say(...cut)
  await say(0x1b, 0x40, 0x1d, 0x76, 0x30, 0, 1, 0, 1, 0, 0x5a, ...cut)
  expect((await lastSlip()).raster[0]).toBe(0x5a)
})
