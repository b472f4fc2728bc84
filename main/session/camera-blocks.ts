import type { Block } from '../contract/block.ts'
import type { Calibration, CameraCheck } from '../contract/camera-check.ts'
import { text, type Text } from '../contract/text.ts'

const warning = (words: Text): Block => ({ kind: 'paragraph', text: words, tone: 'attention' })

/** In what each thing is told: its message, and by how much its value is multiplied for that. */
const units: Readonly<Record<Calibration['id'], { readonly message: string; readonly times: number }>> = {
  face: { message: 'count', times: 1 },
  'framing-height': { message: 'percent', times: 100 },
  'framing-middle': { message: 'percent', times: 100 },
  'eye-distance': { message: 'pixels', times: 1 },
  exposure: { message: 'percent', times: 100 },
  'over-exposed': { message: 'percent', times: 100 },
  focus: { message: 'from', times: 1 },
  delay: { message: 'milliseconds', times: 1 },
}

/** What a technician reads of the camera: what wants a hand and what to do, then each thing with where it should lie, and where the photo would be cut. */
export function cameraBlocks(check: CameraCheck): readonly Block[] {
  if (!check.ok) return [warning(text(`staff.camera.${check.reason}`))]
  const { lines, window, beyond } = check
  const wrong = lines.filter(({ ok }) => !ok)
  const isOutside = window === null && beyond !== null
  return [
    ...wrong.map(({ id }) => warning(text(`staff.camera.${id}.do`))),
    ...(isOutside ? [warning(text('staff.camera.window.beyond', rounded(beyond)))] : []),
    ...(wrong.length === 0 && !isOutside ? [{ kind: 'paragraph' as const, text: text('staff.camera.well') }] : []),
    ...lines.map(line),
    ...(window ? [{ kind: 'field' as const, label: text('staff.camera.window'), value: text('staff.camera.window.at', window) }] : []),
  ]
}

function line({ id, value, from, to }: Calibration): Block {
  const { message, times } = units[id]
  const shown = (number: number) => Math.round(number * times)
  return { kind: 'field', label: text(`staff.camera.${id}`), value: text(`staff.camera.in.${message}`, { value: shown(value), from: shown(from), to: shown(to) }) }
}

const rounded = <Sides extends Readonly<Record<string, number>>>(sides: Sides) => Object.fromEntries(Object.entries(sides).map(([side, mm]) => [side, Math.ceil(mm)]))
