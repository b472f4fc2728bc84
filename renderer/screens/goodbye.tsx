import { useBooth } from '../booth-context.ts'
import { Illustration } from '../components/illustration.tsx'
import { Stage } from '../components/stage.tsx'
import { Continue } from '../components/ways.tsx'
import type { ViewOf } from './view-of.ts'

/** The end, and the truth about what is left here. */
export function GoodbyeScreen({ view }: { readonly view: ViewOf<'goodbye'> }) {
  const { label } = useBooth()
  return (
    <Stage
      title={label(view.sent ? 'ui.goodbye.sent' : 'ui.goodbye.title')}
      hint={label(`ui.goodbye.${view.kept}`)}
      picture={<Illustration name={view.kept === 'nothing' ? 'erased' : 'sending'} />}
      right={<Continue>{label('ui.finish')}</Continue>}
    />
  )
}
