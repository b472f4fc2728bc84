import { useBooth } from '../booth-context.ts'
import { Button } from '../components/button.tsx'
import { Coins } from '../components/coins.tsx'
import { Illustration } from '../components/illustration.tsx'
import { Stage } from '../components/stage.tsx'
import { Back, Forward } from '../components/ways.tsx'
import type { ViewOf } from './view-of.ts'

/** What the booth can do now, what it costs, what to bring; and the free test. */
export function OfferScreen({ view }: { readonly view: ViewOf<'offer'> }) {
  const { label, say, act } = useBooth()
  return (
    <Stage
      title={say({ key: `${view.service}.name` })}
      picture={<Illustration name="card" />}
      aside={
        <section className="price">
          <p className="number amount" data-testid="price">
            {label('money.amount', { ...view.price })}
          </p>
          <Coins coins={view.coins} />
          <p>{label('ui.offer.price')}</p>
          {view.change ? null : <p>{label('ui.offer.exact')}</p>}
        </section>
      }
      left={<Back />}
      right={<Forward onPress={() => act('choose-service', { service: view.service })}>{label('ui.offer.start')}</Forward>}
    >
      <section className="bring">
        <h2>{label('ui.offer.bring')}</h2>
        <ul className="lines">
          {view.bring.map((thing) => (
            <li key={thing.key}>{say(thing)}</li>
          ))}
        </ul>
      </section>
      <Button name="test-code" className="choice" before="code" after="forward" onPress={() => act('test-code', {})}>
        <b>{label('ui.offer.test')}</b>
        <span className="under">{label('ui.offer.test.hint')}</span>
      </Button>
    </Stage>
  )
}
