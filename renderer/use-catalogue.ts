import { useEffect, useRef, useState } from 'react'
import type { Language } from '../main/contract/language.ts'
import type { Request } from './bridge.ts'
import { createSay, type Say } from './message.ts'

/** A catalogue that could not be had is asked for again after this time. */
const againMs = 1_000

/** Words to draw with, and the language that they are in. */
export interface Words {
  readonly language: Language
  readonly say: Say
}

/**
 * Asks each offered language's catalogue once, the one in use first. Until a newly chosen one is there the words before it stay, so that
 * nothing typed is lost; null until there are any.
 */
export function useCatalogue(request: Request, language: Language | null, offered: readonly Language[]): Words | null {
  const [held, setHeld] = useState<Readonly<Partial<Record<Language, Words>>>>({})
  const last = useRef<Words | null>(null)
  const [round, setRound] = useState(0)
  const wanted = language === null ? null : held[language] ? offered.find((other) => !held[other]) : language

  useEffect(() => {
    if (!wanted) return
    let left = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const ask = async () => {
      const answer = await request('catalogue', { language: wanted })
      if (left) return
      if (answer.ok) setHeld((before) => ({ ...before, [wanted]: { language: wanted, say: createSay(wanted, answer.value) } }))
      else timer = setTimeout(() => setRound((before) => before + 1), againMs)
    }
    // The words in use at once; the others behind the first picture, which would wait for them.
    const idle = wanted === language ? void ask() : requestIdleCallback(() => void ask(), { timeout: 2_000 })
    return () => {
      left = true
      if (idle !== undefined) cancelIdleCallback(idle)
      clearTimeout(timer)
    }
  }, [request, wanted, language, round])

  const now = language === null ? null : (held[language] ?? last.current)
  useEffect(() => {
    last.current = now
  }, [now])
  return now
}
