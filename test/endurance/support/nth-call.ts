import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { virtualClock } from '../../../hardware/clock.ts'
import type { ByteTransport } from '../../../hardware/transport.ts'
import type { BoothPorts } from '../../../main/booth.ts'
import { demoFormCode } from '../../../main/commands/demo/form-code.ts'
import { startBooth, type RunningBooth } from '../../../main/commands/demo/in-process-booth.ts'
import { play } from '../../../main/commands/demo/play.ts'
import { residentActs } from '../../../main/commands/demo/resident.ts'
import { makeSurroundings } from '../../../main/commands/demo/surroundings.ts'
import { JournalFailure, type FailureReason } from '../../../main/journal/failure.ts'
import type { Journal } from '../../../main/journal/journal.ts'
import { morning } from '../../support/booth-facts.ts'
import { memoryFolder } from '../../support/memory-folder.ts'
import { photos, portraitFile } from '../../world/portrait.ts'
import { settled } from '../../world/settled.ts'

/** Everything that a booth calls and that can fail, and how. */
export const sites = [
  ...(['append: input-output', 'append: disk-full', 'checkpoint', 'sign'] as const),
  ...(['question not sent', 'answer lost'] as const),
  ...(['coin-acceptor write', 'coin-acceptor read', 'qr-scanner write', 'qr-scanner read', 'printer write', 'printer read'] as const),
] as const
export type Site = (typeof sites)[number]

/** How often each site was called. */
export type Calls = Readonly<Record<Site, number>>

const longestMs = 10 * 60_000
const price = 800


/**
 * Plays a paying visit in which call `nth` of `site` fails, starts the booth again where it asks for that, and checks that all is whole in the end. Gives how often each site was
 * called.
 */
export async function failCall(site: Site | null, nth: number): Promise<Calls> {
  const dir = memoryFolder('nth')
  const clock = virtualClock(morning, settled)
  const calls = Object.fromEntries(sites.map((name) => [name, 0])) as Record<Site, number>
  const fails = (name: Site): boolean => {
    calls[name] += 1
    return name === site && calls[name] === nth
  }
  const around = await makeSurroundings({
    clock,
    dir,
    keepSlips: false,
    // A scanner that is told when to look, so that there is something to write to it.
    change: ({ devices, ...file }) => ({ ...file, devices: { ...devices, 'qr-scanner': { path: join(dir, 'qr-scanner'), listenHex: '1631', restHex: '1630' } } }),
  })

  const frail = (device: 'coin-acceptor' | 'qr-scanner' | 'printer', wire: ByteTransport): ByteTransport => ({
    ...wire,
    write: (bytes) => (fails(`${device} write`) ? Promise.resolve(false) : wire.write(bytes)),
    onData: (listen) => wire.onData((bytes) => void (fails(`${device} read`) || listen(bytes))),
  })
  const frailJournal = (journal: Journal): Journal => {
    const failing = (name: Site, reason: FailureReason) => {
      if (fails(name)) throw new JournalFailure(reason, 'on order')
    }
    return {
      ...journal,
      append(records) {
        failing('append: input-output', 'input-output')
        failing('append: disk-full', 'disk-full')
        return journal.append(records)
      },
      checkpoint: () => !fails('checkpoint') && journal.checkpoint(),
      signHead(reason) {
        failing('sign', 'input-output')
        journal.signHead(reason)
      },
    }
  }
  let unsure = false
  const frailPorts = (ports: BoothPorts): BoothPorts => ({
    ...ports,
    makePhoto: photos,
    onUnsure: () => void (unsure = true),
    // The reserve lets the same records be written once more.
    disk: { watch: () => {}, measure: () => {}, release: () => true, stop: () => {} },
    journal: ports.journal.ok ? { ok: true, journal: frailJournal(ports.journal.journal) } : ports.journal,
    async exchange(question, signal) {
      if (fails('question not sent')) return { ok: false, reason: 'unreachable' }
      const answer = await ports.exchange(question, signal)
      return fails('answer lost') ? { ok: false, reason: 'unreachable' } : answer
    },
  })
  const begin = () =>
    startBooth(
      {
        ...around,
        open: (device, settings) => async () => {
          const wire = await around.open(device, settings)()
          return wire && frail(device as 'coin-acceptor' | 'qr-scanner' | 'printer', wire)
        },
      },
      clock,
      join(dir, 'data'),
      frailPorts,
    )

  /** The booth's time goes on while it stops: a reply that is lost then is waited for. */
  const stop = async (booth: RunningBooth) => {
    let over = false
    const ended = booth.stop().finally(() => void (over = true))
    while (!over) await clock.advance(100)
    await ended
  }

  let taken = 0
  const hand = async (line: string) => {
    const answer = await around.hand(line)
    for (const [, value] of answer.matchAll(/accepted JP(\d{3})/g)) taken += Number(value)
    return answer
  }
  let running = await begin()
  const act = residentActs({ language: 'ja', coins: [500, 100, 100, 100, 500, 500], code: demoFormCode, answers: {}, portrait: portraitFile, stopAt: null })
  let begun = false
  for (let lives = 0; lives < 3; lives += 1) {
    const world = { ...running, hand, configuration: around.configuration, office: around.office }
    await play(
      world,
      clock,
      (view) => {
        begun ||= view.screen !== 'starting' && view.screen !== 'out-of-service'
        return act(view)
      },
      (view) => unsure || (begun && running.journal.head().seq > 0 && view.screen === 'attract' && taken > 0),
      longestMs,
      0,
    ).catch((error: Error) => {
      // What could not be written down was not done, and whoever asked for it is told so.
      if (!unsure) throw error
    })
    if (!unsure) break
    await stop(running)
    unsure = false
    running = await begin()
  }
  for (let waited = 0; running.journal.waiting().length > 0 && waited < 120; waited += 1) await clock.advance(30_000)
  const money = running.journal.totals()[0]
  expect(money, 'I1').toMatchObject({ inserted: taken, credit: 0, parked: 0 })
  expect((money?.earned ?? 0) + (money?.owed ?? 0), 'I1').toBe(taken)
  expect([0, price], 'I3').toContain(money?.earned)
  expect(running.shown().view.screen).toBe('attract')
  await stop(running)
  // What was stopped can be opened again, whatever went wrong while it stopped.
  const again = await begin()
  expect(again.journal.totals()[0]).toEqual(money)
  await stop(again)
  await around.stop()
  rmSync(dir, { recursive: true, force: true })
  return calls
}
