import type { PrintState } from '../../main/contract/view.ts'
import { useBooth } from '../booth-context.ts'
import { NoticeLine } from './notice.tsx'

const tones = { printing: 'hint', printed: 'done', 'not-printed': 'attention' } as const

/** Whether the slip is on its way, in the tray, or did not come out and what to do then. */
export function SlipState({ print, kept }: { readonly print: PrintState; readonly kept: 'number' | 'nothing' }) {
  const { label } = useBooth()
  const words = print === 'not-printed' ? label(`ui.slip.not-printed.${kept}`) : label(`ui.slip.${print}`)
  return (
    <div className="slip-state" data-print={print} role="status">
      <NoticeLine tone={tones[print]}>{words}</NoticeLine>
    </div>
  )
}
