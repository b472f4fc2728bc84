import type { ReactNode } from 'react'
import { useBooth, useView } from '../booth-context.ts'
import { Button } from './button.tsx'

/** The way back, left, where there is one. */
export function Back() {
  const { can } = useView()
  const { label, act } = useBooth()
  if (!can.back) return null
  return (
    <Button name="back" place="left" before="back" onPress={() => act('back', {})}>
      {label('ui.back')}
    </Button>
  )
}

/** The way on, right. */
export function Forward({ onPress, children, off = false }: { readonly onPress: () => void; readonly children?: ReactNode; readonly off?: boolean }) {
  const { label } = useBooth()
  return (
    <Button name="forward" place="right" tone="go" after="forward" off={off} onPress={onPress}>
      {children ?? label('ui.continue')}
    </Button>
  )
}

/** The way on from a screen that asks nothing. */
export function Continue({ children }: { readonly children?: ReactNode }) {
  const view = useView()
  const { act } = useBooth()
  return <Forward onPress={() => act('continue', { step: 'step' in view ? view.step : view.screen })}>{children}</Forward>
}
