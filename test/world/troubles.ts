import type { HeldIll } from './history.ts'
import { ills, type Hands, type Ill } from './ills.ts'
import type { Anchor, Trouble } from './plan.ts'

/** The troubles of a plan: each begins when its time has come, and ends again if it lasts. */
export interface Troubles {
  /** Begins and ends what is due. */
  look(): Promise<void>
  /** When something is due next. */
  next(): number
  /** Whether nothing lasts, and nothing can begin any more. */
  isOver(): boolean
  /** Those that are over. */
  readonly held: readonly HeldIll[]
}

/** `seen` says when each anchor was reached. */
export function makeTroubles(plan: readonly Trouble[], hands: Hands, now: () => number, seen: ReadonlyMap<Anchor, number>): Troubles {
  const pending = new Set<Trouble>(plan)
  const lasting = new Map<Trouble, { readonly ill: Ill; readonly from: number }>()
  const held: HeldIll[] = []
  const end = async (trouble: Trouble) => {
    const { ill, from } = lasting.get(trouble) ?? {}
    lasting.delete(trouble)
    await ill?.end?.(hands)
    // What else is wrong at the same place was mended along with it: it is put back.
    for (const [other, { ill: still }] of lasting) if (other.port === trouble.port && ill?.end) await still.begin(hands)
    held.push({ port: trouble.port, ill: trouble.ill, from: from ?? now(), to: now() })
  }
  return {
    async look() {
      for (const one of pending) {
        const from = seen.get(one.from)
        if (from === undefined || from + one.after > now()) continue
        pending.delete(one)
        const ill = ills[one.port][one.ill]
        if (!ill) throw new Error(`no ill ${one.port} ${one.ill}`)
        if (one.port === 'booth') hands.staysDown(one.lasts)
        await ill.begin(hands)
        lasting.set(one, { ill, from: now() })
      }
      for (const [one, { from, ill }] of lasting) if (!ill.end || from + one.lasts <= now()) await end(one)
    },
    next() {
      const dues = [...pending].map((one) => (seen.get(one.from) ?? Number.POSITIVE_INFINITY) + one.after)
      return Math.min(...dues, ...[...lasting].map(([one, { from }]) => from + one.lasts))
    },
    isOver: () => lasting.size === 0 && ![...pending].some((one) => seen.has(one.from)),
    held,
  }
}
