import { useEffect, useRef, useState } from 'react'
import { useBooth, useView } from '../booth-context.ts'
import { Button } from '../components/button.tsx'
import { Illustration } from '../components/illustration.tsx'
import { Stage } from '../components/stage.tsx'
import { Back, Forward } from '../components/ways.tsx'
import { Keypad } from '../keyboard/keypad.tsx'
import { LetterKeys } from '../keyboard/letter-keys.tsx'
import type { ViewOf } from './view-of.ts'

/** As many characters stand in a row in the largest type. */
const roomy = 14

/** Stands for a character that is not shown. */
const hidden = '●'

/** A number or name of the resident's own, character by character; it lives in this component alone and ends with it. */
export function FieldScreen({ view }: { readonly view: ViewOf<'field'> }) {
  const { label, say, act } = useBooth()
  const frame = useView()
  const typed = useRef([...view.entered])
  const [count, setCount] = useState(typed.current.length)
  const wipe = () => {
    typed.current.fill('')
    typed.current.length = 0
  }
  useEffect(() => wipe, [])
  const { notice } = frame
  const sent = useRef(false)
  // Each time anew: a number that is refused twice is told with the same words.
  useEffect(() => {
    if (!sent.current || notice?.text.key !== 'field.individual-number') return
    sent.current = false
    wipe()
    setCount(0)
  }, [notice])
  const onKey = (key: string) => {
    if (typed.current.length >= view.longest) return
    typed.current.push(key)
    setCount(typed.current.length)
  }
  const onErase = () => {
    typed.current.pop()
    setCount(typed.current.length)
  }
  const enter = (entered: string) => {
    sent.current = true
    act('enter', { step: view.step, entered })
  }
  const shown = typed.current.slice(0, count).map((character, place) => (view.secret && place < count - 1 ? hidden : character))
  return (
    <Stage
      title={say(view.title)}
      hint={say(view.hint)}
      picture={<Illustration name="typing" />}
      aside={
        <p className="entered number" data-testid="entered" data-long={view.longest > roomy || undefined} aria-label={label('ui.field.entered', { count })}>
          {shown.join('')}
          <span className="caret" />
        </p>
      }
      left={<Back />}
      right={<Forward off={count === 0} onPress={() => count > 0 && enter(typed.current.join(''))} />}
      wide
    >
      {view.keys === 'letters' ? <LetterKeys onKey={onKey} onErase={onErase} /> : <Keypad onDigit={onKey} onErase={onErase} />}
      {view.optional && (
        <Button name="skip" className="choice" after="forward" onPress={() => enter('')}>
          {label('ui.field.skip')}
        </Button>
      )}
    </Stage>
  )
}
