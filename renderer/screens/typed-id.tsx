import { useEffect, useRef, useState } from 'react'
import { useBooth } from '../booth-context.ts'
import { Illustration } from '../components/illustration.tsx'
import { Stage } from '../components/stage.tsx'
import { Back, Forward } from '../components/ways.tsx'
import { Keypad } from '../keyboard/keypad.tsx'
import type { ViewOf } from './view-of.ts'

/** As many digits as the Individual Number has: what was typed is forgotten at once, and the booth says why (B9). */
const individualNumberDigits = 12

/** The long number by hand, in the groups that stand on the paper; it lives in this component alone and ends with it. */
export function TypedIdScreen({ view }: { readonly view: ViewOf<'typed-id'> }) {
  const { label, act } = useBooth()
  const digits = useRef<string[]>([])
  const [count, setCount] = useState(0)
  const total = view.groups.reduce((sum, group) => sum + group, 0)
  const wipe = () => {
    digits.current.fill('')
    digits.current.length = 0
  }
  useEffect(() => wipe, [])
  const send = () => {
    if (count === 0) return
    act('typed', { round: view.round, digits: digits.current.join('') })
    if (count === individualNumberDigits) {
      wipe()
      setCount(0)
    }
  }
  let first = 0
  return (
    <Stage
      title={label(view.round === 1 ? 'ui.typed-id.title' : 'ui.typed-id.again', { total })}
      hint={label('ui.typed-id.hint')}
      picture={<Illustration name="typing" />}
      aside={
        <ol className="typed" data-testid="typed" aria-label={label('ui.typed-id.typed', { count, total })}>
          {view.groups.map((size, group) => {
            const from = first
            first += size
            return (
              <li key={group}>
                {Array.from({ length: size }, (_, index) => from + index).map((place) => (
                  <span key={place} className="digit" data-next={place === count || undefined}>
                    {place < count ? digits.current[place] : ''}
                  </span>
                ))}
              </li>
            )
          })}
        </ol>
      }
      left={<Back />}
      right={<Forward off={count < total} onPress={send} />}
    >
      <Keypad
        onDigit={(digit) => {
          if (digits.current.length >= total) return
          digits.current.push(digit)
          setCount(digits.current.length)
        }}
        onErase={() => {
          digits.current.pop()
          setCount(digits.current.length)
        }}
      />
    </Stage>
  )
}
