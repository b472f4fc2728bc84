import { useBooth } from '../booth-context.ts'
import { Button } from '../components/button.tsx'
import { Illustration } from '../components/illustration.tsx'
import { NoticeLine } from '../components/notice.tsx'
import { Stage } from '../components/stage.tsx'
import { invitations } from '../invitations.ts'
import type { ViewOf } from './view-of.ts'

/** Nobody is here: what this booth sells now, and a touch anywhere begins. */
export function AttractScreen({ view }: { readonly view: ViewOf<'attract'> }) {
  const { label, say, act, view: frame } = useBooth()
  const begin = () => act('begin', {})
  const open = view.services.filter((service) => service.available)
  const shut = view.services.filter((service) => !service.available)
  const price = open[0]?.price
  return (
    <div className="anywhere" onClick={open.length > 0 ? begin : undefined}>
      <Stage
        title={[...open, ...shut].map((service) => (
          <span key={service.id} className="line">
            {say({ key: `${service.id}.name` })}
          </span>
        ))}
        hint={label(open.length > 0 ? 'ui.attract.hint' : 'ui.attract.closed')}
        picture={<Illustration name={open.length > 0 ? 'booth' : 'closed'} />}
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
        {shut.flatMap((service) =>
          service.reasons.map((reason) => (
            <NoticeLine key={`${service.id} ${reason.key}`} tone="attention">
              {say(reason)}
            </NoticeLine>
          )),
        )}
        {price && (
          <ul className="needs">
            <li>
              <Illustration name="form-code" />
              <p>{label('ui.attract.form')}</p>
            </li>
            <li>
              <Illustration name="coin" />
              <p>{label('ui.attract.coins', { price: label('money.amount', { ...price }) })}</p>
            </li>
            <li>
              <Illustration name="face" />
              <p>{label('ui.attract.photo')}</p>
            </li>
          </ul>
        )}
      </Stage>
    </div>
  )
}
