import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { languages, type Language } from '../../main/contract/language.ts'
import { measure } from './support/measure.ts'
import { leastSizes, startPages } from './support/page.ts'
import { sizes } from './support/sizes.ts'
import { cases, type Case } from './support/views.ts'

/**
 * Draws every screen in every language, way and size, saves the pictures in a folder for people to look at, and prints what the measuring says.
 * `node test/renderer/gallery.ts --out DIR [--only NAME] [--language TAG] [--way normal|low|contrast] [--size portrait|landscape]`
 */
const { values } = parseArgs({
  options: { out: { type: 'string' }, only: { type: 'string' }, language: { type: 'string' }, way: { type: 'string' }, size: { type: 'string' } },
})
if (values.out === undefined) {
  process.stderr.write('usage: gallery --out DIR [--only NAME] [--language TAG] [--way normal|low|contrast] [--size portrait|landscape]\n')
  process.exit(2)
}
const out = values.out
mkdirSync(out, { recursive: true })

const ways = { normal: { low: false, contrast: false }, low: { low: true, contrast: false }, contrast: { low: false, contrast: true } } as const
const chosen = <Name extends string>(all: readonly Name[], name: string | undefined) => all.filter((each) => name === undefined || name === each)
const inWay = ({ view }: Case, language: Language, way: keyof typeof ways) => ({ ...view, language, display: { ...view.display, ...ways[way] } })

const pages = await startPages()
for (const size of chosen(Object.keys(sizes) as (keyof typeof sizes)[], values.size)) {
  const booth = await pages.open(sizes[size])
  for (const language of chosen(languages, values.language))
    for (const way of chosen(Object.keys(ways) as (keyof typeof ways)[], values.way))
      for (const each of cases.filter(({ name }) => values.only === undefined || name.startsWith(values.only))) {
        await booth.show(inWay(each, language, way))
        await booth.page.screenshot({ path: join(out, `${each.name}.${language}.${way}.${size}.png`), animations: 'disabled' })
        for (const { what, where, detail } of await booth.page.evaluate(measure, leastSizes))
          process.stdout.write(`${each.name} ${language} ${way} ${size}: ${what} ${where} ${detail}\n`)
      }
  await booth.close()
}
await pages.close()
