import type { Language } from '../main/contract/language.ts'

/**
 * For those who cannot read the language that the booth rests in: each language invites in its own words, so these stand in the page and in no
 * catalogue.
 */
export const invitations: Readonly<Record<Language, { readonly start: string; readonly choose: string }>> = {
  ja: { start: '画面にふれて始める', choose: '言語を選んでください' },
  en: { start: 'Touch to start', choose: 'Choose your language' },
  'zh-Hant': { start: '觸碰畫面開始', choose: '請選擇語言' },
}
