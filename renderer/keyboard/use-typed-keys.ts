import { useEffect, useEffectEvent } from 'react'
import { useView } from '../booth-context.ts'

/** A pad with keys to feel, wired to the booth, types the same as the keys on the glass; not while something lies over them. */
export function useTypedKeys(keys: RegExp, onKey: (key: string) => void, onErase: () => void): void {
  const covered = useView().overlay !== null
  const typed = useEffectEvent((event: KeyboardEvent) => {
    if (covered || event.repeat) return
    if (keys.test(event.key)) onKey(event.key)
    else if (event.key === 'Backspace') onErase()
    else return
    event.preventDefault()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => typed(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}
