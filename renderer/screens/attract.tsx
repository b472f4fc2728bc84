import { useBooth, useView } from '../booth-context.ts'
import { Button } from '../components/button.tsx'
import { Illustration } from '../components/illustration.tsx'
import { NoticeLine } from '../components/notice.tsx'
import { Stage } from '../components/stage.tsx'
import { invitations } from '../invitations.ts'
import type { ViewOf } from './view-of.ts'

/** Nobody is here: what this booth does now and what it costs, and a touch anywhere begins. */
export function AttractScreen({ view }: { readonly view: ViewOf<'attract'> }) {
  const { label, say, act } = useBooth()
  const frame = useView()
  const begin = () => act('begin', {})
  const open = view.services.filter((service) => service.available)
  const shut = view.services.filter((service) => !service.available)
  const sold = open.filter((service) => service.price.amount > 0)
  const guides = open.filter((service) => service.price.amount === 0)
  const [first] = sold
  const named = first ? sold : guides.length > 0 ? [] : shut
  // What this booth is for stands first; of the others the menu says what cannot be done now.
  const [main] = view.services
  const sells = main !== undefined && main === first
  const hint = sells ? label('ui.attract.hint') : first ? say({ key: `${first.id}.about` }) : label(open.length > 0 ? 'ui.attract.guides.hint' : view.coming ? 'ui.starting' : 'ui.attract.closed')
  const reasons = (main?.reasons ?? []).map(say).filter((reason) => reason !== hint)
  return (
    <div className="anywhere" data-coming={view.coming || undefined} onClick={open.length > 0 ? begin : undefined}>
      <Stage
        title={
          named.length > 0
            ? named.map((service) => (
                <span key={service.id} className="line">
                  {say({ key: `${service.id}.name` })}
                </span>
              ))
            : label('ui.attract.guides')
        }
        hint={hint}
        picture={<Illustration name={open.length > 0 || view.coming ? 'booth' : 'closed'} />}
        right={
          open.length > 0 && (
            <Button name="begin" tone="go" className="begin" onPress={begin}>
              <b>{invitations[frame.language].start}</b>
              <span className="under others">
                {frame.languages
                  .filter((language) => language !== frame.language)
                  .map((language) => (
                    <span key={language} lang={language}>
                      {invitations[language].start}
                    </span>
                  ))}
              </span>
            </Button>
          )
        }
      >
        {reasons.map((reason) => (
          <NoticeLine key={reason} tone={view.coming ? 'hint' : 'attention'}>
            {reason}
          </NoticeLine>
        ))}
        {sells && (
          <ul className="needs">
            <li>
              <Illustration name="form-code" />
              <p>{label('ui.attract.form')}</p>
            </li>
            <li>
              <Illustration name="coin" />
              <p>
                {label(view.notes.length > 0 ? 'ui.attract.cash' : 'ui.attract.coins', { price: label('money.amount', { ...main.price }) })}
                {!view.change && <span className="under">{label('ui.offer.exact')}</span>}
              </p>
            </li>
            <li>
              <Illustration name="face" />
              <p>{label('ui.attract.photo')}</p>
            </li>
          </ul>
        )}
        {first && guides.length > 0 && <p className="plain calm">{label('ui.attract.also')}</p>}
      </Stage>
    </div>
  )
}
