import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { virtualClock } from '../../hardware/clock.ts'
import { startBooth } from '../../main/commands/demo/in-process-booth.ts'
import { deviceSocket } from '../../main/commands/demo/socket.ts'
import { makeSurroundings } from '../../main/commands/demo/surroundings.ts'
import { limitedLog } from '../../main/log/limited-log.ts'
import { jsonLog } from '../../main/log/log.ts'
import { memoryFolder } from '../support/memory-folder.ts'

let dir = ''
beforeEach(() => {
  dir = memoryFolder('flood')
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

test('F23 two devices send 10 000 bad frames a second and a page asks for nonsense as fast as it can: a few lines, every fault in the journal', async () => {
  const clock = virtualClock(Date.parse('2026-11-21T10:00:00+09:00'))
  const around = await makeSurroundings({ clock, dir })
  const loud = { 'coin-acceptor': deviceSocket(), 'qr-scanner': deviceSocket() }
  const lines: string[] = []
  const booth = await startBooth(
    { ...around, open: (device, settings) => (device === 'printer' ? around.open(device, settings) : loud[device as keyof typeof loud].open) },
    clock,
    dir,
    (ports) => ({ ...ports, log: limitedLog(jsonLog(clock.now, (line) => lines.push(line)), clock) }),
  )
  // A well-formed length with a wrong checksum on the one line, a code that is none on the other.
  const badCoins = Buffer.from('0101020000aa'.repeat(100), 'hex')
  const badCodes = Buffer.from('no form says this\r'.repeat(100))
  for (let hundredth = 0; hundredth < 300; hundredth += 1) {
    loud['coin-acceptor'].device.write(badCoins)
    loud['qr-scanner'].device.write(badCodes)
    for (let turn = 0; turn < 10; turn += 1) expect(await booth.booth.request('resident', 'photo', { nonsense: turn })).toMatchObject({ ok: false })
    await clock.advance(10)
  }
  expect(lines.length).toBeLessThan(100)
  await clock.advance(60_000)
  expect(lines.length).toBeLessThan(150)
  expect(lines.map((line) => JSON.parse(line) as unknown)).toContainEqual({ at: expect.any(Number) as number, event: 'suppressed', of: 'command-refused', count: 3_000 - 60 })
  await booth.stop()
  await around.stop()

  const journal = new DatabaseSync(join(dir, 'journal.db'), { readOnly: true })
  const raised = journal.prepare(`SELECT json_extract(body, '$.fault') AS fault FROM journal WHERE kind = 'fault-raised'`).all() as { fault: string }[]
  expect(raised.map(({ fault }) => fault)).toContain('coin-acceptor-lost')
  expect(Number(journal.prepare('SELECT count(*) AS count FROM journal').get()?.['count'])).toBeLessThan(200)
  journal.close()
  // The booth keeps no log of its own on the disk: what it writes to standard error is the service manager's to rotate.
  expect(readdirSync(dir, { recursive: true }).filter((name) => String(name).includes('log'))).toEqual([])
  expect(existsSync(join(dir, 'journal.db'))).toBe(true)
})
