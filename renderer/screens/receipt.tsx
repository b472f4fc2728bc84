import { useBooth } from '../booth-context.ts'
import { Claim } from '../components/claim.tsx'
import { Illustration } from '../components/illustration.tsx'
import { SlipNumber } from '../components/slip-number.tsx'
import { SlipState } from '../components/slip-state.tsx'
import { Stage } from '../components/stage.tsx'
import { Back, Continue } from '../components/ways.tsx'
import type { ViewOf } from './view-of.ts'

/** Received, not confirmed, or refused for its form: three answers, never confused, with the number that finds it again. */
export function ReceiptScreen({ view }: { readonly view: ViewOf<'receipt'> }) {
  const { label, say } = useBooth()
  const picture =
    view.print === 'not-printed' ? 'no-slip' : view.print === 'printed' ? 'take-slip' : view.status === 'received' ? 'received' : 'not-confirmed'
  return (
    <Stage
      title={label(`ui.receipt.${view.status}`)}
      hint={view.reason ? say(view.reason) : label(`ui.receipt.${view.status}.hint`)}
      aside={<SlipState print={view.print} kept="number" />}
      picture={<Illustration name={picture} />}
      left={<Back />}
      right={<Continue />}
    >
      <SlipNumber number={view.number} code={view.code} />
      {view.claim && <Claim claim={view.claim} />}
      <ul className="lines">
        {view.next.map((line) => (
          <li key={line.key}>{say(line)}</li>
        ))}
      </ul>
    </Stage>
  )
}
