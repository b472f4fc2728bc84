import { useBooth } from '../booth-context.ts'
import { Button } from '../components/button.tsx'
import { Illustration } from '../components/illustration.tsx'
import { Stage } from '../components/stage.tsx'
import { Back } from '../components/ways.tsx'
import type { ViewOf } from './view-of.ts'

/** Up to this many answers are drawn tall. */
const few = 4
/** More than these stand two and two where the screen is wide. */
const most = 5

/** One question, a few answers; a touch on one goes on. */
export function QuestionScreen({ view }: { readonly view: ViewOf<'question'> }) {
  const { say, act } = useBooth()
  const isMany = view.options.length > most
  return (
    <Stage
      title={say(view.title)}
      hint={view.hint && say(view.hint)}
      picture={view.picture && <Illustration name={view.picture} />}
      left={<Back />}
      {...(isMany && { wide: true })}
    >
      <div className="choices" data-few={view.options.length <= few || undefined} data-many={isMany || undefined}>
        {view.options.map((option) => (
          <Button
            key={option.value}
            name={`option-${option.value}`}
            className="choice"
            chosen={option.value === view.chosen}
            after="forward"
            onPress={() => act('answer', { step: view.step, value: option.value })}
          >
            <b>{say(option.label)}</b>
          </Button>
        ))}
      </div>
    </Stage>
  )
}
