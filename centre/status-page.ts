import { createHash } from 'node:crypto'
import { type Language, languages } from '../main/contract/language.ts'
import { slipCode, slipNumber } from '../main/contract/submission.ts'
import { statusWords, type StatusWords } from './status-words.ts'
import type { CentreStorage, StoredApplication } from './storage.ts'
import type { CentreReply, CentreRequest } from '../main/contract/centre-wire.ts'
import { escapeHtml, pageStyle, preferredLanguage } from './page-parts.ts'
import { reply } from './replies.ts'

export interface StatusPageOptions {
  readonly storage: CentreStorage
  readonly operator: { readonly name: string; readonly phone: string }
}

type State = keyof StatusWords['states']

const styleHash = createHash('sha256').update(pageStyle).digest('base64')
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
  const language = languages.find((one) => one === field('lang')) ?? preferredLanguage(request.headers['accept-language'] ?? '')
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

type Fill = (sentence: string) => string

function page(language: Language, state: State | null, brought: string | null, demo: boolean, operator: StatusPageOptions['operator']): string {
  const words = statusWords[language]
  const fill: Fill = (sentence) => escapeHtml(sentence.replaceAll('{operator}', operator.name).replaceAll('{phone}', operator.phone))
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
<style>${pageStyle}</style>
</head>
<body>
${demo ? `<p class="demo">${fill(words.demo)}</p>` : ''}
<main>
<nav>${others.map((one) => `<a href="?lang=${one}" lang="${one}" hreflang="${one}">${escapeHtml(statusWords[one].languageName)}</a>`).join('')}</nav>
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
