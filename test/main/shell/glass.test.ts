import { describe, expect, it } from 'vitest'
import { virtualClock } from '../../../hardware/clock.ts'
import type { ViewPush } from '../../../main/contract/wire.ts'
import { faultWords } from '../../../main/i18n/fault-words.ts'
import { keepGlass } from '../../../main/shell/glass.ts'
import { pages, troublePage } from '../../../main/shell/security.ts'

const push = (revision: number) => ({ revision, view: {} }) as ViewPush

/** The glass before a page that is moved by hand. */
function start() {
  const clock = virtualClock(0)
  const done: string[] = []
  const log: string[] = []
  const glass = keepGlass({
    clock,
    load: (address) => done.push(`load ${address}`),
    kill: () => {
      done.push('kill')
      glass.gone('killed')
    },
    pageLost: () => done.push('lost'),
    screenFault: (held) => done.push(held ? 'fault' : 'no fault'),
    onTrouble: () => done.push('readable'),
    log: (line) => log.push(line),
  })
  const drew = (revision: number) => glass.drew({ revision })
  /** A page that draws everything, and says so every four seconds. */
  const draws = async (seconds: number, revision: number) => {
    for (let second = 0; second < seconds; second += 4) {
      drew(revision)
      await clock.advance(4_000)
    }
  }
  glass.open()
  return { clock, log, glass, drew, draws, since: () => done.splice(0) }
}
const resident = `load ${pages.resident}`
/** What a trouble looks like from outside: its page, which counts as something to read. */
const shown = (trouble: Parameters<typeof troublePage>[0]) => [`load ${troublePage(trouble)}`, 'readable']

describe('the resident’s page', () => {
  it('is loaded at the start and stays as long as it draws', async () => {
    const { glass, since, draws } = start()
    glass.pushed(push(1))
    glass.loaded()
    await draws(3_600, 1)
    glass.pushed(push(2))
    await draws(60, 2)
    expect(since()).toEqual([resident])
  })

  it('F07 that hangs is ended within ten seconds and loaded again', async () => {
    const { glass, since, draws, clock } = start()
    glass.pushed(push(1))
    glass.loaded()
    await draws(20, 1)
    since()
    // Four of the ten seconds since its last sign have passed.
    await clock.advance(5_900)
    expect(since()).toEqual([])
    await clock.advance(200)
    expect(since()).toEqual(['kill', 'lost', resident])
  })

  it('F07 that says it lives and draws nothing new is ended as well', async () => {
    const { glass, since, draws, clock } = start()
    glass.pushed(push(1))
    glass.loaded()
    await draws(8, 1)
    glass.pushed(push(2))
    await draws(16, 1)
    expect(since()).toEqual([resident, 'kill', 'lost', resident])
    await clock.advance(0)
  })

  it('may lag behind the views of a busy booth', async () => {
    const { glass, since, drew, clock } = start()
    glass.pushed(push(1))
    glass.loaded()
    for (let revision = 2; revision < 200; revision += 1) {
      glass.pushed(push(revision))
      drew(revision - 1)
      await clock.advance(1_000)
    }
    expect(since()).toEqual([resident])
  })

  it('has time to be read, and nothing to draw while there is no booth', async () => {
    const { glass, since, clock } = start()
    glass.pushed(push(1))
    await clock.advance(29_000)
    glass.loaded()
    glass.pushed(null)
    await clock.advance(3_600_000)
    expect(since()).toEqual([resident])
    glass.pushed(push(1))
    await clock.advance(10_000)
    expect(since()).toEqual(['kill', resident])
  })

  it('believes no page that says what it cannot have drawn', async () => {
    const { glass, since, clock } = start()
    glass.pushed(push(1))
    glass.loaded()
    for (const input of [null, 7, {}, { revision: '1' }, { revision: 2 }, { revision: Number.NaN }]) glass.drew(input)
    await clock.advance(10_000)
    expect(since()).toEqual([resident, 'kill', resident])
  })

  it('F06 that dies is loaded again at once; six times at once, and a page without scripts says so until a minute has passed', async () => {
    const { glass, since, clock } = start()
    glass.pushed(push(1))
    since()
    for (let death = 1; death < 6; death += 1) {
      glass.gone('crashed')
      expect(since()).toEqual([resident])
    }
    glass.gone('crashed')
    expect(since()).toEqual(['fault', ...shown('screen-not-starting')])
    glass.pushed(push(2))
    await clock.advance(59_000)
    expect(since()).toEqual([])
    await clock.advance(1_000)
    expect(since()).toEqual([resident])
  })

  it('I7 that ends again and again is told to the log in the technician’s words once, and to the booth every minute, until a page has drawn', async () => {
    const { glass, log, since, drew, clock } = start()
    glass.pushed(push(1))
    const dies = () => {
      for (let death = 0; death < 6; death += 1) glass.gone('crashed')
      return since().filter((deed) => deed.includes('fault'))
    }
    expect(dies()).toEqual(['fault'])
    for (let minute = 0; minute < 3; minute += 1) {
      await clock.advance(60_000)
      glass.gone('crashed')
      expect(since()).toEqual([resident, 'fault', ...shown('screen-not-starting')])
    }
    const { technician, action } = faultWords('screen-not-starting', 'en')
    expect(log.filter((line) => line.includes('screen-not-starting'))).toEqual([`screen-not-starting: ${technician} ${action}`])
    await clock.advance(60_000)
    drew(1)
    drew(1)
    expect(since()).toEqual([resident, 'no fault'])
    expect(dies()).toEqual(['fault'])
  })

  it('F10 that dies at once, and the page without scripts with it, is loaded once a minute, and never drew, so that the booth hears of no lost camera', async () => {
    const { glass, since, clock } = start()
    glass.pushed(push(1))
    for (let death = 0; death < 6; death += 1) glass.gone('crashed')
    since()
    const loads: string[] = []
    for (let minute = 0; minute < 10; minute += 1) {
      for (let death = 0; death < 100; death += 1) glass.gone('crashed')
      expect(since().filter((deed) => deed !== resident)).toEqual(minute === 0 ? [] : ['fault', ...shown('screen-not-starting')])
      await clock.advance(59_000)
      expect(since()).toEqual([])
      await clock.advance(1_000)
      const now = since()
      loads.push(...now)
      expect(now).toEqual([resident])
    }
    expect(loads).toHaveLength(10)
  })

  it('F10 that draws and dies, a thousand times, loses its camera no more often than it was loaded', async () => {
    const { glass, since, drew, clock } = start()
    glass.pushed(push(1))
    for (let second = 0; second < 1_000; second += 1) {
      drew(1)
      glass.gone('crashed')
      await clock.advance(1_000)
    }
    const done = since()
    const count = (deed: string) => done.filter((one) => one === deed).length
    // Six at once, then one a minute.
    expect(count('lost')).toBeLessThanOrEqual(6 + 1_000 / 60)
    expect(count(resident)).toBeLessThanOrEqual(6 + 1_000 / 60 + 1)
  })
})

describe('a booth that does not come up', () => {
  it('F11 is said by a page without scripts until the booth is there', async () => {
    const { glass, since, clock, log } = start()
    glass.pushed(null)
    glass.trouble('booth-not-starting')
    glass.trouble('booth-not-starting')
    await clock.advance(3_600_000)
    expect(since()).toEqual([resident, ...shown('booth-not-starting')])
    const { technician, action } = faultWords('booth-not-starting', 'en')
    expect(log).toEqual([`booth-not-starting: ${technician} ${action}`])
    glass.gone('crashed')
    expect(since()).toEqual(shown('booth-not-starting'))
    glass.trouble('configuration-refused')
    glass.pushed(push(1))
    expect(since()).toEqual([...shown('configuration-refused'), resident])
  })

  it('F10 is said once a minute at most where the page without scripts dies a thousand times, and the booth hears of no lost page', async () => {
    const { glass, since, clock } = start()
    glass.trouble('booth-not-starting')
    since()
    for (let tenth = 0; tenth < 1_000; tenth += 1) {
      glass.gone('crashed')
      await clock.advance(100)
    }
    // Five at once, then one after a minute.
    expect(since()).toEqual(Array.from({ length: 6 }, () => shown('booth-not-starting')).flat())
  })
})
