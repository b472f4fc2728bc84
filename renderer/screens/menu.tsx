import type { ServiceGroup } from '../../main/contract/view.ts'
import { useBooth } from '../booth-context.ts'
import { Button } from '../components/button.tsx'
import { Stage } from '../components/stage.tsx'
import { Back } from '../components/ways.tsx'
import { usePriceWords } from '../use-price-words.ts'
import type { ViewOf } from './view-of.ts'

const groups: readonly ServiceGroup[] = ['japan', 'taiwan', 'help']

/** What this booth can do, under headings, with the price of each; what cannot be done now says so, and why when it is touched. */
export function MenuScreen({ view }: { readonly view: ViewOf<'menu'> }) {
  const { label, say, act } = useBooth()
  const priceWords = usePriceWords()
  return (
    <Stage title={label('ui.menu.title')} said="short" wide left={<Back />}>
      <div className="menu">
        {groups
          .map((group) => ({ group, services: view.services.filter((service) => service.group === group) }))
          .filter(({ services }) => services.length > 0)
          .map(({ group, services }) => (
            <section key={group}>
              <h2>{label(`ui.menu.${group}`)}</h2>
              <div className="tiles">
                {services.map(({ id, price, available }) => (
                  <Button key={id} name={`service-${id}`} className="choice" off={!available} after="forward" onPress={() => act('choose-service', { service: id })}>
                    <b>{say({ key: `${id}.name` })}</b>
                    <span className="under">{available ? priceWords(price) : label('ui.menu.not-now')}</span>
                  </Button>
                ))}
              </div>
            </section>
          ))}
      </div>
    </Stage>
  )
}
