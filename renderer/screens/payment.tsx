import { useOnceDrawn } from '../use-once-drawn.ts'
import { useBooth } from '../booth-context.ts'
import { Coins } from '../components/coins.tsx'
import { Gauge } from '../components/gauge.tsx'
import { Illustration } from '../components/illustration.tsx'
import { NoticeLine } from '../components/notice.tsx'
import { Stage } from '../components/stage.tsx'
import { Back } from '../components/ways.tsx'
import type { ViewOf } from './view-of.ts'

/** Coins: what is still missing, the largest number of all screens; a coin is drawn falling when one fell. */
export function PaymentScreen({ view }: { readonly view: ViewOf<'payment'> }) {
  const { label, view: frame } = useBooth()
  const { money } = frame
  // The amount stands on the glass before the coin is drawn falling.
  const fallen = useOnceDrawn(money?.inserted)
  if (!money) return null
  const { currency, price, inserted, missing } = money
  const written = (amount: number) => label('money.amount', { amount, currency })
  const paid = missing === 0
  return (
    <Stage
      title={label(paid ? 'ui.payment.paid' : 'ui.payment.title', { price: written(price) })}
      hint={label(paid ? 'ui.payment.wait' : view.change ? 'ui.payment.change' : 'ui.payment.exact')}
      picture={<Illustration key={fallen} name={paid ? 'readable' : 'insert-coin'} />}
      keepPicture
      left={<Back />}
      money={false}
    >
      <div className="till" data-testid="money">
        <div data-part="missing">
          <p>{label('ui.money.missing')}</p>
          <p className="number amount">{written(missing)}</p>
        </div>
        <Gauge max={price} value={Math.min(inserted, price)} heard={label('ui.money.inserted')} />
        <div data-part="inserted">
          <p>{label('ui.money.inserted')}</p>
          <p className="number">{written(inserted)}</p>
        </div>
        <div data-part="price">
          <p>{label('ui.money.price')}</p>
          <p className="number">{written(price)}</p>
        </div>
      </div>
      {view.open || paid ? (
        <div className="taken">
          <p>{label('ui.coins')}</p>
          <Coins coins={view.coins} />
        </div>
      ) : (
        <NoticeLine tone="attention">{label('ui.payment.closed')}</NoticeLine>
      )}
    </Stage>
  )
}
