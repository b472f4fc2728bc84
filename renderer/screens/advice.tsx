import { useBooth } from '../booth-context.ts'
import { Stage } from '../components/stage.tsx'
import { Back, Continue } from '../components/ways.tsx'
import type { ViewOf } from './view-of.ts'

/** What holds for this resident, and what to do. */
export function AdviceScreen({ view }: { readonly view: ViewOf<'advice'> }) {
  const { say } = useBooth()
  return <Stage title={say(view.title)} left={<Back />} right={<Continue />} />
}
