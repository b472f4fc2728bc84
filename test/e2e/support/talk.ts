import { demoFormCode } from '../../../main/commands/demo/form-code.ts'
import { demoPortrait } from '../../../main/commands/demo/portrait.ts'
import { residentActs } from '../../../main/commands/demo/resident.ts'
import type { Language } from '../../../main/contract/language.ts'
import type { View } from '../../../main/contract/view.ts'
import type { Bridge, ViewPush } from '../../../main/contract/wire.ts'
import type { LaunchedBooth } from './launch.ts'

/** Runs a function in the page, with one argument. */
export type Evaluate = <Argument, Result>(script: (argument: Argument) => Result | Promise<Result>, argument: Argument) => Promise<Result>

/** The window's own way to run something in its page: Playwright gives a page up whose renderer crashed, Electron loads it again. */
export function evaluateInWindow({ app }: Pick<LaunchedBooth, 'app'>): Evaluate {
  return async (script, argument) =>
    (await app.evaluate(
      ({ BrowserWindow }, source) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(source) as Promise<unknown>,
      `(${script.toString()})(${JSON.stringify(argument)})`,
    )) as Awaited<ReturnType<typeof script>>
}

/** Says through the page's bridge what fingers would say: the quick way to where a test begins. */
export interface Talk {
  /** What the booth says is shown, as the page heard it. */
  view(): Promise<View>
  /** Answers whatever is asked until the screen (or step) of that name is shown; `code` is what the form says. */
  hurryTo(name: string, code?: string): Promise<void>
  /** Inserts these coins, each once the gate is open and the one before is counted. */
  pay(...coins: readonly number[]): Promise<void>
  /** Inserts what is missing. */
  payAll(): Promise<void>
  /** Leaves the visit by whatever way out there is, until the booth rests. */
  leave(): Promise<void>
}

/** A booth that shows nothing new for so long is stuck. */
const stuckMs = 90_000
const coins = [500, 100, 50, 10] as const

/** Talks to `booth` in `language`. */
export function talkTo({ panelHand, said }: Pick<LaunchedBooth, 'panelHand' | 'said'>, evaluate: Evaluate, language: Language): Talk {
  const hand = async (line: string) => {
    const answer = await panelHand(line)
    if (answer.startsWith('error')) throw new Error(answer)
    return answer
  }
  const say = async (name: string, input: unknown) => {
    const answer = await evaluate(
      ([command, value]) => (globalThis as unknown as { cardbooth: Bridge }).cardbooth.request(command, value),
      [name, input] as const,
    )
    if (!answer.ok) throw new Error(`the booth refused ${name}: ${answer.error.code}; it said:\n${said().slice(-2_000)}`)
  }

  /** The first view with another number than `revision`; a booth that starts again counts anew. */
  const nextView = (revision: number): Promise<ViewPush> =>
    evaluate(
      ([known, longest]) =>
        new Promise<ViewPush>((done, failed) => {
          const { cardbooth } = globalThis as unknown as { cardbooth: Bridge }
          const late = setTimeout(() => failed(new Error(`stuck at ${document.querySelector('main')?.dataset['screen']}`)), longest)
          let end: (() => void) | null = cardbooth.subscribe((push) => {
            if (!push || push.revision === known) return
            clearTimeout(late)
            queueMicrotask(() => {
              end?.()
              // Kept, each side of the stand-in's bridge would hold the other's function for ever.
              end = null
            })
            done(push)
          })
        }),
      [revision, stuckMs] as const,
    ).catch((error: Error) => {
      throw new Error(`${error.message}; the booth said:\n${said().slice(-2_000)}`, { cause: error })
    })
  /** Shows `act` the present view and each later one until it says that it is done. */
  const follow = async (act: (view: View) => Promise<boolean> | boolean) => {
    for (let revision = -1; ; ) {
      const push = await nextView(revision)
      revision = push.revision
      if (await act(push.view)) return
    }
  }
  const view = async () => (await nextView(-1)).view
  const creditOf = (seen: View) => seen.money?.inserted ?? 0
  const gateOpen = async () => {
    const { mask, open } = JSON.parse(await hand('coin-acceptor counters')) as { readonly mask: number; readonly open: boolean }
    return mask !== 0 && open
  }

  const pay = async (...inserted: readonly number[]) => {
    for (const coin of inserted) {
      const before = creditOf(await view())
      // The gate opens a moment after the screen says so; coins that it turns back fill the acceptor's buffer of five.
      while (!(await gateOpen())) await new Promise((done) => setTimeout(done, 100))
      const fate = await hand(`coin-acceptor insert ${coin}`)
      if (!fate.startsWith('accepted')) throw new Error(`the coin came back: ${fate}`)
      await follow((seen) => creditOf(seen) > before)
    }
  }
  const payAll = async () => {
    for (;;) {
      const missing = (await view()).money?.missing ?? 0
      const coin = coins.find((value) => value <= missing)
      if (coin === undefined) return
      await pay(coin)
    }
  }

  return {
    view,
    pay,
    payAll,
    async hurryTo(name, code = demoFormCode) {
      const act = residentActs({ language, coins: [], code, answers: {}, portrait: demoPortrait, stopAt: null })
      await follow(async (seen) => {
        if (seen.screen === name || ('step' in seen && seen.step === name)) return true
        if (seen.screen === 'payment') await payAll()
        else {
          const doing = act(seen)
          if (doing.kind === 'hand') await hand(`${doing.device} ${doing.line}`)
          else if (doing.kind === 'say') await say(doing.name, doing.input)
        }
        return false
      })
    },
    async leave() {
      await follow(async (seen) => {
        if (seen.screen === 'attract') return true
        if (seen.overlay?.kind === 'still-there') await say('still-here', {})
        else if (seen.can.cancel) await say('cancel', { confirm: true })
        else if (seen.screen === 'held') await say('return-credit', {})
        else if (['stop', 'receipt', 'claim', 'leave', 'goodbye'].includes(seen.screen)) await say('continue', { step: seen.screen })
        return false
      })
    },
  }
}
