import type { Language } from '../../../main/contract/language.ts'
import type { View } from '../../../main/contract/view.ts'
import type { FakeBooth } from './page.ts'
import { cases } from './views.ts'

/** A window, in CSS pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}

const ways = { normal: { low: false, contrast: false }, low: { low: true, contrast: false }, contrast: { low: false, contrast: true } } as const
/** How a resident wants the screen. */
export type Way = keyof typeof ways

export function inWay(view: View, language: Language, way: Way): View {
  return { ...view, language, display: { ...view.display, ...ways[way] } }
}

/** What is wrong with any screen in a window of `size`, in words. */
export async function complaintsAt(booth: FakeBooth, size: Size, way: Way, tags: readonly Language[]): Promise<readonly string[]> {
  await booth.page.setViewportSize(size)
  const shown = tags.flatMap((language) => cases.map(({ name, view }) => ({ name: `${name} ${language}`, view: inWay(view, language, way) })))
  const found = await booth.survey(shown.map(({ view }) => view))
  return found.flatMap((list, index) => list.map(({ what, where, detail }) => `${shown[index]?.name}: ${what} ${where} ${detail}`))
}
