import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { virtualClock } from '../../../hardware/clock.ts'
import { tellSupervisor } from '../../../main/shell/notify.ts'

const folder = mkdtempSync(join(tmpdir(), 'cardbooth-notify-'))
const path = process.env['PATH'] ?? ''
afterAll(() => {
  process.env['PATH'] = path
  rmSync(folder, { recursive: true })
})

/** On a machine without systemd its program is this one line. */
function haveSystemdNotify(): void {
  if (path.split(delimiter).some((place) => existsSync(join(place, 'systemd-notify')))) return
  const program = join(folder, 'systemd-notify')
  writeFileSync(program, '#!/bin/sh\nprintf %s "$1" | socat -u - "UNIX-SENDTO:$NOTIFY_SOCKET"\n')
  chmodSync(program, 0o755)
  process.env['PATH'] = `${folder}${delimiter}${path}`
}

describe('systemd', () => {
  it('F08 is told once that the shell is ready, and twice in each watch period that it runs', async () => {
    haveSystemdNotify()
    // What systemd does: it listens at a datagram socket.
    const socket = join(folder, 'notify.sock')
    const listener = spawn('socat', ['-u', `UNIX-RECV:${socket}`, 'STDOUT'], { stdio: ['ignore', 'pipe', 'inherit'] })
    let told = ''
    listener.stdout.on('data', (chunk: Buffer) => (told += chunk.toString('utf8')))
    await expect.poll(() => existsSync(socket)).toBe(true)
    const before = process.env['NOTIFY_SOCKET']
    process.env['NOTIFY_SOCKET'] = socket
    try {
      const clock = virtualClock(0)
      const supervisor = tellSupervisor(clock, { NOTIFY_SOCKET: socket, WATCHDOG_USEC: '30000000' })
      const count = (state: string) => told.split(state).length - 1
      await clock.advance(60_000)
      expect(told).toBe('')
      supervisor.ready()
      supervisor.ready()
      await expect.poll(() => [count('READY=1'), count('WATCHDOG=1')]).toEqual([1, 1])
      await clock.advance(30_000)
      await expect.poll(() => [count('READY=1'), count('WATCHDOG=1')]).toEqual([1, 3])
    } finally {
      if (before === undefined) delete process.env['NOTIFY_SOCKET']
      else process.env['NOTIFY_SOCKET'] = before
      listener.kill()
    }
  })

  it('is not there on a desktop, and nothing is said', async () => {
    const clock = virtualClock(0)
    tellSupervisor(clock, { WATCHDOG_USEC: '30000000' }).ready()
    expect(await clock.advanceToNext()).toBe(false)
  })
})
