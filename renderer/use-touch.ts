import { useEffect } from 'react'
import type { Request } from './bridge.ts'

/** Touches are reported at most this often. */
const everyMs = 2_000
/** A touch that lasts longer is no finger (F50). */
const stuckMs = 60_000

/** Tells the booth that somebody touches the glass, anywhere, and that something does not let go of it. */
export function useTouch(request: Request): void {
  useEffect(() => {
    let last = -everyMs
    /** What presses now, and when it will count as stuck. */
    const pressed = new Map<number, ReturnType<typeof setTimeout>>()
    const stuck = new Set<number>()
    const touched = (event: PointerEvent) => {
      clearTimeout(pressed.get(event.pointerId))
      const stick = () => {
        stuck.add(event.pointerId)
        void request('glass', { state: 'stuck' })
      }
      pressed.set(event.pointerId, setTimeout(stick, stuckMs))
      if (event.timeStamp - last < everyMs) return
      last = event.timeStamp
      void request('touch', {})
    }
    const left = ({ pointerId }: PointerEvent) => {
      clearTimeout(pressed.get(pointerId))
      pressed.delete(pointerId)
      if (stuck.delete(pointerId) && stuck.size === 0) void request('glass', { state: 'free' })
    }
    const ends = ['pointerup', 'pointercancel'] as const
    window.addEventListener('pointerdown', touched, { capture: true, passive: true })
    for (const end of ends) window.addEventListener(end, left, { capture: true, passive: true })
    return () => {
      window.removeEventListener('pointerdown', touched, { capture: true })
      for (const end of ends) window.removeEventListener(end, left, { capture: true })
      for (const timer of pressed.values()) clearTimeout(timer)
    }
  }, [request])
}
