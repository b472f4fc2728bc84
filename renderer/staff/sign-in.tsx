import { useEffect, useRef, useState } from 'react'
import { useBooth } from '../booth-context.ts'
import { Button } from '../components/button.tsx'
import { NoticeLine } from '../components/notice.tsx'
import { Stage } from '../components/stage.tsx'
import { Forward } from '../components/ways.tsx'
import { Keypad } from '../keyboard/keypad.tsx'
import type { ViewOf } from '../screens/view-of.ts'

const [least, most] = [6, 12]

/** Who it is, and a PIN: shown as dots, kept in this component alone, gone with the command that it travels in, or with the screen. */
export function StaffSignIn({ view }: { readonly view: ViewOf<'staff-sign-in'> }) {
  const { label, act } = useBooth()
  const { people, state, until } = view
  const typed = useRef<string[]>([])
  const [count, setCount] = useState(0)
  const [who, setWho] = useState(people[0] ?? '')
  const isOpen = state === 'ready' || state === 'wrong'

  const wipe = () => {
    typed.current.fill('')
    typed.current.length = 0
  }
  useEffect(() => wipe, [])
  const press = (digit: string) => {
    if (typed.current.length >= most || !isOpen) return
    typed.current.push(digit)
    setCount(typed.current.length)
  }
  const erase = () => {
    typed.current.pop()
    setCount(typed.current.length)
  }
  const send = () => {
    if (count < least || !isOpen) return
    act('staff-sign-in', { who, pin: typed.current.join('') })
    wipe()
    setCount(0)
  }

  const title = { ready: 'ui.staff.sign-in', wrong: 'ui.staff.sign-in', checking: 'ui.staff.checking', locked: 'ui.staff.locked' } as const
  return (
    <Stage
      title={label(title[state])}
      hint={until !== null ? label('ui.staff.locked.hint', { until }) : state !== 'wrong' && label('ui.staff.sign-in.hint')}
      aside={
        <>
          {people.length > 1 && (
            <div className="people" role="group" aria-label={label('ui.staff.who')}>
              {people.map((id) => (
                <Button free key={id} name={`staff-${id}`} className="choice" chosen={id === who} onPress={() => setWho(id)}>
                  {id}
                </Button>
              ))}
            </div>
          )}
          <ol className="pin-dots" data-testid="pin" data-long aria-label={label('ui.pin.typed', { count })}>
            {Array.from({ length: most }, (_, place) => (
              <li key={place} data-next={place === count || undefined}>
                {place < count && <span />}
              </li>
            ))}
          </ol>
          {state === 'wrong' && <NoticeLine tone="attention">{label('ui.staff.wrong')}</NoticeLine>}
        </>
      }
      left={
        <Button name="staff-leave" place="left" before="cross" onPress={() => act('staff-leave', {})}>
          {label('ui.staff.close')}
        </Button>
      }
      right={
        <Forward off={count < least || !isOpen} onPress={send}>
          {label('ui.staff.enter')}
        </Forward>
      }
    >
      <Keypad onDigit={press} onErase={erase} />
    </Stage>
  )
}
