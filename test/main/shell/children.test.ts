import { describe, expect, it } from 'vitest'
import { virtualClock } from '../../../hardware/clock.ts'
import type { FromBooth, ToBooth, ViewPush } from '../../../main/contract/wire.ts'
import { keepChildren } from '../../../main/shell/children.ts'
import type { Child } from '../../../main/shell/child.ts'

/** A child process as the shell sees it, and the hands that move it. */
function fakeChild<Message>(heard: (message: Message) => void, journal: string[], name: string) {
  const gone = Promise.withResolvers<number | null>()
  const sent: object[] = []
  const child: Child = {
    send: (message) => void sent.push(JSON.parse(JSON.stringify(message)) as object),
    stop() {
      journal.push(`${name} stopped`)
      gone.resolve(0)
      return gone.promise.then(() => {})
    },
    gone: gone.promise,
  }
  return { child, sent, says: heard, dies: (code: number | null) => gone.resolve(code) }
}

async function start(glassDrawn: Promise<unknown> = Promise.resolve()) {
  const clock = virtualClock(0)
  const drawing = Promise.withResolvers<Uint8Array>()
  const journal: string[] = []
  const pushes: (ViewPush | null)[] = []
  const booths: ReturnType<typeof fakeChild<FromBooth>>[] = []
  const devices: ReturnType<typeof fakeChild<unknown>>[] = []
  const children = keepChildren({
    clock,
    startBooth(onMessage) {
      const next = fakeChild(onMessage, journal, 'booth')
      booths.push(next)
      return next.child
    },
    startDevices(onMessage) {
      const next = fakeChild(onMessage, journal, 'devices')
      devices.push(next)
      return next.child
    },
    glassDrawn,
    onPush: (push) => pushes.push(push),
    onDevices: () => {},
    drawSheet: (page) => (page.html === '' ? Promise.resolve(null) : drawing.promise),
    onTrouble: (trouble) => journal.push(trouble),
    onSecondCopy: () => journal.push('second copy'),
    log: () => {},
  })
  const booth = (index = 0) => booths[index] ?? expect.fail(`no booth ${index}`)
  const device = (index = 0) => devices[index] ?? expect.fail(`no device process ${index}`)
  await Promise.resolve()
  return { clock, drawing, journal, pushes, children, booths, devices, booth, device }
}

const toBooth = (message: ToBooth) => message
const sheet = (html: string) => ({ language: 'ja', title: 'x', html })

describe('a sheet that the booth wants drawn', () => {
  it('comes back to the booth that asked, and to no other', async () => {
    const { booth, booths, clock, drawing } = await start()
    booth().says({ kind: 'draw-sheet', id: 1, page: sheet('') })
    booth().says({ kind: 'draw-sheet', id: 2, page: sheet('<p>') })
    await Promise.resolve()
    await Promise.resolve()
    expect(booth().sent).toEqual([toBooth({ kind: 'sheet-drawn', id: 1, pdfBase64: null })])
    booth().dies(1)
    while (booths.length < 2) await clock.advance(1_000)
    drawing.resolve(Buffer.from('pdf'))
    await clock.advance(1)
    expect(booth(1).sent.filter((message) => 'pdfBase64' in message)).toEqual([])
    booth(1).says({ kind: 'draw-sheet', id: 1, page: sheet('<p>') })
    await clock.advance(1)
    expect(booth(1).sent).toContainEqual(toBooth({ kind: 'sheet-drawn', id: 1, pdfBase64: 'cGRm' }))
  })
})

describe('the two processes of the shell', () => {
  it('talk to each other through it, unread', async () => {
    const { booth, device } = await start()
    device().says({ kind: 'event', odd: [1] })
    booth().says({ kind: 'device', command: { device: 'printer', odd: true } })
    expect(booth().sent).toEqual([toBooth({ kind: 'device', message: { kind: 'event', odd: [1] } })])
    expect(device().sent).toEqual([{ device: 'printer', odd: true }])
  })

  it('are started one after the other: the devices once a view stands on the glass, and never for a booth that is gone', async () => {
    const glass = Promise.withResolvers<void>()
    const { booth, booths, devices, clock } = await start(glass.promise)
    expect([booths.length, devices.length]).toEqual([1, 0])
    booth().dies(1)
    glass.resolve()
    await clock.advance(0)
    expect([booths.length, devices.length]).toEqual([1, 0])
    await clock.advance(1_000)
    expect([booths.length, devices.length]).toEqual([2, 1])
  })

  it('answer each request with its own answer', async () => {
    const { children, booth } = await start()
    const first = children.request('resident', 'begin', {})
    const second = children.request('panel', 'hand', { line: 'help' })
    booth().says({ kind: 'answer', id: 2, answer: { ok: true, value: 'second' } })
    booth().says({ kind: 'answer', id: 1, answer: { ok: true, value: 'first' } })
    expect([await first, await second]).toEqual([{ ok: true, value: 'first' }, { ok: true, value: 'second' }])
  })

  it('the booth dies: the page is told, what was asked is answered, the devices go with it, and both come back', async () => {
    const { children, booth, booths, devices, clock, pushes, journal } = await start()
    const asked = children.request('resident', 'send', { consent: true })
    booth().dies(null)
    expect(await asked).toEqual({ ok: false, error: { code: 'no-booth' } })
    await clock.advance(0)
    expect(pushes).toEqual([null])
    expect(journal).toEqual(['devices stopped'])
    expect(await children.request('resident', 'begin', {})).toEqual({ ok: false, error: { code: 'no-booth' } })
    await clock.advance(1_000)
    expect([booths.length, devices.length]).toEqual([2, 2])
  })

  it('the device process dies: the booth is told, and only the devices come back', async () => {
    const { booth, booths, device, devices, clock } = await start()
    device().dies(1)
    await clock.advance(1_000)
    expect(booth().sent).toEqual([toBooth({ kind: 'devices-lost' })])
    expect([booths.length, devices.length]).toEqual([1, 2])
  })

  it('the booth hears that no page stays on the glass, and that one has drawn again', async () => {
    const { booth, children } = await start()
    children.screenFault(true)
    children.screenFault(false)
    expect(booth().sent).toEqual([toBooth({ kind: 'screen-fault', held: true }), toBooth({ kind: 'screen-fault', held: false })])
  })

  it('F10 are started ever more slowly when they keep dying, in a loop once a minute, and at once again after they lived', async () => {
    const { booth, booths, clock, journal } = await start()
    const pauses: number[] = []
    for (let index = 0; index < 8; index += 1) {
      booth(index).dies(1)
      const since = clock.monotonic()
      await clock.advance(0)
      while (booths.length === index + 1) await clock.advanceToNext()
      pauses.push(clock.monotonic() - since)
    }
    expect(pauses).toEqual([400, 800, 1_600, 3_200, 6_400, 60_000, 60_000, 60_000])
    // After five restarts it is a crash loop, until one lives for a minute (F11).
    expect(journal.filter((line) => line === 'booth-not-starting')).toHaveLength(3)
    await clock.advance(60_000)
    booth(8).dies(1)
    await clock.advance(6_400)
    expect(booths).toHaveLength(10)
    expect(journal.filter((line) => line === 'booth-not-starting')).toHaveLength(3)
  })

  it('F11 a booth that dies now and then is no crash loop', async () => {
    const { booth, booths, clock, journal } = await start()
    for (let index = 0; index < 12; index += 1) {
      await clock.advance(61_000)
      booth(index).dies(null)
      await clock.advance(400)
      expect(booths).toHaveLength(index + 2)
    }
    expect(journal).not.toContain('booth-not-starting')
  })

  it('F11 a configuration that cannot be run is said at once, and read again every minute', async () => {
    const { booth, booths, clock, journal } = await start()
    booth().dies(78)
    await clock.advance(59_000)
    expect([journal, booths.length]).toEqual([['devices stopped', 'configuration-refused'], 1])
    await clock.advance(1_000)
    expect(booths).toHaveLength(2)
  })

  it('F13 a second copy of the booth is not tried again', async () => {
    const { booth, booths, clock, journal } = await start()
    booth().dies(73)
    await clock.advance(600_000)
    expect([journal, booths.length]).toEqual([['devices stopped', 'second copy'], 1])
  })

  it('end in order: the booth first, so that it can bring the devices to rest', async () => {
    const { children, booth, booths, clock, journal } = await start()
    await children.stop()
    expect(booth().sent).toEqual([toBooth({ kind: 'stop' })])
    expect(journal).toEqual(['booth stopped', 'devices stopped'])
    await clock.advance(60_000)
    expect(booths).toHaveLength(1)
  })

  it('end at once while a dead booth waits to be started again', async () => {
    const { children, booth, booths, clock } = await start()
    booth().dies(1)
    await clock.advance(10)
    await children.stop()
    expect(booths).toHaveLength(1)
  })
})
