import type { Language } from '../main/contract/language.ts'

/** Each language in its own words: the same on every screen, whatever language it is in. */
export const languageNames: Readonly<Record<Language, string>> = { ja: '日本語', en: 'English', 'zh-Hant': '繁體中文' }
