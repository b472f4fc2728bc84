import { expect, test } from 'vitest'
import { readySession, type Session } from '../../support/session.ts'

const minute = 60_000
const jumps = [
  ['ten minutes on', (now: number) => now + 10 * minute],
  ['an hour back', (now: number) => now - 60 * minute],
  ['to 1970', () => 0],
  ['to 2038', () => Date.UTC(2038, 0, 19, 3, 14, 8)],
] as const

const flags = (session: Session) =>
  session.effectsOf('print').map(({ slip }) => slip.blocks.some((block) => block.kind === 'paragraph' && block.text.key === 'slip.time-unsure'))

test.each(jumps)('F70 the wall clock goes %s in mid-visit: nothing ends, the rules keep their day, and the slips say that their time may be wrong', (_, jump) => {
  const session = readySession().toReview()
  session.now = jump(session.now)
  session.pass(59_000)
  expect(session.view).toMatchObject({ screen: 'review', overlay: null })
  const { openedAt } = session.state.visit ?? {}
  expect(openedAt).toBe(readySession().toReview().state.visit?.openedAt)
  session.pass(1_000)
  expect(session.view).toMatchObject({ screen: 'review', overlay: { kind: 'still-there' } })
  session.do('still-here', {})
  session.do('send', { consent: true })
  session.sealed().centreSays({ status: 'received', receivedAt: '2026-11-21T10:00:00+09:00' })
  expect([session.screen, flags(session)]).toEqual(['receipt', [true]])
  // The centre takes no number of another century.
  expect(session.recordsOf('queued').map(({ body }) => body.number)).toEqual([expect.stringMatching(/^2026-/)])
})

test.each(jumps)('a claim after the wall clock went %s says so as well', (_, jump) => {
  const session = readySession().toScan()
  session.now = jump(session.now)
  session.do('cancel', { confirm: true })
  expect([session.screen, flags(session)]).toEqual(['claim', [true]])
})

test('a clock that runs as it should needs no remark, nor one that strays by seconds', () => {
  const session = readySession().toReview()
  session.now += 20_000
  session.do('send', { consent: true })
  session.sealed().centreSays({ status: 'received', receivedAt: '2026-11-21T10:00:00+09:00' })
  expect([session.screen, flags(session)]).toEqual(['receipt', [false]])
})
