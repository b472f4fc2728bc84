import { expect, it } from 'vitest'
import { createSay } from '../../renderer/message.ts'

it('a day in a sentence is never broken over two lines; other hyphens may be', () => {
  const say = createSay('en', { due: 'Before {day}, call {number}' })
  expect(say({ key: 'due', values: { day: '2026-12-04', number: '0120-0178-27' } })).toBe('Before 2026\u2060-\u206012\u2060-\u206004, call 0120-0178-27')
})
