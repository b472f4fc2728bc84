import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { launchBooth } from './support/launch.ts'
import { processesWith } from './support/processes.ts'
import { evaluateInWindow } from './support/talk.ts'
import { touchesOn } from './support/touches.ts'

test('F11 a booth that died at its start and at five restarts is tried about once a minute, and is back by itself once it can start', async () => {
  const booth = await launchBooth()
  try {
    await touchesOn(booth, 'en').at('attract')
    const text = (selector: string) => evaluateInWindow(booth)((of) => document.querySelector(of)?.textContent ?? '', selector).catch(() => '')
    const starts: number[] = []
    let last = 0
    // Killed whenever it is seen, for four minutes: a burst, then about one start a minute.
    for (const until = performance.now() + 240_000; performance.now() < until; ) {
      const next = processesWith(`dist/booth/main.js --config ${booth.data}`)[0]?.id ?? 0
      if (next !== 0 && next !== last) {
        starts.push(performance.now())
        process.kill(next, 'SIGKILL')
      }
      last = next
      await new Promise((done) => setTimeout(done, 50))
    }
    expect(await text('main.trouble')).toContain('booth-not-starting')
    const slow = starts.slice(6).map((at, index) => at - (starts[index + 5] ?? 0))
    expect(slow.length).toBeGreaterThan(2)
    for (const pause of slow) expect(pause).toBeGreaterThan(59_000)
    await expect.poll(() => text('main[data-screen=attract] h1'), { timeout: 90_000 }).not.toBe('')
    expect(readFileSync(join(booth.data, 'journal.db')).length).toBeGreaterThan(0)
  } finally {
    await booth.close()
  }
})
