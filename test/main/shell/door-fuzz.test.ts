import type { IpcMainInvokeEvent, WebContents, WebFrameMain } from 'electron'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { virtualClock } from '../../../hardware/clock.ts'
import { startInProcessBooth, type InProcessBooth } from '../../../main/commands/demo/in-process-booth.ts'
import { commands, errorCodes, type Role } from '../../../main/contract/commands.ts'
import { openDoor } from '../../../main/shell/door.ts'
import { pages } from '../../../main/shell/security.ts'

const dir = mkdtempSync(join(tmpdir(), 'cardbooth-door-'))
let world: InProcessBooth
beforeAll(async () => {
  const clock = virtualClock(Date.parse('2026-11-21T10:00:00+09:00'))
  world = await startInProcessBooth({ clock, dir })
  await clock.advance(10_000)
})
afterAll(async () => {
  await world.stop()
  rmSync(dir, { recursive: true, force: true })
})

const frame = (url: string) => ({ url }) as WebFrameMain
const roles = new Map<number, Role>([[1, 'resident'], [2, 'panel']])
/** Calls the door as the page of window `id` at `url`, from its main frame or from one inside. */
async function knock(id: number, url: string, isMain: boolean, name: unknown, input: unknown): Promise<string> {
  const passed: unknown[] = []
  const door = openDoor(
    (contents) => roles.get(contents.id) ?? null,
    (role, asked, value) => {
      passed.push(asked)
      // As it crosses to the booth process: what JSON cannot write throws here.
      return world.booth.request(role, asked, JSON.parse(JSON.stringify(value)))
    },
  )
  const main = frame(url)
  const event = { sender: { id, mainFrame: main } as WebContents, senderFrame: isMain ? main : frame(url) } as IpcMainInvokeEvent
  const answer = await door(event, name, input)
  if (!answer.ok && answer.error.code === 'not-allowed' && !Object.hasOwn(commands, String(passed[0]))) expect(passed).toEqual([])
  return answer.ok ? 'ok' : answer.error.code
}

const circle: Record<string, unknown> = { list: [] }
circle['self'] = circle
const strange = fc.constantFrom<unknown>(
  circle,
  { n: 1n },
  undefined,
  () => 1,
  Symbol('x'),
  new Map([[1, 2]]),
  JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'),
  { toJSON: () => { throw new Error('no') } },
  'x'.repeat(3_000_000),
  { digits: '9'.repeat(3_000_000), round: 1 },
)
const name = fc.oneof(fc.constantFrom(...Object.keys(commands), '__proto__', 'constructor', 'toString', ''), fc.string(), fc.jsonValue())
const input = fc.oneof(
  strange,
  fc.anything(),
  fc.jsonValue(),
  fc.record({ step: fc.string(), state: fc.string(), revision: fc.double(), language: fc.string(), line: fc.string(), codes: fc.array(fc.string()) }, { requiredKeys: [] }),
)

describe('the door, whatever knocks', () => {
  it('answers a page of ours with a code of the list, and neither money nor prototypes change', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom<Role>('resident', 'panel'), name, input, async (role, asked, value) => {
        const code = await knock(role === 'resident' ? 1 : 2, pages[role], true, asked, value)
        expect(['ok', ...errorCodes]).toContain(code)
        expect(Reflect.get({}, 'polluted')).toBeUndefined()
      }),
      { numRuns: 1_500 },
    )
    expect(world.journal.totals().map(({ currency: _currency, ...yen }) => Object.values(yen)).flat().every((yen) => yen === 0)).toBe(true)
    expect(await knock(1, pages.resident, true, 'catalogue', { language: 'en' })).toBe('ok')
  })

  it('answers nobody else, whatever the address and the window', async () => {
    const address = fc.oneof(
      fc.webUrl(),
      fc.string(),
      fc.constantFrom('about:blank', 'app://cardbooth2/', 'app://cardbooth@x/', 'file:///x', 'https://cardbooth/', 'data:text/html,app://cardbooth/', ''),
    )
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 3 }), address, fc.boolean(), name, input, async (id, url, isMain, asked, value) => {
        expect(await knock(id, url, isMain, asked, value)).toBe('not-allowed')
      }),
    )
    for (const [id, role] of [[1, 'panel'], [2, 'resident'], [3, 'resident']] as const)
      expect(await knock(id, pages[role], true, 'begin', {})).toBe('not-allowed')
    expect(await knock(1, pages.resident, false, 'begin', {})).toBe('not-allowed')
  })
})
