import { useBooth } from '../booth-context.ts'
import { Illustration } from '../components/illustration.tsx'
import { Stage } from '../components/stage.tsx'
import type { ViewOf } from './view-of.ts'

/** Coins come out: how much, and that nobody need do anything but take them. */
export function PayingOutScreen({ view }: { readonly view: ViewOf<'paying-out'> }) {
  const { label } = useBooth()
  return (
    <Stage title={label('ui.paying-out.title')} hint={label('ui.paying-out.hint')} picture={<Illustration name="take-coins" />} money={false}>
      <div className="ending">
        <p className="number" data-testid="paying-out">
          {label('money.amount', { amount: view.amount, currency: view.currency })}
        </p>
      </div>
    </Stage>
  )
}
