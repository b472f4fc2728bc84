import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readArguments, readSettings } from '../../../main/shell/settings.ts'

const folder = mkdtempSync(join(tmpdir(), 'shell-settings-'))
afterAll(() => rmSync(folder, { recursive: true }))
const settingsOf = (content: string) => {
  const file = join(folder, 'booth.json')
  writeFileSync(file, content)
  return readSettings(file)
}

describe('the shell’s arguments', () => {
  it('are found between those of Electron and of a test driver', () => {
    const argv = ['--no-sandbox', '--inspect=0', '--remote-debugging-port=0', '/app', '--config', '/c.json', '--data', '/d', '--kiosk']
    expect(readArguments(argv, {})).toEqual({
      config: '/c.json',
      data: '/d',
      kiosk: true,
      report: false,
      panel: false,
      attached: false,
      screenshot: null,
    })
  })

  it('have the places of an installed booth as defaults', () => {
    const { config, data } = readArguments([], { XDG_STATE_HOME: '/state' })
    expect([config, data]).toEqual(['/etc/cardbooth/booth.json', '/state/cardbooth'])
  })
})

describe('the shell’s settings', () => {
  it('know a demonstration by its mode and its bench', () => {
    expect(settingsOf('{"mode":"demo","bench":{"socket":"/s","camera":"/film.mjpeg"}}')).toEqual({
      demo: true,
      bench: true,
      simulatedCamera: '/film.mjpeg',
      operator: null,
    })
    expect(settingsOf('{"mode":"demo","bench":{"socket":"/s"}}')).toEqual({ demo: true, bench: true, simulatedCamera: null, operator: null })
    expect(settingsOf('{"operator":{"name":"Demo Booths"}}').operator).toBe('Demo Booths')
    expect(settingsOf('{"mode":"demo"}')).toEqual({ demo: true, bench: false, simulatedCamera: null, operator: null })
    expect(settingsOf('\uFEFF{\r\n"mode":"demo"}\r\n')).toEqual({ demo: true, bench: false, simulatedCamera: null, operator: null })
  })

  it.each(['{"mode":"production","bench":{"socket":"/s","camera":"/film"}}', '{"bench":{"socket":"/s","camera":"/f"}}', '{', '[]', 'null', ''])(
    'are the strictest for %s',
    (content) => expect(settingsOf(content)).toEqual({ demo: false, bench: false, simulatedCamera: null, operator: null }),
  )

  it('are the strictest without a file', () =>
    expect(readSettings(join(folder, 'none.json'))).toEqual({ demo: false, bench: false, simulatedCamera: null, operator: null }))
})
