import { useState } from 'react'
import { useBooth } from '../booth-context.ts'
import { ApplicationPhoto } from '../components/application-photo.tsx'
import { Button } from '../components/button.tsx'
import { Stage } from '../components/stage.tsx'
import { Tick } from '../components/tick.tsx'
import { Back, Forward } from '../components/ways.tsx'
import type { ViewOf } from './view-of.ts'

/** Everything that will be sent; a touch on a line corrects it, the ticked box sends it. */
export function ReviewScreen({ view }: { readonly view: ViewOf<'review'> }) {
  const { label, say, act } = useBooth()
  const [agreed, setAgreed] = useState(false)
  const [asked, setAsked] = useState(false)
  return (
    <Stage
      said="short"
      title={label('ui.review.title')}
      hint={label('ui.review.hint')}
      picture={<ApplicationPhoto attempt={null} />}
      keepPicture
      left={<Back />}
      right={
        <Forward off={!agreed} onPress={() => (agreed ? act('send', { consent: true }) : setAsked(true))}>
          {label('ui.review.send', { price: label('money.amount', { ...view.price }) })}
        </Forward>
      }
      aside={asked && !agreed && <p className="asks">{label('ui.review.tick')}</p>}
      ticks={
        <Tick name="consent" ticked={agreed} asked={asked} onTick={setAgreed}>
          {say(view.consent)}
        </Tick>
      }
    >
      <ul className="items">
        {view.items.map(({ step, label: name, value }) => (
          <li key={name.key}>
            <Button name={`correct-${step}`} className="item" after="pencil" onPress={() => act('correct', { step })}>
              <span className="under">{say(name)}</span>
              <b>{say(value)}</b>
            </Button>
          </li>
        ))}
      </ul>
    </Stage>
  )
}
