import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { catalogueOf } from '../../../main/i18n/catalogue.ts'
import { builtInRulebook } from '../../../main/rulebook/built-in.ts'
import { questions } from '../../../main/rulebook/questions/questions.ts'
import { services } from '../../../main/services/services.ts'
import { identifiers } from '../../proof/identifiers.ts'

const root = join(import.meta.dirname, '../../..')
const readme = readFileSync(join(root, 'main/rulebook/README.md'), 'utf8')
const rows = [...readme.matchAll(/^\| (R\d{3}b?) \| (.+) \|$/gm)].map(([, id = '', places = '']) => ({ id, places: places.split(' · ') }))

/** The services that the rules are made for; one that is there is named with its step. */
const comingServices = [
  ...['jp-guide', 'jp-photo', 'jp-card-status', 'jp-card-lost', 'jp-card-care', 'jp-linking', 'jp-card-check', 'jp-pin-change'],
  ...['tw-resident-certificate', 'tw-citizen-certificate', 'phone-lines'],
]

/** What is not true about a place; null when it is there. */
function complaint(id: string, place: string): string | null {
  const [kind = '', ...words] = place.split(' ')
  const [first = '', second = ''] = words
  const service = services.find((one) => one.id === first)
  switch (kind) {
    case 'question': {
      const question = questions.find(({ name }) => name === first)
      return question?.ids.includes(id) ? null : `no question ${first} that answers ${id}`
    }
    case 'service':
      return service ? null : `no service ${first}`
    case 'step':
      return service?.steps.some((step) => step.id === second) ? null : `no step ${second} in ${first}`
    case 'message':
      return first in catalogueOf('en') ? null : `no message ${first}`
    case 'guard':
      return existsSync(join(root, first)) ? null : `no file ${first}`
    case 'comes': {
      if (first !== 'with' || !comingServices.includes(second)) return `"${place}" is no service to come`
      return services.some((one) => one.id === second) ? `${second} has come: say where in it` : null
    }
    default:
      return `"${place}" is no place`
  }
}

describe('the table of the rulebook’s README', () => {
  test('has every rule once, in order', () => {
    expect(rows.map(({ id }) => id)).toEqual([...identifiers].filter((id) => id.startsWith('R')))
  })

  test('says for every rule where it lives, and all of it is there', () => {
    const complaints = rows.flatMap(({ id, places }) => places.map((place) => complaint(id, place)).filter((wrong) => wrong !== null).map((wrong) => `${id}: ${wrong}`))
    expect(complaints).toEqual([])
  })

  test('names every question with every rule that it answers', () => {
    const named = new Set(rows.flatMap(({ id, places }) => places.map((place) => `${id} ${place}`)))
    const missing = questions.flatMap(({ name, ids }) => ids.map((id) => `${id} question ${name}`)).filter((line) => !named.has(line))
    expect(missing).toEqual([])
  })

  test('is of rules that the data knows, each with words', () => {
    const without = rows.filter(({ id }) => !builtInRulebook.rules.has(id) || !(`rule.${id}` in catalogueOf('zh-Hant')))
    expect(without).toEqual([])
  })
})
