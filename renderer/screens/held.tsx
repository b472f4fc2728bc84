import { useBooth } from '../booth-context.ts'
import { Button } from '../components/button.tsx'
import { Illustration } from '../components/illustration.tsx'
import { Stage } from '../components/stage.tsx'
import type { ViewOf } from './view-of.ts'

/** Credit of a visit that broke off: go on with it, or take it back. */
export function HeldScreen({ view }: { readonly view: ViewOf<'held'> }) {
  const { label, act } = useBooth()
  return (
    <Stage
      title={view.counting ? label('ui.held.counting') : label('ui.held.title', { credit: label('money.amount', { amount: view.credit, currency: view.currency }) })}
      hint={label(view.counting ? 'ui.held.counting.hint' : 'ui.held.hint')}
      picture={<Illustration name="coin" />}
    >
      <div className="choices" data-few>
        {view.canContinue && (
          <Button name="use-credit" className="choice" after="forward" onPress={() => act('use-credit', {})}>
            <b>{label('ui.held.use')}</b>
            <span className="under">{label('ui.held.use.hint')}</span>
          </Button>
        )}
        <Button name="return-credit" className="choice" after="forward" onPress={() => act('return-credit', {})}>
          <b>{label('ui.held.return')}</b>
          <span className="under">{label('ui.held.return.hint')}</span>
        </Button>
      </div>
    </Stage>
  )
}
