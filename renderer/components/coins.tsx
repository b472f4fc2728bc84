import { useBooth } from '../booth-context.ts'

/** The coins that the slot takes, drawn with their values. */
export function Coins({ coins }: { readonly coins: readonly number[] }) {
  const { label } = useBooth()
  return (
    <ul className="coins" aria-label={label('ui.coins')}>
      {coins.map((coin) => (
        <li key={coin} className="number">
          {coin}
        </li>
      ))}
    </ul>
  )
}
