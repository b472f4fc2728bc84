import { useBooth, useView } from '../booth-context.ts'

/** Price, inserted and still missing, from the moment there is money. */
export function MoneyLine() {
  const { label } = useBooth()
  const { money } = useView()
  if (!money) return null
  const { currency, price, inserted, missing } = money
  const parts = [['price', price], ['inserted', inserted], ...(missing > 0 ? ([['missing', missing]] as const) : [])] as const
  return (
    <dl className="money" data-testid="money">
      {parts.map(([part, amount]) => (
        <div key={part} data-part={part}>
          <dt>{label(`ui.money.${part}`)}</dt>
          <dd className="number">{label('money.amount', { amount, currency })}</dd>
        </div>
      ))}
      {missing === 0 && (
        <div data-part="paid">
          <dt>{label('ui.money.paid')}</dt>
        </div>
      )}
    </dl>
  )
}
