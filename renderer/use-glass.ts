import { useLayoutEffect } from 'react'
import type { Language } from '../main/contract/language.ts'
import type { Display } from '../main/contract/view.ts'

/** Gives the document its language, the millimetre of its glass and its colours; through the CSSOM, because the page's policy allows no style attributes. */
export function useGlass(language: Language, display: Display): void {
  const { contrast, pxPerMm } = display
  useLayoutEffect(() => {
    const root = document.documentElement
    root.lang = language
    root.toggleAttribute('data-contrast', contrast)
    return () => root.removeAttribute('data-contrast')
  }, [language, contrast])
  useLayoutEffect(() => document.documentElement.style.setProperty('--glass', `${pxPerMm}px`), [pxPerMm])
}
