import { useEffect, useRef, useState } from 'react'
import { pinFits, pinForms } from '../../main/contract/pin.ts'
import { useBooth } from '../booth-context.ts'
import { Button } from '../components/button.tsx'
import { Illustration } from '../components/illustration.tsx'
import { NoticeLine } from '../components/notice.tsx'
import { Stage } from '../components/stage.tsx'
import { Back, Forward } from '../components/ways.tsx'
import { Keypad } from '../keyboard/keypad.tsx'
import { LetterKeys } from '../keyboard/letter-keys.tsx'
import { shuffledDigits } from '../keyboard/shuffled-digits.ts'
import type { ViewOf } from './view-of.ts'

/** What is typed now. */
type Part = 'old' | 'new' | 'again'

/** PINs of the card: shown as dots, kept in this component alone, gone with the command that they travel in, or with the screen. */
export function PinScreen({ view }: { readonly view: ViewOf<'pin'> }) {
  const { label, say, act } = useBooth()
  const typed = useRef<Record<Part, string[]>>({ old: [], new: [], again: [] })
  const [part, setPart] = useState<Part>('old')
  const [count, setCount] = useState(0)
  const [problem, setProblem] = useState<'form' | 'different' | 'same' | null>(null)
  const [agreed, setAgreed] = useState(false)
  const [atReader, setAtReader] = useState(false)
  const [order, setOrder] = useState(shuffledDigits)
  const { keys, least, most } = pinForms[view.pin]

  const go = (next: Part, said: typeof problem = null) => {
    typed.current[next].fill('')
    typed.current[next].length = 0
    setPart(next)
    setCount(0)
    setProblem(said)
    setOrder(shuffledDigits)
  }
  const wipe = () => {
    for (const each of ['old', 'new', 'again'] as const) {
      typed.current[each].fill('')
      typed.current[each].length = 0
    }
  }
  useEffect(() => wipe, [])
  // The card has answered: whatever was typed has been used.
  const { working } = view
  useEffect(() => {
    if (working) return
    wipe()
    setPart('old')
    setCount(0)
    setAgreed(false)
    setAtReader(false)
  }, [working])

  const value = (which: Part) => typed.current[which].join('')
  const send = () => {
    const lastTry = view.tries === 1
    if (view.act === 'sign-in') act('sign-in', { step: view.step, pin: value('old'), lastTry })
    else act('change-pin', { step: view.step, old: value('old'), new: value('new'), lastTry })
    wipe()
    setCount(0)
    setPart('old')
  }
  const typeAtReader = () => {
    const lastTry = view.tries === 1
    setAtReader(true)
    if (view.act === 'sign-in') act('sign-in', { step: view.step, pin: null, lastTry })
    else act('change-pin', { step: view.step, old: null, new: null, lastTry })
  }
  const forward = () => {
    if (count < least || !view.ready) return
    if (!pinFits(view.pin, value(part))) return go(part, 'form')
    if (view.act === 'sign-in') send()
    else if (part === 'old') go('new')
    else if (part === 'new') go(value('new') === value('old') ? 'new' : 'again', value('new') === value('old') ? 'same' : null)
    else if (value('again') === value('new')) send()
    else go('new', 'different')
  }
  const press = (key: string) => {
    const now = typed.current[part]
    if (now.length >= most) return
    now.push(key)
    setCount(now.length)
    setProblem(null)
  }
  const erase = () => {
    typed.current[part].pop()
    setCount(typed.current[part].length)
  }

  if (working)
    return (
      <Stage
        title={label(atReader ? 'ui.pin.at-reader' : 'ui.pin.working')}
        hint={label(atReader ? `ui.pin.at-reader.${view.act}` : 'ui.pin.stay')}
        picture={<Illustration name="card" />}
        keepPicture
      />
    )
  if (view.tries === 1 && !agreed)
    return (
      <Stage title={label('ui.pin.last-try')} hint={label('ui.pin.last-try.hint')} picture={<Illustration name="card" />} left={<Back />} right={<Forward onPress={() => setAgreed(true)}>{label('ui.pin.last-try.agree')}</Forward>} />
    )
  return (
    <Stage
      title={view.act === 'sign-in' ? say(view.title) : label(`ui.pin.${part}.${view.pin}`)}
      hint={say(view.hint)}
      picture={<Illustration name="card" />}
      aside={
        <>
          <ol className="pin-dots" data-testid="pin" data-long={most > 4 || undefined} aria-label={label('ui.pin.typed', { count })}>
            {Array.from({ length: most }, (_, place) => (
              <li key={place} data-next={place === count || undefined}>
                {place < count && <span />}
              </li>
            ))}
          </ol>
          {problem && <NoticeLine tone="attention">{label(`ui.pin.${problem}`)}</NoticeLine>}
          {view.tries !== null && view.tries > 1 && <p className="tries">{label('ui.pin.tries', { tries: view.tries })}</p>}
        </>
      }
      left={<Back />}
      right={<Forward off={count < least || !view.ready} onPress={forward} />}
      {...(keys === 'letters' ? { wide: true } : {})}
    >
      {keys === 'digits' ? <Keypad order={view.shuffled ? order : undefined} onDigit={press} onErase={erase} /> : <LetterKeys onKey={press} onErase={erase} />}
      {view.pad && (
        <Button name="pad" off={!view.ready} onPress={typeAtReader}>
          {label('ui.pin.pad')}
        </Button>
      )}
    </Stage>
  )
}
