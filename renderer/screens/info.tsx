import { useBooth } from '../booth-context.ts'
import { Illustration } from '../components/illustration.tsx'
import { Stage } from '../components/stage.tsx'
import { Back, Continue } from '../components/ways.tsx'
import type { ViewOf } from './view-of.ts'

/** One thing to know before going on. */
export function InfoScreen({ view }: { readonly view: ViewOf<'info'> }) {
  const { say } = useBooth()
  return (
    <Stage title={say(view.title)} picture={<Illustration name={view.picture} />} left={<Back />} right={<Continue />}>
      <ul className="lines">
        {view.body.map((line) => (
          <li key={line.key}>{say(line)}</li>
        ))}
      </ul>
    </Stage>
  )
}
