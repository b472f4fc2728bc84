import type { IpcMainInvokeEvent, WebContents, WebFrameMain } from 'electron'
import { describe, expect, it } from 'vitest'
import type { Role } from '../../../main/contract/commands.ts'
import { openDoor } from '../../../main/shell/door.ts'

const frame = (url: string) => ({ url }) as WebFrameMain
const own = frame('app://cardbooth/index.html')
const contents = (id: number, mainFrame: WebFrameMain) => ({ id, mainFrame }) as WebContents
const resident = contents(1, own)
const event = (sender: WebContents, senderFrame: WebFrameMain | null) => ({ sender, senderFrame }) as IpcMainInvokeEvent
const roles = new Map<number, Role>([[1, 'resident']])

const asked: unknown[] = []
const door = openDoor(
  ({ id }) => roles.get(id) ?? null,
  async (role, name, input) => {
    asked.push([role, name, input])
    JSON.stringify(input)
    return { ok: true, value: {} }
  },
)
const code = async (...args: Parameters<typeof door>) => {
  const answer = await door(...args)
  return answer.ok ? 'ok' : answer.error.code
}

describe('the door between pages and booth', () => {
  it('passes on what the page of one of our windows asks, with the role of that window', async () => {
    expect(await code(event(resident, own), 'begin', { a: 1 })).toBe('ok')
    expect(asked).toEqual([['resident', 'begin', { a: 1 }]])
  })

  it('refuses a frame inside the page, a page that is gone, another origin and a strange window', async () => {
    const elsewhere = frame('https://example.com/')
    expect(await code(event(resident, frame('app://cardbooth/index.html')), 'begin', {})).toBe('not-allowed')
    expect(await code(event(resident, null), 'begin', {})).toBe('not-allowed')
    expect(await code(event(contents(1, elsewhere), elsewhere), 'begin', {})).toBe('not-allowed')
    expect(await code(event(contents(2, own), own), 'begin', {})).toBe('not-allowed')
    const panel = frame('app://cardbooth-panel/panel.html')
    expect(await code(event(contents(1, panel), panel), 'begin', {})).toBe('not-allowed')
  })

  it('refuses what is no command, and what cannot be written as JSON', async () => {
    const circle: Record<string, unknown> = {}
    circle['self'] = circle
    const garbage: [unknown, unknown][] = [
      [7, {}],
      [null, {}],
      [['begin'], {}],
      ['begin', undefined],
      ['begin', 'x'],
      ['begin', null],
      ['begin', circle],
      ['begin', { n: 1n }],
    ]
    for (const [name, input] of garbage) expect(await code(event(resident, own), name, input)).toBe('bad-input')
  })
})
