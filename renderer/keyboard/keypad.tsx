import { useEffect, useEffectEvent } from 'react'
import { Button } from '../components/button.tsx'
import { useBooth } from '../booth-context.ts'

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const

interface KeypadProps {
  readonly onDigit: (digit: string) => void
  readonly onErase: () => void
  /** The key at the lower right; without it the corner stays empty. */
  readonly done?: { readonly words: string; readonly off: boolean; readonly onPress: () => void }
}

/** The big number pad; a pad with keys to feel, wired to the booth, types the same. */
export function Keypad({ onDigit, onErase, done }: KeypadProps) {
  const { label, view } = useBooth()
  const covered = view.overlay !== null
  const typed = useEffectEvent((event: KeyboardEvent) => {
    if (covered || event.repeat) return
    if (/^[0-9]$/.test(event.key)) onDigit(event.key)
    else if (event.key === 'Backspace') onErase()
    else return
    event.preventDefault()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => typed(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
  return (
    <div className="keypad" role="group" aria-label={label('ui.keypad')}>
      {digits.map((digit) => (
        <Button free key={digit} name={`key-${digit}`} className="number" onPress={() => onDigit(digit)}>
          {digit}
        </Button>
      ))}
      <Button free name="key-erase" before="erase" heard={label('ui.keypad.erase')} onPress={onErase}>
        {null}
      </Button>
      <Button free name="key-0" className="number" onPress={() => onDigit('0')}>
        0
      </Button>
      {done && (
        <Button free name="key-done" tone="go" className="words" off={done.off} onPress={done.onPress}>
          {done.words}
        </Button>
      )}
    </div>
  )
}
