import { useMemo, useRef, useState } from 'react'
import { languages, type Language } from '../../main/contract/language.ts'
import type { Bridge } from '../../main/contract/wire.ts'
import { typedRequest } from '../bridge.ts'
import { languageNames } from '../language-names.ts'
import { useCatalogue } from '../use-catalogue.ts'
import { handGroups, showLine } from './hands.ts'
import { WordsForm } from './words-form.tsx'

interface Done {
  readonly number: number
  readonly line: string
  readonly answer: string
}

/** Answers kept in view. */
const keptAnswers = 60

function languageOfDesktop(): Language {
  return languages.find((language) => navigator.language.startsWith(language.slice(0, 2))) ?? 'en'
}

/** The demonstration's second window: the hands of somebody who stands at the booth, and of somebody who sits at the centre. */
export function Panel({ bridge }: { readonly bridge: Bridge }) {
  const request = useMemo(() => typedRequest(bridge), [bridge])
  const [language, setLanguage] = useState(languageOfDesktop)
  const words = useCatalogue(request, language, languages)
  const [done, setDone] = useState<readonly Done[]>([])
  const count = useRef(0)
  if (!words) return null
  const { say } = words

  const carryOut = async (line: string) => {
    const answer = await request('hand', { line })
    count.current += 1
    const entry = { number: count.current, line, answer: answer.ok ? answer.value.answer : `error: ${answer.error.code}` }
    setDone((before) => [entry, ...before].slice(0, keptAnswers))
  }
  return (
    <div className="panel" lang={words.language}>
      <header>
        <h1>{say({ key: 'ui.panel.title' })}</h1>
        <p>{say({ key: 'ui.panel.about' })}</p>
        <nav>
          {languages.map((each) => (
            <button type="button" key={each} lang={each} aria-pressed={each === language} onClick={() => setLanguage(each)}>
              {languageNames[each]}
            </button>
          ))}
        </nav>
      </header>
      <div className="groups">
        {handGroups.map((group) => (
          <section key={group.title.key}>
            <h2>{say(group.title)}</h2>
            <div className="hands-of">
              {group.hands.map((hand) => (
                <button type="button" key={hand.line} data-line={hand.line} onClick={() => void carryOut(hand.line)}>
                  {say(hand)}
                </button>
              ))}
            </div>
          </section>
        ))}
        <section>
          <h2>{say({ key: 'ui.panel.typed' })}</h2>
          <WordsForm
            name="code"
            words={say({ key: 'ui.panel.show' })}
            button={say({ key: 'ui.panel.do-show' })}
            onWords={(code) => void carryOut(showLine(code))}
          />
          <WordsForm name="line" words={say({ key: 'ui.panel.line' })} button={say({ key: 'ui.panel.do' })} onWords={(line) => void carryOut(line)} />
        </section>
      </div>
      <ol className="answers" aria-live="polite" aria-label={say({ key: 'ui.panel.answers' })}>
        {done.map(({ number, line, answer }) => (
          <li key={number} data-wrong={answer.startsWith('error') || undefined}>
            <code>{line}</code>
            <span>{answer}</span>
          </li>
        ))}
      </ol>
    </div>
  )
}
