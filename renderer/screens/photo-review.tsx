import { useState } from 'react'
import { guideKeyOf } from '../../face/guide.ts'
import type { CheckId } from '../../face/thresholds.ts'
import { photoReasons } from '../../main/contract/photo.ts'
import { useBooth } from '../booth-context.ts'
import { ApplicationPhoto } from '../components/application-photo.tsx'
import { Button } from '../components/button.tsx'
import { Stage } from '../components/stage.tsx'
import { Forward } from '../components/ways.tsx'
import type { ViewOf } from './view-of.ts'

/** The checks as a resident would name them, each of several of ours. */
const points = {
  person: ['one-face'],
  place: ['cut-off', 'source-size', 'window', 'crown'],
  pose: ['roll', 'yaw', 'pitch'],
  eyes: ['dark-glasses', 'eyes-covered', 'eyes'],
  mouth: ['mouth-covered', 'mouth'],
  light: ['too-dark', 'too-bright', 'over-exposed', 'face-shadow', 'colour', 'shades'],
  background: ['background', 'background-light'],
  sharp: ['sharpness'],
} as const satisfies Readonly<Record<string, readonly CheckId[]>>

/** The photo as it will be sent, with what was checked: keep it, take another, or say why what was found cannot be changed. Never a hard block. */
export function PhotoReviewScreen({ view }: { readonly view: ViewOf<'photo-review'> }) {
  const { label, act } = useBooth()
  const [asked, setAsked] = useState(false)
  const left = view.attempts - view.attempt
  const failed = view.checks.filter(({ ok }) => !ok).map(({ id }) => id as CheckId)
  const retake = left > 0 && (
    <Button name="retake" place="left" before="again" onPress={() => act('retake', {})}>
      {label('ui.photo-review.retake')}
      <span className="under">{label('ui.photo-review.left', { left })}</span>
    </Button>
  )
  if (asked)
    return (
      <Stage title={label('ui.photo-review.why')} hint={label('ui.photo-review.why.hint')} left={retake}>
        <div className="choices">
          {photoReasons.map((reason) => (
            <Button key={reason} name={`reason-${reason}`} className="choice" after="forward" onPress={() => act('keep-photo', { cannotChange: reason })}>
              <b>{label(`ui.photo-review.reason.${reason}`)}</b>
            </Button>
          ))}
        </div>
      </Stage>
    )
  const counts = { checks: view.checks.length, failed: failed.length }
  return (
    <Stage
      title={label('ui.photo-review.title')}
      hint={label(failed.length > 0 ? 'ui.photo-review.failed' : view.checks.length > 0 ? 'ui.photo-review.passed' : 'ui.photo-review.hint', counts)}
      said="short"
      wide
      aside={
        <ul className="lines points">
          {Object.entries(points).map(([point, ids]) => {
            const wrong = failed.find((id) => ids.some((own) => own === id))
            // What is to be done stands alone.
            if (failed.length > 0 && wrong === undefined) return null
            return (
              <li key={point} data-ok={wrong === undefined}>
                {label(wrong === undefined ? `ui.check.${point}` : `ui.guide.${guideKeyOf(wrong)}`)}
              </li>
            )
          })}
        </ul>
      }
      left={retake}
      right={
        failed.length > 0 ? (
          <Button name="cannot-change" place="right" after="forward" onPress={() => setAsked(true)}>
            {label('ui.photo-review.cannot')}
          </Button>
        ) : (
          <Forward onPress={() => act('keep-photo', {})}>{label('ui.photo-review.keep')}</Forward>
        )
      }
    >
      <ApplicationPhoto attempt={view.attempt} />
    </Stage>
  )
}
