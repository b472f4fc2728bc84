import { useState } from 'react'
import { useBooth } from '../booth-context.ts'
import { Scroller } from '../components/scroller.tsx'
import { Stage } from '../components/stage.tsx'
import { Tick } from '../components/tick.tsx'
import { Back, Forward } from '../components/ways.tsx'
import type { ViewOf } from './view-of.ts'

/** Privacy and terms in the operator's words, and the boxes that agree to them. */
export function ConsentScreen({ view }: { readonly view: ViewOf<'consent'> }) {
  const { label, say, act } = useBooth()
  const [ticked, setTicked] = useState<readonly string[]>([])
  const [asked, setAsked] = useState(false)
  const all = view.boxes.every((box) => ticked.includes(box.id))
  return (
    <Stage
      said="short"
      title={label('ui.consent.title')}
      hint={asked && !all ? undefined : label('ui.consent.hint')}
      left={<Back />}
      right={
        <Forward off={!all} onPress={() => (all ? act('accept', { step: view.step, boxes: view.boxes.map((box) => box.id) }) : setAsked(true))}>
          {label('ui.consent.accept')}
        </Forward>
      }
      aside={asked && !all && <p className="asks">{label('ui.consent.tick-all')}</p>}
      ticks={view.boxes.map((box) => (
        <Tick
          key={box.id}
          name={`box-${box.id}`}
          ticked={ticked.includes(box.id)}
          asked={asked}
          onTick={(now) => setTicked((before) => (now ? [...before, box.id] : before.filter((id) => id !== box.id)))}
        >
          {say(box.label)}
        </Tick>
      ))}
    >
      <Scroller name={label('ui.consent.title')}>
        {view.sections.map((section) => (
          <section key={section.title.key}>
            <h2>{say(section.title)}</h2>
            <p>{say(section.body)}</p>
          </section>
        ))}
      </Scroller>
    </Stage>
  )
}
