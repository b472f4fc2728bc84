import type { SheetOffer } from '../../main/contract/view.ts'
import { useBooth } from '../booth-context.ts'
import { Button } from './button.tsx'
import { NoticeLine } from './notice.tsx'

/** A sheet of A4: to be printed, on its way, in the tray, or to be tried again. */
export function SheetButton({ step, sheet: { id, name, print } }: { readonly step: string; readonly sheet: SheetOffer }) {
  const { say, label, act } = useBooth()
  const words = label(`ui.advice.sheet.${print}`, { name: say(name) })
  if (print === 'printing' || print === 'printed')
    return (
      <div className="slip-state" data-print={print} role="status">
        <NoticeLine tone={print === 'printed' ? 'done' : 'hint'}>{words}</NoticeLine>
      </div>
    )
  return (
    <Button name={`sheet-${id}`} before="print" onPress={() => act('print-sheet', { step, sheet: id })}>
      {words}
    </Button>
  )
}
