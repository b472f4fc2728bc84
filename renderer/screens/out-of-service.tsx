import { useBooth, useView } from '../booth-context.ts'
import { Illustration } from '../components/illustration.tsx'
import { PhoneLines } from '../components/phone-lines.tsx'
import { Stage } from '../components/stage.tsx'
import type { ViewOf } from './view-of.ts'

/** The booth sells nothing: what happened, and the lines that are open all the same. */
export function OutOfServiceScreen({ view }: { readonly view: ViewOf<'out-of-service'> }) {
  const { label, say } = useBooth()
  const frame = useView()
  return (
    <Stage
      title={label('ui.out-of-service.title')}
      hint={label('ui.out-of-service.hint')}
      picture={<Illustration name="closed" />}
      aside={
        <ul className="reasons">
          {view.reasons.map((reason) => (
            <li key={reason.code}>{say(reason.text)}</li>
          ))}
        </ul>
      }
    >
      <PhoneLines lines={view.lines} />
      <p className="small number-line">
        {label('ui.out-of-service.codes', {
          booth: frame.booth,
          codes: view.reasons.map((reason) => reason.code).join(' · '),
          phone: frame.operator.phone,
        })}
      </p>
    </Stage>
  )
}
