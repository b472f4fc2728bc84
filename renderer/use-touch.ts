import { useEffect } from 'react'
import type { Request } from './bridge.ts'

/** Touches are reported at most this often. */
const everyMs = 2_000

/** Tells the booth that somebody touches the glass, anywhere. */
export function useTouch(request: Request): void {
  useEffect(() => {
    let last = -everyMs
    const touched = (event: PointerEvent) => {
      if (event.timeStamp - last < everyMs) return
      last = event.timeStamp
      void request('touch', {})
    }
    window.addEventListener('pointerdown', touched, { capture: true, passive: true })
    return () => window.removeEventListener('pointerdown', touched, { capture: true })
  }, [request])
}
