import { useBooth } from '../booth-context.ts'
import { Illustration } from '../components/illustration.tsx'
import { Stage } from '../components/stage.tsx'
import type { ViewOf } from './view-of.ts'

/** An authority's system is asked; it answers, or a few seconds are over. */
export function AskingScreen({ view }: { readonly view: ViewOf<'asking'> }) {
  const { say, label } = useBooth()
  return <Stage title={say(view.title)} hint={label('ui.asking.hint')} picture={<Illustration name="sending" />} />
}
