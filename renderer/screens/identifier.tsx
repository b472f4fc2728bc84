import { useBooth } from '../booth-context.ts'
import { Illustration } from '../components/illustration.tsx'
import { Stage } from '../components/stage.tsx'
import { Back, Continue } from '../components/ways.tsx'
import type { ViewOf } from './view-of.ts'

/** The ID was read: only its end is shown, to compare with the paper. */
export function IdentifierScreen({ view }: { readonly view: ViewOf<'identifier'> }) {
  const { label } = useBooth()
  return (
    <Stage
      title={label('ui.identifier.title')}
      hint={label('ui.identifier.hint')}
      picture={<Illustration name="readable" />}
      left={<Back />}
      right={<Continue>{label('ui.identifier.yes')}</Continue>}
    >
      <div className="ending">
        <p>{label('ui.identifier.ends')}</p>
        <p className="number" data-testid="last4">
          {view.last4}
        </p>
        <p>{label('ui.identifier.digits', { digits: view.digits })}</p>
      </div>
    </Stage>
  )
}
