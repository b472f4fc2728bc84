import { useBooth } from '../booth-context.ts'
import { Illustration } from '../components/illustration.tsx'
import { Stage } from '../components/stage.tsx'
import { Continue } from '../components/ways.tsx'

/** The forgotten form carries the Individual Number: take it along. */
export function LeaveScreen() {
  const { label } = useBooth()
  return (
    <Stage
      title={label('ui.leave.title')}
      picture={<Illustration name="take-all" />}
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
