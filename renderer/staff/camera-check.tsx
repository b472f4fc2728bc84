import { useBooth } from '../booth-context.ts'
import { PhotoCapture } from '../camera/photo-capture.tsx'
import { Blocks } from '../components/blocks.tsx'
import { Button } from '../components/button.tsx'
import { Scroller } from '../components/scroller.tsx'
import { Stage } from '../components/stage.tsx'
import type { ViewOf } from '../screens/view-of.ts'
import { useCameraState } from '../use-camera-state.ts'

/** Nobody is guided, so that what is wrong stays as it is. */
const unguided = { faces: null, limits: {} } as const

/** How the screen's camera stands: the live picture as residents see it, then what a still of it says. */
export function StaffCamera({ view }: { readonly view: ViewOf<'staff-camera'> }) {
  const { label, act } = useBooth()
  const onState = useCameraState()
  const { step, working, blocks } = view
  const left = (
    <Button name="camera-leave" place="left" before="back" onPress={() => act('staff-camera', { open: false })}>
      {label('ui.back')}
    </Button>
  )
  if (step === 'aim')
    return (
      <Stage said="short" wide title={label('ui.staff.camera')} hint={label(working ? 'ui.staff.camera.working' : 'ui.staff.camera.hint')} left={left}>
        <div className="camera-place">
          <PhotoCapture
            {...unguided}
            attempt={1}
            canShoot
            working={working}
            label={label}
            onStill={(imageBase64, ms) => act('staff-still', { imageBase64, ms: Math.round(ms) })}
            onState={onState}
          />
        </div>
      </Stage>
    )
  return (
    <Stage
      said="short"
      wide
      title={label('ui.staff.camera.found')}
      hint={label('ui.staff.camera.found.hint')}
      left={left}
      right={
        <Button name="camera-again" place="right" tone="go" before="again" onPress={() => act('staff-camera', { open: true })}>
          {label('ui.staff.camera.again')}
        </Button>
      }
    >
      <Scroller name={label('ui.staff.camera.found')}>
        <Blocks blocks={blocks} />
      </Scroller>
    </Stage>
  )
}
