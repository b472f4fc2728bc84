import { Button } from '../components/button.tsx'
import { useBooth } from '../booth-context.ts'
import { useTypedKeys } from './use-typed-keys.ts'

const inOrder: readonly string[] = [...'1234567890']

interface KeypadProps {
  /** The ten digits as their keys stand, from the upper left; in order when not given. */
  readonly order?: readonly string[] | undefined
  readonly onDigit: (digit: string) => void
  readonly onErase: () => void
  /** The key at the lower right; without it the corner stays empty. */
  readonly done?: { readonly words: string; readonly off: boolean; readonly onPress: () => void }
}

/** The big number pad; a pad with keys to feel, wired to the booth, types the same. */
export function Keypad({ order = inOrder, onDigit, onErase, done }: KeypadProps) {
  const { label } = useBooth()
  const last = order.at(-1) ?? '0'
  useTypedKeys(/^[0-9]$/, onDigit, onErase)
  return (
    <div className="keypad" role="group" aria-label={label('ui.keypad')}>
      {order.slice(0, -1).map((digit) => (
        <Button free key={digit} name={`key-${digit}`} className="number" onPress={() => onDigit(digit)}>
          {digit}
        </Button>
      ))}
      <Button free name="key-erase" before="erase" heard={label('ui.keypad.erase')} onPress={onErase}>
        {null}
      </Button>
      <Button free name={`key-${last}`} className="number" onPress={() => onDigit(last)}>
        {last}
      </Button>
      {done && (
        <Button free name="key-done" tone="go" className="words" off={done.off} onPress={done.onPress}>
          {done.words}
        </Button>
      )}
    </div>
  )
}
