import { useEffect } from 'react'
import type { View } from '../../main/contract/view.ts'
import type { Request } from '../bridge.ts'
import { isCornerGesture, type Press } from './corner-gesture.ts'

/** Watches a booth at rest for the gesture of staff; whether there is a door at all the booth knows, and the page does not. */
export function useCorners(request: Request, { screen }: View): void {
  const rests = screen === 'attract' || screen === 'out-of-service'
  useEffect(() => {
    if (!rests) return
    const down = new Map<number, Omit<Press, 'to'>>()
    let last: readonly Press[] = []
    const mm = () => Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--mm'))
    const pressed = ({ pointerId, clientX, clientY, timeStamp }: PointerEvent) => void down.set(pointerId, { x: clientX / mm(), y: clientY / mm(), from: timeStamp })
    const left = ({ pointerId, timeStamp }: PointerEvent) => {
      const press = down.get(pointerId)
      if (!press) return
      down.delete(pointerId)
      last = [...last.slice(-1), { ...press, to: timeStamp }]
      if (isCornerGesture(last, innerWidth / mm())) void request('staff-door', {})
    }
    const options = { capture: true, passive: true }
    window.addEventListener('pointerdown', pressed, options)
    for (const end of ['pointerup', 'pointercancel'] as const) window.addEventListener(end, left, options)
    return () => {
      window.removeEventListener('pointerdown', pressed, options)
      for (const end of ['pointerup', 'pointercancel'] as const) window.removeEventListener(end, left, options)
    }
  }, [request, rests])
}
