import type { PayoutAlarm, PayoutIntent } from './events.ts'

/** What header 166 answers (CT2 3.87). */
export interface HopperStatus {
  /** 0 after power-up or reset, then 1..255 and 1 again: one up with every dispense that was accepted. */
  readonly counter: number
  readonly remaining: number
  readonly paid: number
  readonly unpaid: number
}

export type Verdict =
  /** No coin has moved for this intent, and its dispense never reached the hopper or was refused. */
  | { readonly kind: 'never-arrived' }
  | { readonly kind: 'running' }
  | { readonly kind: 'over'; readonly paid: number; readonly unpaid: number; readonly alarm: PayoutAlarm | null }

/** The dispense counter has 24 bits (CT2 3.85). */
const totalCycle = 2 ** 24

/**
 * What became of `intent`, from what the hopper says now: its event counter, and the count of all coins it ever dispensed as second witness (CT4 2.3.2). Where the
 * two contradict each other the coins that were counted at the exit decide, with an alarm; without a second counter a lost first one, or figures that do not add up,
 * count as paid. Never more is paid than was asked: what left beyond that belongs to no pay-out, and is missed when the hopper's total is compared with the books.
 */
export function judge(intent: PayoutIntent, status: HopperStatus, total: number | null): Verdict {
  const { coins, counterBefore, totalBefore } = intent
  const left = total === null || totalBefore === null ? null : (total - totalBefore + totalCycle) % totalCycle
  const accepted = status.counter === (counterBefore === 255 ? 1 : counterBefore + 1)
  const over = (counted: number, alarm: PayoutAlarm | null): Verdict => {
    const paid = Math.min(counted, coins)
    return { kind: 'over', paid, unpaid: coins - paid, alarm: counted > coins ? 'mismatch' : alarm }
  }

  if (status.remaining > 0) return { kind: 'running' }
  if (accepted) {
    const adds = status.paid + status.unpaid === coins
    if (left === null && !adds) return over(coins, 'uncertain')
    if (left !== null && (!adds || left !== status.paid)) return over(left, 'mismatch')
    return over(status.paid, status.unpaid > 0 ? 'empty' : null)
  }
  const restarted = status.counter === 0
  if (left === null) {
    if (status.counter === counterBefore && !restarted) return { kind: 'never-arrived' }
    // After a loss of power the last pay-out stands in the status, where the model keeps it (CT2 3.90.1.17).
    const told = restarted && status.paid + status.unpaid === coins
    return told ? over(status.paid, 'restarted') : over(coins, 'uncertain')
  }
  if (left === 0 && status.counter === counterBefore) return { kind: 'never-arrived' }
  return over(left, restarted ? 'restarted' : 'mismatch')
}
