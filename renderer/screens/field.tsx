import { useBooth } from '../booth-context.ts'
import { Illustration } from '../components/illustration.tsx'
import { Stage } from '../components/stage.tsx'
import { Back } from '../components/ways.tsx'
import type { ViewOf } from './view-of.ts'

/** A number or name of the resident's own. */
export function FieldScreen({ view }: { readonly view: ViewOf<'field'> }) {
  const { say } = useBooth()
  return <Stage title={say(view.title)} hint={say(view.hint)} picture={<Illustration name="typing" />} left={<Back />} />
}
