import type { Price } from '../main/contract/view.ts'
import { useBooth } from './booth-context.ts'

/** Says what something costs, or that it is free. */
export function usePriceWords(): (price: Price) => string {
  const { label } = useBooth()
  return ({ amount, currency }) => (amount === 0 ? label('ui.free') : label('money.amount', { amount, currency }))
}
