import type { CameraState } from './open-camera.ts'

/** Says a `ui.*` message in the resident's language. */
export type Label = (key: string, values?: Readonly<Record<string, string | number>>) => string

/** What stands where the picture would be while the camera has none. */
export function CameraNotice({ state, label }: { readonly state: CameraState | null; readonly label: Label }) {
  if (state === 'ready') return null
  return (
    <p className="camera-words" role="status">
      {label(`ui.camera.${state ?? 'opening'}`)}
    </p>
  )
}
