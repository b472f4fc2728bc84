import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { CentreReply, CentreRequest } from '../main/contract/centre-wire.ts'
import { languages } from '../main/contract/language.ts'
import { type PhotoState, photoStates, photoWords } from './photo-words.ts'
import { escapeHtml, pageStyle, preferredLanguage } from './page-parts.ts'
import { reply } from './replies.ts'

/** In which states these can be seen. */
const canOpen: readonly PhotoState[] = ['ready', 'offline', 'altered']
const isShown: readonly PhotoState[] = ['shown', 'shown-last']
const among = (states: readonly PhotoState[]) => states.map((state) => `body[data-state=${state}]`).join(', ')
const style = `${pageStyle}
#open, #picture, [data-for] { display: none }
${photoStates.map((state) => `body[data-state=${state}] [data-for=${state}]`).join(', ')} { display: block }
:is(${among(canOpen)}) #open { display: block }
:is(${among(isShown)}) #picture { display: block }
#photo { display: block; width: 35mm; height: 45mm; border: 1px solid #c9d1d9; margin: 1rem 0 }
#save { display: inline-block; padding: .7rem 1.5rem; border-radius: .35rem; background: #0b57a4; color: #fff; font-weight: 600 }
`
const script = readFileSync(new URL('./photo-page.js', import.meta.url), 'utf8')
const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** Nothing runs but the one script, nothing is asked but this centre, nothing is shown but what the script opened. */
const headers = {
  'content-security-policy': [
    "default-src 'none'",
    `script-src ${hash(script)}`,
    `style-src ${hash(style)}`,
    'img-src blob:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
}

/** `GET /photo`: the same page for every photo, because what is somebody's stands behind `#` and is never sent. */
export function photoPage(request: CentreRequest, operator: { readonly name: string; readonly phone: string }): CentreReply {
  const query = new URL(request.path, 'http://centre').searchParams
  const language = languages.find((one) => one === query.get('lang')) ?? preferredLanguage(request.headers['accept-language'] ?? '')
  const words = photoWords[language]
  const fill = (sentence: string) => escapeHtml(sentence.replaceAll('{operator}', operator.name).replaceAll('{phone}', operator.phone))
  const others = languages.filter((one) => one !== language)
  const paragraphs = (state: PhotoState) => words.states[state].split('\n').map((line) => `<p>${fill(line)}</p>`)
  const texts = photoStates.map((state) => `<div data-for="${state}">${paragraphs(state).join('')}</div>`)
  const page = `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>${fill(words.title)}</title>
<style>${style}</style>
</head>
<body data-state="start">
<main>
<nav>${others.map((one) => `<a href="?lang=${one}" lang="${one}" hreflang="${one}">${escapeHtml(photoWords[one].languageName)}</a>`).join('')}</nav>
<h1>${fill(words.title)}</h1>
<article aria-live="polite">${texts.join('\n')}
<button id="open">${fill(words.open)}</button>
<div id="picture"><img id="photo" alt="${fill(words.photo)}"><a id="save" download="photo.jpg">${fill(words.save)}</a></div>
</article>
<footer><p>${fill(words.runBy)}</p></footer>
</main>
<script>${script}</script>
</body>
</html>
`
  return reply(200, 'text/html; charset=utf-8', page, { ...headers, 'content-language': language })
}
