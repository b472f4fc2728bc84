import { memo } from 'react'
import { useBooth } from '../booth-context.ts'
import { sayTheSame } from '../say-the-same.ts'

/** The coins that the slot takes, or the notes of the other slot, drawn with their values. */
export const Coins = memo(function Coins({ coins, notes = false }: { readonly coins: readonly number[]; readonly notes?: boolean }) {
  const { label } = useBooth()
  return (
    <ul className="coins" data-notes={notes || undefined} aria-label={label(notes ? 'ui.payment.notes' : 'ui.coins')}>
      {coins.map((coin) => (
        <li key={coin} className="number">
          {coin}
        </li>
      ))}
    </ul>
  )
}, sayTheSame)
