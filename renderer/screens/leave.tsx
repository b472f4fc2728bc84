import { useBooth } from '../booth-context.ts'
import { Illustration } from '../components/illustration.tsx'
import { Stage } from '../components/stage.tsx'
import { Continue } from '../components/ways.tsx'
import type { ViewOf } from './view-of.ts'

/** The forgotten form carries the Individual Number: take it along. */
export function LeaveScreen({ view }: { readonly view: ViewOf<'leave'> }) {
  const { label } = useBooth()
  return (
    <Stage
      title={label(view.card ? 'ui.leave.in-reader' : 'ui.leave.title')}
      picture={<Illustration name={view.card ? 'remove-card' : 'take-all'} />}
      keepPicture
      right={<Continue>{label('ui.leave.have')}</Continue>}
    >
      <ul className="lines">
        {(['form', 'card', 'slip', 'things'] as const).map((thing) => (
          <li key={thing}>{label(`ui.leave.${thing}`)}</li>
        ))}
      </ul>
    </Stage>
  )
}
