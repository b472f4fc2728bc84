import { createHash } from 'node:crypto'
import { type Language, languages } from '../main/contract/language.ts'
import { slipCode, slipNumber } from '../main/contract/submission.ts'
import { statusWords, type StatusWords } from './status-words.ts'
import type { CentreStorage, StoredApplication } from './storage.ts'
import type { CentreReply, CentreRequest } from '../main/contract/centre-wire.ts'
import { reply } from './replies.ts'

export interface StatusPageOptions {
  readonly storage: CentreStorage
  readonly operator: { readonly name: string; readonly phone: string }
}

type State = keyof StatusWords['states']

const style = `
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
const styleHash = createHash('sha256').update(style).digest('base64')
const headers = {
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
}

/**
 * The page behind a slip's number and code, without anything personal: where the application stands, what to do, and whether money is owed. The form
 * sends by POST so that the code stays out of addresses and logs; the link of a slip brings the number, one with both works too. What was typed is
 * never shown again.
 */
export async function statusPage(request: CentreRequest, options: StatusPageOptions): Promise<CentreReply> {
  const query = new URL(request.path, 'http://centre').searchParams
  const form = new URLSearchParams(request.method === 'POST' ? new TextDecoder().decode((request.body ?? new Uint8Array()).subarray(0, 4096)) : '')
  const field = (name: string) => form.get(name) ?? query.get(name) ?? ''
  const language = languages.find((one) => one === field('lang')) ?? preferred(request.headers['accept-language'] ?? '')
  const asked = request.method === 'POST' || field('code') !== ''
  const number = slipNumberOf(field('number'))
  const code = slipCodeOf(field('code'))
  const found = number && code ? await options.storage.findBySlip(number, createHash('sha256').update(`${number}:${code}`).digest('hex')) : null
  const state = asked ? (number && code ? stateOf(found) : 'unreadable') : null
  return reply(state === 'absent' ? 404 : 200, 'text/html; charset=utf-8', page(language, state, asked ? null : number, found?.envelope.demo ?? false, options.operator), {
    ...headers,
    'content-language': language,
  })
}

function stateOf(found: StoredApplication | null): State {
  if (!found) return 'absent'
  return found.stage === 'decided' ? (found.decision ?? 'passed-on') : found.stage
}

/** A slip's number however it was typed; null when it is none. */
function slipNumberOf(typed: string): string | null {
  const digits = typed.normalize('NFKC').replaceAll(/[\s\p{Pd}]/gu, '')
  const grouped = digits.replace(/^(\d{4})(\d{4})(\d{4})(\d{4})$/, '$1-$2-$3-$4')
  return slipNumber.safeParse(grouped).success ? grouped : null
}

function slipCodeOf(typed: string): string | null {
  const signs = typed
    .normalize('NFKC')
    .replaceAll(/[\s\p{Pd}]/gu, '')
    .toUpperCase()
  const grouped = signs.replace(/^(.{4})(.{4})$/, '$1-$2')
  return slipCode.safeParse(grouped).success ? grouped : null
}

/** The first language of the browser that the page has (RFC 9110, 12.5.4, without weights: browsers send them in order). */
function preferred(accepted: string): Language {
  for (const range of accepted.toLowerCase().split(',')) {
    const tag = range.trim().split(';')[0] ?? ''
    if (tag.startsWith('zh')) return 'zh-Hant'
    const found = languages.find((one) => tag === one || tag.startsWith(`${one}-`))
    if (found) return found
  }
  return 'ja'
}

type Fill = (sentence: string) => string

function page(language: Language, state: State | null, brought: string | null, demo: boolean, operator: StatusPageOptions['operator']): string {
  const words = statusWords[language]
  const fill: Fill = (sentence) => escape(sentence.replaceAll('{operator}', operator.name).replaceAll('{phone}', operator.phone))
  const others = languages.filter((one) => one !== language)
  const heading = state ? words.states[state].heading : words.title
  const isAnswer = state !== null && state !== 'unreadable'
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>${fill(heading)}</title>
<style>${style}</style>
</head>
<body>
${demo ? `<p class="demo">${fill(words.demo)}</p>` : ''}
<main>
<nav>${others.map((one) => `<a href="?lang=${one}" lang="${one}" hreflang="${one}">${escape(statusWords[one].languageName)}</a>`).join('')}</nav>
<h1>${fill(words.title)}</h1>
${state ? result(words, state, fill) : ''}
${isAnswer ? `<p><a href="?lang=${language}">${fill(words.again)}</a></p>` : entry(words, language, brought, fill)}
<footer><p>${fill(words.runBy)}</p></footer>
</main>
</body>
</html>
`
}

function result(words: StatusWords, state: State, fill: Fill): string {
  const { heading, body, todo, money } = words.states[state]
  return `<article data-state="${state}">
<h2>${fill(words.whereItStands)}</h2>
<p><strong>${fill(heading)}</strong></p>
<p>${fill(body)}</p>
<h2>${fill(words.whatToDo)}</h2>
<p>${fill(todo)}</p>
<h2>${fill(words.money)}</h2>
<p>${fill(money)}</p>
</article>`
}

/** The form; `brought` is the number that a slip's link came with. */
function entry(words: StatusWords, language: Language, brought: string | null, fill: Fill): string {
  return `<form method="post" action="?lang=${language}" autocomplete="off">
<p>${fill(words.intro)}</p>
<label for="number">${fill(words.number)} <span class="hint">${fill(words.numberHint)}</span></label>
<input id="number" name="number" inputmode="numeric" maxlength="40" required${brought ? ` value="${brought}"` : ''}>
<label for="code">${fill(words.code)} <span class="hint">${fill(words.codeHint)}</span></label>
<input id="code" name="code" autocapitalize="characters" spellcheck="false" maxlength="20" required>
<button>${fill(words.show)}</button>
</form>`
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
