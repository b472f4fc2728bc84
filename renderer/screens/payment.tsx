import { useOnceDrawn } from '../use-once-drawn.ts'
import { useBooth, useView } from '../booth-context.ts'
import { Coins } from '../components/coins.tsx'
import { Gauge } from '../components/gauge.tsx'
import { Illustration } from '../components/illustration.tsx'
import { NoticeLine } from '../components/notice.tsx'
import { Stage } from '../components/stage.tsx'
import { Back, Forward } from '../components/ways.tsx'
import type { ViewOf } from './view-of.ts'

/** Coins and notes: what is still missing, the largest number of all screens; a coin is drawn falling when one fell. */
export function PaymentScreen({ view }: { readonly view: ViewOf<'payment'> }) {
  const { label, act } = useBooth()
  const { money } = useView()
  // The amount stands on the glass before the coin is drawn falling.
  const fallen = useOnceDrawn(money?.inserted)
  if (!money) return null
  const { currency, price, inserted, missing } = money
  const written = (amount: number) => label('money.amount', { amount, currency })
  const paid = missing === 0
  const { note } = view
  const asks = note?.waits === true
  const title = paid ? label('ui.payment.paid') : !note ? label('ui.payment.title', { price: written(price) }) : label(asks ? 'ui.payment.note' : 'ui.payment.counting', { note: written(note.value) })
  const hint = asks ? (note.change > 0 ? 'ui.payment.note.change' : 'ui.payment.note.exact') : paid || note ? 'ui.payment.wait' : view.change ? 'ui.payment.change' : 'ui.payment.exact'
  return (
    <Stage
      title={title}
      hint={label(hint, { change: written(note?.change ?? 0) })}
      picture={<Illustration key={fallen} name={paid ? 'readable' : 'insert-coin'} />}
      keepPicture
      left={<Back />}
      right={asks && <Forward onPress={() => act('pay-with-note', {})}>{label('ui.payment.note.pay')}</Forward>}
      money={false}
    >
      <div className="till" data-testid="money">
        <div data-part="missing">
          <p>{label('ui.money.missing')}</p>
          <p className="number amount">{written(missing)}</p>
        </div>
        <Gauge max={price} value={Math.min(fallen ?? 0, price)} heard={label('ui.money.inserted')} />
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
          {view.notes.length > 0 && (
            <>
              <p>{label('ui.payment.notes')}</p>
              <Coins coins={view.notes} notes />
            </>
          )}
        </div>
      ) : (
        <NoticeLine tone="attention">{label('ui.payment.closed')}</NoticeLine>
      )}
    </Stage>
  )
}
