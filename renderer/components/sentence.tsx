import { useEffect, useState } from 'react'
import type { Language } from '../../main/contract/language.ts'
import type { Text } from '../../main/contract/text.ts'
import { useBooth, useView } from '../booth-context.ts'
import { createSay, type Say } from '../message.ts'

/** A sentence to read out or to show at a counter: large in the country's own language, what it means beneath. */
export function Sentence({ text, language }: { readonly text: Text; readonly language: Language }) {
  const { say, request } = useBooth()
  const [sayThere, setSayThere] = useState<Say | null>(null)
  const isOwn = useView().language === language
  useEffect(() => {
    if (isOwn) return
    let left = false
    request('catalogue', { language }).then((answer) => {
      if (answer.ok && !left) setSayThere(() => createSay(language, answer.value))
    })
    return () => {
      left = true
    }
  }, [request, language, isOwn])
  return (
    <blockquote className="sentence">
      <p lang={language}>{isOwn ? say(text) : sayThere?.(text)}</p>
      {!isOwn && <p className="meaning">{say(text)}</p>}
    </blockquote>
  )
}
