import { expect, it } from 'vitest'
import { languages } from '../../main/contract/language.ts'
import { complaintsAt } from './support/complaints.ts'
import { openedPages } from './support/opened-pages.ts'
import { sizes } from './support/sizes.ts'

const { booth } = await openedPages()

const windows = [sizes.portrait, sizes.landscape, { width: 720, height: 1280 }, { width: 1024, height: 600 }]
const everyWay = languages.flatMap((language) => windows.flatMap((size) => (['normal', 'low', 'contrast'] as const).map((way) => ({ language, ...size, way }))))

it.each(everyWay)('every screen in $language fits $width × $height ($way)', async ({ language, way, ...size }) => {
  expect(await complaintsAt(booth, size, way, [language])).toEqual([])
})
