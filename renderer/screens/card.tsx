import { useBooth } from '../booth-context.ts'
import { Illustration } from '../components/illustration.tsx'
import { Stage } from '../components/stage.tsx'
import { Back } from '../components/ways.tsx'
import type { ViewOf } from './view-of.ts'

/** A chip card: put in, read, or what is to be done with it first. */
export function CardScreen({ view }: { readonly view: ViewOf<'card'> }) {
  const { say } = useBooth()
  const isOut = view.state === 'insert' || view.state === 'lost'
  return (
    <Stage
      title={say(view.title)}
      hint={say(view.hint)}
      picture={<Illustration name={isOut ? 'insert-card' : view.state === 'reading' || view.state === 'busy' ? 'card' : 'remove-card'} />}
      keepPicture
      left={<Back />}
    />
  )
}
