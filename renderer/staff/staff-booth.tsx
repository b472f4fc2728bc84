import { useBooth } from '../booth-context.ts'
import { Blocks } from '../components/blocks.tsx'
import { Button } from '../components/button.tsx'
import { Scroller } from '../components/scroller.tsx'
import { Stage } from '../components/stage.tsx'
import type { ViewOf } from '../screens/view-of.ts'

/** The booth from within: what wants a hand, every device, the money, and what waits. */
export function StaffBooth({ view }: { readonly view: ViewOf<'staff'> }) {
  const { label, act } = useBooth()
  const { who, closed, camera, blocks } = view
  return (
    <Stage
      said="short"
      wide
      title={label('ui.staff.title', { who })}
      hint={label('ui.staff.hint')}
      aside={
        camera && (
          <Button name="staff-camera" className="choice" after="forward" onPress={() => act('staff-camera', { open: true })}>
            {label('ui.staff.camera')}
          </Button>
        )
      }
      left={
        <Button name="staff-leave" place="left" before="back" onPress={() => act('staff-leave', {})}>
          {label('ui.staff.leave')}
        </Button>
      }
      right={
        <Button name="staff-service" place="right" tone={closed ? 'go' : 'attention'} onPress={() => act('staff-service', { open: closed })}>
          {label(closed ? 'ui.staff.put-in' : 'ui.staff.put-out')}
        </Button>
      }
    >
      <Scroller name={label('ui.staff.title', { who })}>
        <Blocks blocks={blocks} />
      </Scroller>
    </Stage>
  )
}
