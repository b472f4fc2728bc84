import { useBooth } from '../booth-context.ts'
import { Illustration } from '../components/illustration.tsx'
import { SlipState } from '../components/slip-state.tsx'
import { Stage } from '../components/stage.tsx'
import { Back, Continue } from '../components/ways.tsx'
import type { ViewOf } from './view-of.ts'

/** It does not go on here for this person: why, and the steps that help, printed to take along. */
export function StopScreen({ view }: { readonly view: ViewOf<'stop'> }) {
  const { label, say } = useBooth()
  return (
    <Stage
      title={say(view.title)}
      hint={view.body.map((line) => (
        <span className="line" key={line.key}>
          {say(line)}
        </span>
      ))}
      picture={<Illustration name="counter" />}
      left={<Back />}
      right={<Continue>{label('ui.finish')}</Continue>}
    >
      <section className="ways-out">
        <h2>{label('ui.stop.ways')}</h2>
        <ol className="steps">
          {view.ways.map((way) => (
            <li key={way.key}>{say(way)}</li>
          ))}
        </ol>
      </section>
      <SlipState print={view.print} kept="nothing" />
    </Stage>
  )
}
