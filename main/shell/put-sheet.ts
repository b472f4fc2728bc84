import type { SheetPage } from '../contract/sheet.ts'

/** The page before a sheet and after it. */
export const noSheet: SheetPage = { language: 'en', title: '', html: '' }

/**
 * What the shell runs in the sheet's page: puts a sheet in the place of the one before, and gives whether its words are there once the fonts that they ask
 * for are. Those of the margins are otherwise asked for too late.
 */
export const putSheet = (sheet: SheetPage): string => `(async ({ language, title, html }) => {
  document.documentElement.lang = language
  document.title = title
  document.body.innerHTML = html
  if (document.body.offsetHeight === 0) return false
  await document.fonts.load('8pt "Booth Latin"')
  await document.fonts.ready
  return true
})(${JSON.stringify(sheet)})`
