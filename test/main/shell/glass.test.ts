import { describe, expect, it } from 'vitest'
import { virtualClock } from '../../../hardware/clock.ts'
import type { ViewPush } from '../../../main/contract/wire.ts'
import { keepGlass } from '../../../main/shell/glass.ts'
import { pages, troublePage } from '../../../main/shell/security.ts'

const push = (revision: number) => ({ revision, view: {} }) as ViewPush

/** The glass before a page that is moved by hand. */
function start() {
  const clock = virtualClock(0)
  const done: string[] = []
  const glass = keepGlass({
    clock,
    load: (address) => done.push(`load ${address}`),
    kill: () => {
      done.push('kill')
      glass.gone('killed')
    },
    pageLost: () => done.push('lost'),
    log: () => {},
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
  return { clock, done, glass, drew, draws, since: () => done.splice(0) }
}
const again = ['lost', `load ${pages.resident}`]

describe('the resident’s page', () => {
  it('is loaded at the start and stays as long as it draws', async () => {
    const { glass, since, draws } = start()
    glass.pushed(push(1))
    glass.loaded()
    await draws(3_600, 1)
    glass.pushed(push(2))
    await draws(60, 2)
    expect(since()).toEqual([`load ${pages.resident}`])
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
    expect(since()).toEqual(['kill', ...again])
  })

  it('F07 that says it lives and draws nothing new is ended as well', async () => {
    const { glass, since, draws, clock } = start()
    glass.pushed(push(1))
    glass.loaded()
    await draws(8, 1)
    glass.pushed(push(2))
    await draws(16, 1)
    expect(since()).toEqual([`load ${pages.resident}`, 'kill', ...again])
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
    expect(since()).toEqual([`load ${pages.resident}`])
  })

  it('has time to be read, and nothing to draw while there is no booth', async () => {
    const { glass, since, clock } = start()
    glass.pushed(push(1))
    await clock.advance(29_000)
    glass.loaded()
    glass.pushed(null)
    await clock.advance(3_600_000)
    expect(since()).toEqual([`load ${pages.resident}`])
    glass.pushed(push(1))
    await clock.advance(10_000)
    expect(since()).toEqual(['kill', ...again])
  })

  it('believes no page that says what it cannot have drawn', async () => {
    const { glass, since, clock } = start()
    glass.pushed(push(1))
    glass.loaded()
    for (const input of [null, 7, {}, { revision: '1' }, { revision: 2 }, { revision: Number.NaN }]) glass.drew(input)
    await clock.advance(10_000)
    expect(since()).toEqual([`load ${pages.resident}`, 'kill', ...again])
  })

  it('F06 that dies is loaded again at once; six times at once, and a page without scripts says so until a minute has passed', async () => {
    const { glass, since, clock } = start()
    glass.pushed(push(1))
    since()
    for (let death = 1; death < 6; death += 1) {
      glass.gone('crashed')
      expect(since()).toEqual(again)
    }
    glass.gone('crashed')
    expect(since()).toEqual(['lost', `load ${troublePage('screen-not-starting')}`])
    glass.pushed(push(2))
    await clock.advance(59_000)
    expect(since()).toEqual([])
    await clock.advance(1_000)
    expect(since()).toEqual([`load ${pages.resident}`])
  })
})

describe('a booth that does not come up', () => {
  it('F11 is said by a page without scripts until the booth is there', async () => {
    const { glass, since, clock } = start()
    glass.pushed(null)
    glass.trouble('booth-not-starting')
    glass.trouble('booth-not-starting')
    await clock.advance(3_600_000)
    expect(since()).toEqual([`load ${pages.resident}`, `load ${troublePage('booth-not-starting')}`])
    glass.gone('crashed')
    expect(since()).toEqual(['lost', `load ${troublePage('booth-not-starting')}`])
    glass.trouble('configuration-refused')
    glass.pushed(push(1))
    expect(since()).toEqual([`load ${troublePage('configuration-refused')}`, `load ${pages.resident}`])
  })
})
