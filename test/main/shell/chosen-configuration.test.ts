import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { keepLastGood } from '../../../main/config/last-good.ts'
import { chosenConfiguration } from '../../../main/shell/chosen-configuration.ts'

let dir = ''
let asked = 0
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'shell-chosen-'))
  asked = 0
})
afterEach(() => rmSync(dir, { recursive: true }))

const config = () => join(dir, 'booth.json')
/** What the shell chooses when the booth, if it is asked, says `judgement`. */
const chosen = (judgement: string) =>
  chosenConfiguration({ config: config(), data: join(dir, 'data') }, () => {
    asked += 1
    return judgement
  })

it('the file that was given is read without a question where it is what it was, or where nothing could stand in for it', () => {
  expect(chosen('never asked')).toBe(config())
  writeFileSync(config(), '\uFEFF{"place":1}')
  expect(chosen('never asked')).toBe(config())
  keepLastGood(config(), join(dir, 'data'), { configuration: '{"place":1}', offer: {}, pack: '{}' })
  expect([chosen('never asked'), asked]).toEqual([config(), 0])
})

it('a file that has changed, is cut or gone since its last good start is the booth’s to judge', () => {
  keepLastGood(config(), join(dir, 'data'), { configuration: '{"place":1}', offer: {}, pack: '{}' })
  writeFileSync(config(), '{"place":2}')
  expect(chosen(`${config()}\n`)).toBe(config())
  writeFileSync(config(), '{"pla')
  expect(chosen('/data/last-good/booth.json\n')).toBe('/data/last-good/booth.json')
  rmSync(config())
  expect([chosen('/data/last-good/booth.json\n'), asked]).toEqual(['/data/last-good/booth.json', 3])
  expect(chosen('')).toBe(config())
})
