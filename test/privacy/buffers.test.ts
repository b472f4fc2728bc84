import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { makeOfficeKey } from '../../centre/office.ts'
import { virtualClock } from '../../hardware/clock.ts'
import { createEffects, type Effects } from '../../main/effects.ts'
import { checkCamera } from '../../main/photo/calibration.ts'
import { makeIdPhoto } from '../../main/photo/id-photo.ts'
import type { BoothEvent } from '../../main/session/events.ts'
import { configured, formId } from '../support/booth-facts.ts'
import { face } from './support/canary.ts'
import { until } from '../support/until.ts'

/** Every buffer that took a picture, or an application with one, since the test began: as its maker got it, so that what is done to it later is seen. */
let held: Uint8Array[]
let folder: string
let effects: Effects
let events: BoothEvent[]

/** Notes what a function of the platform returns, and changes nothing. */
function note(result: unknown): void {
  if (result instanceof Promise) void result.then(note, () => undefined)
  else if (result instanceof Uint8Array && result.length > 1_000) held.push(result)
  else if (typeof result === 'object' && result && 'data' in result) note(result.data)
}
function watch<Owner extends object>(owner: Owner, name: keyof Owner & string): void {
  const original = owner[name] as (...values: unknown[]) => unknown
  vi.spyOn(owner, name as never).mockImplementation(function (this: unknown, ...values: unknown[]) {
    const result = original.apply(this, values)
    note(result)
    return result
  } as never)
}

const isZero = (bytes: Uint8Array) => bytes.every((byte) => byte === 0)
/** What is not zero, as its size and first bytes: enough to know it by. */
const left = () => [...new Set(held)].filter((bytes) => !isZero(bytes)).map((bytes) => `${bytes.length} bytes of ${Buffer.from(bytes.subarray(0, 4)).toString('hex')}`)
const photoAlone = () => [expect.stringMatching(new RegExp(`^${effects.photo()?.jpeg.length} bytes of ffd8ff`))]
const still = () => face().toString('base64')

beforeEach(async () => {
  held = []
  events = []
  folder = mkdtempSync(join(tmpdir(), 'cardbooth-buffers-'))
  effects = createEffects({
    clock: virtualClock(0),
    configuration: { ...configured(), centre: { ...configured().centre, office: (await makeOfficeKey('DEMO-office')).publicKey } },
    devices: { send: () => undefined, onMessage: () => undefined, stop: () => Promise.resolve() },
    journal: null,
    sealedDir: folder,
    submit: () => undefined,
    ask: async () => ({ ok: false, code: 'not-offered' }),
    checkpoint: () => undefined,
    makePhoto: makeIdPhoto,
    checkCamera: (image, ms) => checkCamera(image, ms, 90),
    handOver: null,
    dispatch: (event) => void events.push(event),
    log: () => undefined,
  })
  const imageBase64 = still()
  watch(Buffer as unknown as Record<string, unknown>, 'from')
  watch(sharp.prototype as unknown as Record<string, unknown>, 'toBuffer')
  watch(TextEncoder.prototype as unknown as Record<string, unknown>, 'encode')
  effects.perform({ kind: 'make-photo', visit: 'one', attempt: 1, imageBase64 })
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true, force: true })
})

const made = () => until(() => expect(events).toContainEqual(expect.objectContaining({ kind: 'photo-made' })))

it('a still that staff check the camera by is judged, and nothing of it is left', async () => {
  await made()
  effects.perform({ kind: 'drop-photo' })
  effects.perform({ kind: 'check-camera', asked: 1, imageBase64: still(), ms: 420 })
  await until(() => expect(events).toContainEqual(expect.objectContaining({ kind: 'camera-checked', asked: 1, check: expect.objectContaining({ ok: true }) })))
  expect(left()).toEqual([])
})

describe('the picture buffers of a visit', () => {
  it('are zero-filled but for the photo itself as soon as it is made, and that one when the visit is over', async () => {
    await made()
    const photo = effects.photo()?.jpeg
    expect(photo && isZero(photo)).toBe(false)
    expect(held.length).toBeGreaterThanOrEqual(3)
    expect(left()).toEqual(photoAlone())
    effects.perform({ kind: 'wipe' })
    expect([left(), effects.photo()]).toEqual([[], null])
  })

  it.each(['drop-photo', 'wipe'] as const)('of a photo that is still being made when %s comes are zero-filled when it is done, and it is nobody’s', async (kind) => {
    effects.perform({ kind })
    await until(() => expect([held.length >= 3, left()]).toEqual([true, []]))
    expect([events, effects.photo()]).toEqual([[], null])
  })

  it('of one attempt are zero-filled by the next, whichever is done first', async () => {
    effects.perform({ kind: 'make-photo', visit: 'one', attempt: 2, imageBase64: still() })
    await made()
    await until(() => expect(left()).toEqual(photoAlone()))
    expect(events).toMatchObject([{ kind: 'photo-made', attempt: 2 }])
  })

  it('that sealing needs hold ciphertext alone when it is done', async () => {
    await made()
    const application = {
      schema: 'cardbooth.jp-mynumber-application/1' as const,
      boothId: 'demo-booth-1',
      key: `${'a'.repeat(32)}-1`,
      applicationFormId: formId,
      birthDate: '1980-04-01',
      certificates: { signature: true, authentication: true },
      braille: false,
      cause: 'first' as const,
      representative: 'none' as const,
      language: 'ja' as const,
      capturedAt: '2026-11-21T10:00:00+09:00',
    }
    effects.perform({ kind: 'seal', visit: 'one', application, remarks: { notPassed: [], cannotChange: null } })
    await until(() => expect(events).toContainEqual(expect.objectContaining({ kind: 'sealed' })))
    effects.perform({ kind: 'wipe' })
    expect(left().length).toBeGreaterThan(0)
    // Compact JWE, in base64url: the header of every one begins with the same letters (RFC 7516).
    expect(left().filter((known) => !known.endsWith(Buffer.from('eyJh').toString('hex')))).toEqual([])
  })
})
