import { Button } from '../components/button.tsx'
import { useBooth } from '../booth-context.ts'
import { useTypedKeys } from './use-typed-keys.ts'

const keys = [...'1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ']

/** Digits and capital letters in the order of the alphabet: nobody has to know a keyboard. */
export function LetterKeys({ onKey, onErase }: { readonly onKey: (key: string) => void; readonly onErase: () => void }) {
  const { label } = useBooth()
  useTypedKeys(/^[0-9a-z]$/i, (key) => onKey(key.toUpperCase()), onErase)
  return (
    <div className="letter-keys" role="group" aria-label={label('ui.letter-keys')}>
      {keys.map((key) => (
        <Button free key={key} name={`key-${key}`} className="number" onPress={() => onKey(key)}>
          {key}
        </Button>
      ))}
      <Button free name="key-erase" before="erase" heard={label('ui.field.erase')} onPress={onErase}>
        {null}
      </Button>
    </div>
  )
}
