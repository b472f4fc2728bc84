import { useBooth } from '../booth-context.ts'
import { PhotoCapture } from '../camera/photo-capture.tsx'
import { Stage } from '../components/stage.tsx'
import { Back } from '../components/ways.tsx'
import { useCameraState } from '../use-camera-state.ts'
import type { ViewOf } from './view-of.ts'

/** The photo: live preview and countdown belong to the camera's own part. */
export function PhotoScreen({ view }: { readonly view: ViewOf<'photo'> }) {
  const { label, act, faces } = useBooth()
  const onState = useCameraState()
  return (
    <Stage
      said="short"
      wide
      title={label('ui.photo.title')}
      hint={label(view.working ? 'ui.photo.working' : 'ui.photo.hint', { attempt: view.attempt, attempts: view.attempts })}
      left={<Back />}
    >
      <div className="camera-place">
        <PhotoCapture
          attempt={view.attempt}
          canShoot={view.canShoot}
          working={view.working}
          limits={view.limits}
          faces={faces}
          label={label}
          onStill={(imageBase64) => act('photo', { attempt: view.attempt, imageBase64 })}
          onState={onState}
        />
      </div>
    </Stage>
  )
}
