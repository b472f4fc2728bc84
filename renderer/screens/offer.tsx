import { useBooth } from '../booth-context.ts'
import { Button } from '../components/button.tsx'
import { Coins } from '../components/coins.tsx'
import { Illustration } from '../components/illustration.tsx'
import { Stage } from '../components/stage.tsx'
import { Back, Forward } from '../components/ways.tsx'
import { usePriceWords } from '../use-price-words.ts'
import type { ViewOf } from './view-of.ts'

/** What a service does, what it costs, what to bring; and the free test, where there is a code to try. */
export function OfferScreen({ view }: { readonly view: ViewOf<'offer'> }) {
  const { label, say, act } = useBooth()
  const priceWords = usePriceWords()
  const isFree = view.price.amount === 0
  return (
    <Stage
      title={say({ key: `${view.service}.name` })}
      hint={say({ key: `${view.service}.about` })}
      picture={<Illustration name="card" />}
      aside={
        <section className="price">
          <p className="number amount" data-testid="price">
            {priceWords(view.price)}
          </p>
          {!isFree && <Coins coins={view.coins} />}
          {view.notes.length > 0 && <Coins coins={view.notes} notes />}
          {!isFree && <p>{say({ key: `${view.service}.price` })}</p>}
          {!isFree && !view.change && <p>{label('ui.offer.exact')}</p>}
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
      {view.test && (
        <Button name="test-code" className="choice" before="code" after="forward" onPress={() => act('test-code', {})}>
          <b>{label('ui.offer.test')}</b>
          <span className="under">{label('ui.offer.test.hint')}</span>
        </Button>
      )}
    </Stage>
  )
}
