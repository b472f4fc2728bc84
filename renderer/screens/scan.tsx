import { useBooth } from '../booth-context.ts'
import { CodeCamera } from '../camera/code-camera.tsx'
import { Button } from '../components/button.tsx'
import { Illustration } from '../components/illustration.tsx'
import { Stage } from '../components/stage.tsx'
import { Back, Forward } from '../components/ways.tsx'
import { useCameraState } from '../use-camera-state.ts'
import type { ViewOf } from './view-of.ts'

/** The code reader: the form under the red light, or before the lens. */
export function ScanScreen({ view }: { readonly view: ViewOf<'scan'> }) {
  const { label, act, request } = useBooth()
  const onState = useCameraState()
  if (view.result !== 'waiting') {
    return (
      <Stage
        title={label(`ui.scan.${view.result}`)}
        hint={label(`ui.scan.${view.result}.hint`)}
        picture={<Illustration name={view.result} />}
        left={
          <Button name="again" place="left" before="again" onPress={() => act('test-code', {})}>
            {label('ui.scan.again')}
          </Button>
        }
        right={<Forward onPress={() => act('back', {})}>{label('ui.continue')}</Forward>}
      />
    )
  }
  return (
    <Stage
      title={label(view.scanner ? 'ui.scan.scanner' : 'ui.scan.camera')}
      hint={label(view.purpose === 'test' ? 'ui.scan.test' : 'ui.scan.application')}
      picture={<Illustration name={view.scanner ? 'scan' : 'form-code'} />}
      keepPicture
      left={<Back />}
    >
      {view.camera && (
        <div className="camera-place">
          <CodeCamera active label={label} onCodes={(codes) => void request('codes', { codes: [...codes] })} onState={onState} />
        </div>
      )}
      {view.canType && (
        <Button name="type-id" className="choice" before="keys" after="forward" onPress={() => act('type-id', {})}>
          <b>{label('ui.scan.type')}</b>
          <span className="under">{label('ui.scan.type.hint')}</span>
        </Button>
      )}
    </Stage>
  )
}
