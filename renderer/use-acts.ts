import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import type { Booth } from './booth-context.ts'
import type { Request } from './bridge.ts'
import { TouchGuard } from './touch-guard.ts'

/** A view that an act caused comes within this time, or the act changed nothing that is shown. */
const viewMs = 1_000

/**
 * The resident's acts on what is drawn now.
 * @param place changes whenever other things lie under the finger
 */
export function useActs(request: Request, revision: number, place: string): Pick<Booth, 'act' | 'turn' | 'held'> {
  const guard = useMemo(() => new TouchGuard(), [])
  const held = useSyncExternalStore(guard.subscribe, guard.held)
  const drawn = useRef(revision)
  const waiting = useRef(new Set<() => void>())

  useLayoutEffect(() => {
    drawn.current = revision
    for (const go of waiting.current) go()
    waiting.current.clear()
  }, [revision])

  useLayoutEffect(() => guard.settle(), [guard, place])

  useEffect(() => {
    const tapped = (event: PointerEvent) => {
      if (event.target instanceof Element && event.target.closest('[data-act]')) guard.tapped()
    }
    window.addEventListener('pointerdown', tapped, { capture: true, passive: true })
    return () => window.removeEventListener('pointerdown', tapped, { capture: true })
  }, [guard])

  const act = useCallback<Booth['act']>(
    (name, input) => {
      if (!guard.enter()) return
      const from = drawn.current
      const settle = () => guard.settle()
      request(name, input).then((answer) => {
        if (!answer.ok || drawn.current > from) return settle()
        const late = setTimeout(settle, viewMs)
        waiting.current.add(() => {
          clearTimeout(late)
          settle()
        })
      }, settle)
    },
    [guard, request],
  )

  const turn = useCallback<Booth['turn']>(
    (change) => {
      if (!guard.enter()) return
      change()
      guard.settle()
    },
    [guard],
  )
  return { act, turn, held }
}
