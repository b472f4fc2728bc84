import { useBooth } from '../booth-context.ts'
import { Claim } from '../components/claim.tsx'
import { Illustration } from '../components/illustration.tsx'
import { SlipState } from '../components/slip-state.tsx'
import { Stage } from '../components/stage.tsx'
import { Back, Continue } from '../components/ways.tsx'
import type { ViewOf } from './view-of.ts'

/** Money that the booth owes: the slip that fetches it. */
export function ClaimScreen({ view }: { readonly view: ViewOf<'claim'> }) {
  const { label, say } = useBooth()
  return (
    <Stage
      title={label('ui.claim.title')}
      hint={say(view.why)}
      aside={<SlipState print={view.claim.print} kept="number" />}
      picture={<Illustration name={view.claim.print === 'not-printed' ? 'no-slip' : 'take-slip'} />}
      left={<Back />}
      right={<Continue />}
    >
      <Claim claim={view.claim} />
    </Stage>
  )
}
