import { describe, expect, test } from 'vitest'
import { configuration } from '../../../main/config/configuration.ts'
import { configured } from '../../support/booth-facts.ts'

/** A booth of the demonstration with more devices, or another centre; the paths of what is wrong with it, or what became of it. */
function read(devices: object, centre: object = {}) {
  const file = configured()
  const result = configuration.safeParse({ ...file, devices: { ...file.devices, ...devices }, centre: { ...file.centre, ...centre } })
  return result.success ? result.data : result.error.issues.map(({ path }) => path.join('.'))
}
const sheets = { server: '/run/cardbooth-cups/cups.sock', queue: 'photo', paper: 'postcard' }

describe('the keys around the photo', () => {
  test('are optional, and few are needed', () => {
    expect(read({ 'sheet-printer': sheets, 'still-camera': {} }, { photoPage: 'https://photo.example.jp/photo' })).toMatchObject({
      devices: {
        'sheet-printer': { ...sheets, marginMm: 3, gapMm: 2, options: [], printMs: 120_000 },
        'still-camera': { program: 'gphoto2', model: '', configuration: [], captureMs: 20_000 },
      },
      centre: { photoPage: 'https://photo.example.jp/photo' },
    })
    const { devices } = configured()
    expect([devices['sheet-printer'], devices['still-camera']]).toEqual([undefined, undefined])
  })

  test.each([
    ['a CUPS that is not a socket of this machine', { 'sheet-printer': { ...sheets, server: 'print.example.jp' } }, 'devices.sheet-printer.server'],
    ['a queue that is an option', { 'sheet-printer': { ...sheets, queue: '-a' } }, 'devices.sheet-printer.queue'],
    ['a paper that no photo is laid out for', { 'sheet-printer': { ...sheets, paper: 'a4' } }, 'devices.sheet-printer.paper'],
    ['an option that is more than one', { 'sheet-printer': { ...sheets, options: ['a=b -o raw'] } }, 'devices.sheet-printer.options.0'],
    ['an edge without room', { 'sheet-printer': { ...sheets, marginMm: 30 } }, 'devices.sheet-printer.marginMm'],
    ['a program found by chance', { 'still-camera': { program: 'bin/gphoto2' } }, 'devices.still-camera.program'],
    ['a setting without a value', { 'still-camera': { configuration: ['capturetarget'] } }, 'devices.still-camera.configuration.0'],
    ['a picture that may take for ever', { 'still-camera': { captureMs: 600_000 } }, 'devices.still-camera.captureMs'],
  ])('refuse %s', (_what, devices, path) => {
    expect(read(devices)).toEqual([path])
  })

  test('refuse a photo page that telephones cannot open', () => {
    expect(read({}, { photoPage: 'http://photo.example.jp/photo' })).toEqual(['centre.photoPage'])
  })
})
