import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { languages } from '../../../main/contract/language.ts'
import { catalogueOf } from '../../../main/i18n/catalogue.ts'

const main = join(import.meta.dirname, '../../../main')

test.each(languages)('every message file of %s is in its catalogue', (language) => {
  const files = [...globSync(`i18n/messages/${language}/*.json`, { cwd: main }), ...globSync(`services/*/messages/${language}.json`, { cwd: main })]
  expect(files.length).toBeGreaterThan(2)
  const written = Object.assign({}, ...files.map((file) => JSON.parse(readFileSync(join(main, file), 'utf8')) as object)) as object
  expect(catalogueOf(language)).toEqual(written)
})
