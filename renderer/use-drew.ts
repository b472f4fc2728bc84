import { useLayoutEffect } from 'react'
import type { Request } from './bridge.ts'

/** Tells the booth which revision stands on the glass: its watchdog's sign of life. */
export function useDrew(request: Request, revision: number | null): void {
  useLayoutEffect(() => {
    if (revision === null) return
    const frame = requestAnimationFrame(() => void request('drew', { revision }))
    return () => cancelAnimationFrame(frame)
  }, [request, revision])
}
