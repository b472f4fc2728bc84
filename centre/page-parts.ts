import { type Language, languages } from '../main/contract/language.ts'

/** How the centre's public pages look. */
export const pageStyle = `
:root { color-scheme: light }
body { margin: 0; background: #f4f5f7; color: #16202b; font: 1.125rem/1.6 system-ui, "Noto Sans JP", "Noto Sans TC", sans-serif }
main { max-width: 38rem; margin: 0 auto; padding: 1.5rem }
h1 { font-size: 1.6rem; line-height: 1.3 }
h2 { font-size: 1.1rem; margin: 1.5rem 0 .25rem }
p { margin: .25rem 0 }
form, article { background: #fff; border: 1px solid #c9d1d9; border-radius: .5rem; padding: 1.25rem; margin: 1rem 0 }
article h2:first-child { margin-top: 0 }
label { display: block; font-weight: 600; margin-top: 1rem }
input { font: inherit; width: 100%; box-sizing: border-box; padding: .6rem; border: 2px solid #5b6b7b; border-radius: .35rem }
button { font: inherit; font-weight: 600; margin-top: 1.25rem; padding: .7rem 1.5rem }
button { border: 0; border-radius: .35rem; background: #0b57a4; color: #fff }
input:focus-visible, button:focus-visible, a:focus-visible { outline: 3px solid #b45309; outline-offset: 2px }
a { color: #0b57a4 }
nav a { display: inline-block; padding: .4rem 0; margin-right: 1rem }
.demo { background: #7a1f1f; color: #fff; padding: .6rem 1rem; margin: 0; text-align: center; font-weight: 600 }
.hint { font-weight: 400; color: #41505f }
footer { color: #41505f; margin-top: 2rem }
`

/** The first language of the browser that the page has (RFC 9110, 12.5.4, without weights: browsers send them in order). */
export function preferredLanguage(accepted: string): Language {
  for (const range of accepted.toLowerCase().split(',')) {
    const tag = range.trim().split(';')[0] ?? ''
    if (tag.startsWith('zh')) return 'zh-Hant'
    const found = languages.find((one) => tag === one || tag.startsWith(`${one}-`))
    if (found) return found
  }
  return 'ja'
}

/** Text as it stands in HTML, attributes too. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
