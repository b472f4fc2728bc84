import { useBooth } from '../booth-context.ts'
import { Button } from '../components/button.tsx'
import { Illustration } from '../components/illustration.tsx'
import { QrCode } from '../components/qr-code.tsx'
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
  const texts = view.blocks.flatMap((block) => (block.kind === 'steps' ? block.texts : block.kind === 'paragraph' ? [block.text] : []))
  return (
    <Stage
      title={say(view.title)}
      hint={view.sheet === 'printed' && label('ui.delivery.take')}
      picture={view.link === null ? <Illustration name="take-slip" /> : <QrCode payload={view.link} words={label('ui.delivery.code')} />}
      keepPicture
      aside={view.print && <SlipState print={view.print} kept="nothing" />}
      right={<Continue />}
    >
      <ul className="lines">
        {view.until && <li>{label('ui.delivery.scan')}</li>}
        {view.until && <li>{label('ui.delivery.until', { until: say(view.until) })}</li>}
        {texts.map((line) => (
          <li key={line.key}>{say(line)}</li>
        ))}
      </ul>
    </Stage>
  )
}
