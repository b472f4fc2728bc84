import { rmSync } from 'node:fs'
import { virtualClock } from '../../../hardware/clock.ts'
import { demoFormCode } from '../../../main/commands/demo/form-code.ts'
import { startBooth } from '../../../main/commands/demo/in-process-booth.ts'
import { demoPortrait } from '../../../main/commands/demo/portrait.ts'
import { residentActs } from '../../../main/commands/demo/resident.ts'
import { makeSurroundings } from '../../../main/commands/demo/surroundings.ts'
import type { FaultCode } from '../../../hardware/faults.ts'
import { settled } from '../../world/settled.ts'
import { memoryFolder } from '../../support/memory-folder.ts'

export interface WeekOptions {
  readonly visits: number
  readonly everyHours: number
  readonly maximumWaiting?: number
  readonly maximumWaitingHours?: number
  /** Whether the operator's pack allows selling while the line is down; it does when not said. */
  readonly sell?: boolean
}

const hour = 3_600_000
const ordinary = { language: 'ja', coins: [500, 100, 100, 100], code: demoFormCode, answers: {}, portrait: demoPortrait, stopAt: null } as const

/**
 * A whole booth whose line is refused from its start, and residents who come every so many hours. Its acceptor is asked ten times a second, so a week of that would be six
 * million questions: between two visits the wall clock jumps and the monotonic one goes on for a minute and a half, which is as much as the outbox needs to try again.
 */
export async function weekWithoutLine({ visits, everyHours, maximumWaiting = 500, maximumWaitingHours = 720, sell = true }: WeekOptions) {
  const dir = memoryFolder('week')
  const clock = virtualClock(Date.parse('2026-11-21T10:00:00+09:00'), settled)
  const around = await makeSurroundings({
    clock,
    dir,
    keepSlips: false,
    change: (file) => ({ ...file, centre: { ...file.centre, maximumWaiting, maximumWaitingHours, sellWhileUnreachable: sell } }),
  })
  let isUp = false
  const photo = () => ({ ok: true as const, jpeg: Buffer.alloc(20_000, 7), widthPx: 827, heightPx: 1063, dpi: 600 })
  const booth = await startBooth(around, clock, dir, (ports) => ({
    ...ports,
    makePhoto: () => Promise.resolve(photo()),
    exchange: (question, signal) => (isUp ? ports.exchange(question, signal) : Promise.resolve({ ok: false, reason: 'unreachable' })),
  }))
  let toldBefore = 0
  const receipts: string[] = []
  const sold: string[] = []

  const shown = () => {
    const { view } = booth.shown()
    return view.screen === 'out-of-service' ? view.reasons.map(({ code }): FaultCode => code as FaultCode) : view.screen
  }
  /** One resident, from the attract screen until it shows again; null when the booth sells nothing. */
  const visit = async (): Promise<{ readonly status: string; readonly sendingMs: number } | null> => {
    const act = residentActs(ordinary)
    let acted = -1
    let began = 0
    let receipt: { readonly status: string; readonly sendingMs: number } | null = null
    let last = 'attract'
    for (let turn = 0; turn < 2_000; turn += 1) {
      const { revision, view } = booth.shown()
      if (view.screen === 'out-of-service') return receipt
      if (view.screen === 'attract' && acted >= 0 && receipt) return receipt
      const step = 'step' in view ? view.step : view.screen
      if (step !== last) {
        if (view.screen === 'sending') began = clock.monotonic()
        if (step === 'later') toldBefore += 1
        if (view.screen === 'receipt') {
          receipt = { status: view.status, sendingMs: clock.monotonic() - began }
          sold.push(view.number)
        }
      }
      last = step
      const doing = revision === acted ? { kind: 'wait' as const } : act(view)
      if (doing.kind === 'hand') await around.hand(`${doing.device} ${doing.line}`)
      else if (doing.kind === 'say') await booth.booth.request('resident', doing.name, doing.input)
      if (doing.kind !== 'wait') acted = revision
      await clock.advance(doing.kind === 'wait' ? 200 : 20)
    }
    throw new Error(`stuck at ${booth.shown().view.screen}`)
  }

  await clock.advance(5_000)
  for (let n = 0; n < visits; n += 1) {
    const receipt = await visit()
    if (receipt) receipts.push(receipt.status)
    await clock.advance(30_000)
    clock.setWall(clock.now() + everyHours * hour - 90_000)
    await clock.advance(60_000)
  }
  await clock.advance(60_000)

  let drainMs = Number.NaN
  let late: string | undefined
  const waiting = () => booth.journal.waiting()
  return {
    receipts,
    sold,
    toldBefore,
    shown,
    waiting,
    drainMs: () => drainMs,
    /** The line is back, and the centre takes a second for each answer; with the first sign of it the next resident comes. */
    async lineComesBack({ newcomer = true } = {}) {
      const since = clock.monotonic()
      await around.hand('centre answers late 1000')
      isUp = true
      while (waiting().length === sold.length) await clock.advance(500)
      const came = newcomer ? await visit() : null
      late = newcomer ? sold.pop() : undefined
      while (waiting().length > 0 && clock.monotonic() - since < hour) await clock.advance(1_000)
      drainMs = clock.monotonic() - since
      await clock.advance(5_000)
      return { newcomer: came?.status ?? null, newcomerMs: came?.sendingMs ?? null }
    },
    /** Numbers of what the centre keeps, in the order of arrival, without the newcomer's, which was let past. */
    async arrived() {
      const lines = (await around.hand('centre list 1000')).split(' · ').map((line) => line.split(' ')[0] ?? '')
      return lines.toReversed().filter((number) => number !== late)
    },
    async end() {
      await booth.stop()
      await around.stop()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
