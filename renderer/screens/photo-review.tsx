import { useBooth } from '../booth-context.ts'
import { ApplicationPhoto } from '../components/application-photo.tsx'
import { Button } from '../components/button.tsx'
import { Stage } from '../components/stage.tsx'
import { Forward } from '../components/ways.tsx'
import type { ViewOf } from './view-of.ts'

/** The photo as it will be sent: keep it, or take another. */
export function PhotoReviewScreen({ view }: { readonly view: ViewOf<'photo-review'> }) {
  const { label, act } = useBooth()
  const left = view.attempts - view.attempt
  return (
    <Stage
      title={label('ui.photo-review.title')}
      hint={label('ui.photo-review.hint')}
      said="short"
      wide
      aside={
        <ul className="lines">
          {(['eyes', 'face', 'background'] as const).map((point) => (
            <li key={point}>{label(`ui.photo-review.${point}`)}</li>
          ))}
        </ul>
      }
      left={
        left > 0 && (
          <Button name="retake" place="left" before="again" onPress={() => act('retake', {})}>
            {label('ui.photo-review.retake')}
            <span className="under">{label('ui.photo-review.left', { left })}</span>
          </Button>
        )
      }
      right={<Forward onPress={() => act('keep-photo', {})}>{label('ui.photo-review.keep')}</Forward>}
    >
      <ApplicationPhoto attempt={view.attempt} />
    </Stage>
  )
}
