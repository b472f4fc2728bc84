import { Button } from '../components/button.tsx'
import { useBooth } from '../booth-context.ts'
import { useTypedKeys } from './use-typed-keys.ts'

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const

interface KeypadProps {
  readonly onDigit: (digit: string) => void
  readonly onErase: () => void
  /** The key at the lower right; without it the corner stays empty. */
  readonly done?: { readonly words: string; readonly off: boolean; readonly onPress: () => void }
}

/** The big number pad; a pad with keys to feel, wired to the booth, types the same. */
export function Keypad({ onDigit, onErase, done }: KeypadProps) {
  const { label } = useBooth()
  useTypedKeys(/^[0-9]$/, onDigit, onErase)
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
