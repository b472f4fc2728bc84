import type { ClaimView } from '../../main/contract/view.ts'
import { useBooth } from '../booth-context.ts'
import { SlipNumber } from './slip-number.tsx'

/** Money that the booth owes: how much, and the number and code that fetch it. */
export function Claim({ claim }: { readonly claim: ClaimView }) {
  const { label } = useBooth()
  return (
    <section className="claim" data-testid="claim">
      <div>
        <h2>{label('ui.claim.amount')}</h2>
        <p className="number amount">{label('money.amount', { amount: claim.amount, currency: claim.currency })}</p>
      </div>
      <SlipNumber number={claim.number} code={claim.code} />
    </section>
  )
}
