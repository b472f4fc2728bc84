import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { virtualClock } from '../../../hardware/clock.ts'
import type { DeviceCommand } from '../../../hardware/wire.ts'
import { text } from '../../../main/contract/text.ts'
import { createEffects } from '../../../main/effects.ts'
import type { Journal } from '../../../main/journal/journal.ts'
import type { LogEvent } from '../../../main/log/log.ts'
import type { BoothEvent } from '../../../main/session/events.ts'
import { sealedFileOf, writeSealed } from '../../../main/vault/sealed-files.ts'
import { configured, morning } from '../../support/booth-facts.ts'
import { coins, confirmed, opened, type Place, place, queued, visitId } from '../journal/journal-fixture.ts'
import { until } from '../../support/until.ts'

const visit = visitId(1)
const needed = `${visit}-1`
const unneeded = `${visit}-2`

let here: Place
let journal: Journal
beforeEach(() => {
  here = place()
  journal = here.journal()
  journal.append([opened(visit), ...coins(visit, 1, 500, 100, 100, 100), confirmed(visit), queued(visit)])
})
afterEach(() => {
  journal.close()
  here.remove()
})

function effectsOver(sealedDir: string) {
  const told: BoothEvent[] = []
  const sent: DeviceCommand[] = []
  const logged: LogEvent[] = []
  const effects = createEffects({
    clock: virtualClock(morning),
    configuration: configured(),
    devices: { send: (command) => void sent.push(command), onMessage: () => {}, stop: () => Promise.resolve() },
    journal,
    sealedDir,
    submit: () => {},
    ask: async () => ({ ok: false, code: 'not-offered' }),
    checkpoint: () => {},
    makePhoto: () => Promise.reject(new Error('no photo is made here')),
    checkCamera: () => Promise.reject(new Error('no camera is checked here')),
    handOver: null,
    dispatch: (event) => void told.push(event),
    log: (entry) => void logged.push(entry),
  })
  return { effects, told, sent, logged }
}

test('I4 a sealed file that nothing needs goes, and never one that the journal names', async () => {
  const dir = join(here.dir, 'sealed')
  for (const key of [needed, unneeded]) await writeSealed(dir, key, new Uint8Array(3))
  const { effects } = effectsOver(dir)
  for (const key of [needed, unneeded]) effects.perform({ kind: 'delete-sealed', key })
  await until(() => expect(existsSync(join(dir, sealedFileOf(unneeded)))).toBe(false))
  expect(existsSync(join(dir, sealedFileOf(needed)))).toBe(true)
})

test('a disk that does not let a sealed file go is logged, and ends nothing', async () => {
  const dir = join(here.dir, 'sealed')
  mkdirSync(join(dir, sealedFileOf(unneeded)), { recursive: true })
  const { effects, logged } = effectsOver(dir)
  effects.perform({ kind: 'delete-sealed', key: unneeded })
  await until(() => expect(logged).toMatchObject([{ event: 'effect-failed', effect: 'delete-sealed', code: expect.stringContaining('EISDIR') }]))
})

test('a slip that cannot be drawn is lost and logged, not the booth', () => {
  const { effects, told, sent, logged } = effectsOver(here.dir)
  const code = { kind: 'code', payload: 'x'.repeat(5_000), caption: text('slip.look-up') } as const
  effects.perform({ kind: 'print', job: 'one', slip: { kind: 'receipt', language: 'ja', blocks: [code] }, copy: false })
  expect([told, sent]).toEqual([[{ kind: 'slip-lost', job: 'one' }], []])
  expect(logged).toMatchObject([{ event: 'effect-failed', effect: 'print' }])
})
