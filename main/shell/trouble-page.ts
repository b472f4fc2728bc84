import { languages, type Language } from '../contract/language.ts'
import { catalogueOf } from '../i18n/catalogue.ts'
import { faultWords } from '../i18n/fault-words.ts'
import { troubles } from './security.ts'

const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)

function inLanguage(trouble: (typeof troubles)[number], language: Language): string {
  const { resident, technician, action } = faultWords(trouble, language)
  const title = catalogueOf(language)['ui.out-of-service.title'] ?? ''
  const words = [`<h1>${escaped(title)}</h1>`, `<p>${escaped(resident)}</p>`, `<p class="small">${escaped(technician)} ${escaped(action)}</p>`]
  return `<section lang="${language}">${words.join('')}</section>`
}

/** What stands on every screen, whatever else is known of the booth. */
export interface Standing {
  readonly demo: boolean
  readonly operator: string | null
}

/** Puts the words of the trouble named in `address`, in every language, into the built page without scripts; null when it names none. */
export function troublePageBody(template: string, address: string, { demo, operator }: Standing): string | null {
  const trouble = troubles.find((known) => address.endsWith(`?${known}`))
  if (trouble === undefined) return null
  const words = languages.map((language) => inLanguage(trouble, language)).join('')
  const above = demo ? '<p class="ribbon" data-testid="demo">DEMO</p>' : ''
  const below = `<p class="code">${trouble}</p>${operator === null ? '' : `<p class="operator">${escaped(operator)}</p>`}`
  return template.replace('<main></main>', () => `${above}<main class="trouble" data-screen="out-of-service">${words}${below}</main>`)
}
