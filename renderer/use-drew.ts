import { useLayoutEffect } from 'react'
import type { Request } from './bridge.ts'
import { onceDrawn } from './once-drawn.ts'

/** How often the page says that it still draws: the shell starts it again when it is silent for ten seconds. */
const everyMs = 4_000

/** Tells the booth which revision stands on the glass, and goes on telling: its watchdog's sign of life. */
export function useDrew(request: Request, revision: number | null): void {
  useLayoutEffect(() => {
    if (revision === null) return
    const say = () => void request('drew', { revision })
    const draw = () => {
      // A window that nobody can see gets no frames.
      if (document.hidden) say()
      else onceDrawn(say)
    }
    draw()
    const timer = setInterval(draw, everyMs)
    return () => clearInterval(timer)
  }, [request, revision])
}
