import { useBooth } from '../booth-context.ts'
import { Blocks } from '../components/blocks.tsx'
import { Button } from '../components/button.tsx'
import { Code } from '../components/code.tsx'
import { Illustration } from '../components/illustration.tsx'
import { Scroller } from '../components/scroller.tsx'
import { SlipState } from '../components/slip-state.tsx'
import { Stage } from '../components/stage.tsx'
import { Continue } from '../components/ways.tsx'
import type { ViewOf } from './view-of.ts'

/** What was paid comes out: on paper, as a QR code, or what the resident wants instead; and what to do with it. */
export function DeliveryScreen({ view }: { readonly view: ViewOf<'delivery'> }) {
  const { label, say, act } = useBooth()
  if (view.choose)
    return (
      <Stage title={label('ui.delivery.failed')} hint={label('ui.delivery.failed.hint', { credit: label('money.amount', { amount: view.credit, currency: view.currency }) })}>
        <div className="choices" data-few>
          <Button name="use-credit" className="choice" after="forward" onPress={() => act('use-credit', {})}>
            <b>{label('ui.delivery.by-code')}</b>
            <span className="under">{label('ui.delivery.by-code.hint')}</span>
          </Button>
          <Button name="return-credit" className="choice" after="forward" onPress={() => act('return-credit', {})}>
            <b>{label('ui.delivery.money')}</b>
          </Button>
        </div>
      </Stage>
    )
  if (!view.delivered)
    return <Stage title={label(view.sheet === 'printing' ? 'ui.delivery.printing' : 'ui.delivery.sending')} hint={label('ui.delivery.wait')} picture={<Illustration name="face" />} />
  // The slip says all of it; here stands what is to be done, and all only where there is no slip.
  const blocks = view.print === 'not-printed' ? view.blocks : view.blocks.filter(({ kind }) => kind === 'steps')
  return (
    <Stage
      title={say(view.title)}
      hint={view.sheet === 'printed' && label('ui.delivery.take')}
      said="short"
      wide
      aside={view.link !== null && <Blocks blocks={blocks} />}
      ticks={view.print && <SlipState print={view.print} kept="nothing" />}
      right={<Continue />}
    >
      {view.link !== null && view.until ? (
        <Code payload={view.link} caption={label('ui.delivery.scan', { until: say(view.until) })} />
      ) : (
        <Scroller name={say(view.title)}>
          <Blocks blocks={blocks} />
        </Scroller>
      )}
    </Stage>
  )
}
