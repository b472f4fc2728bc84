import type { SheetPage } from '../contract/sheet.ts'

const escaped = (words: string) => words.replaceAll(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)

/** Puts a sheet into the built page without scripts; null when there is none. */
export function sheetDocument(template: string, sheet: SheetPage | null): string | null {
  if (!sheet) return null
  return template
    .replace('<html lang="en"', () => `<html lang="${escaped(sheet.language)}"`)
    .replace(/<title>.*<\/title>/, () => `<title>${escaped(sheet.title)}</title>`)
    .replace('<body></body>', () => `<body>${sheet.html}</body>`)
}

/**
 * Asked of the page before it is printed: whether its words are there, in the fonts that they ask for. Its load does not wait for those, and those of
 * the margins are otherwise asked for too late.
 */
export const sheetDrawn = "document.body.offsetHeight > 0 && document.fonts.load('8pt \"Booth Latin\"').then(() => document.fonts.ready).then(() => true)"
