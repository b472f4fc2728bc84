import { describe, expect, test } from 'vitest'
import { readySession, type Session } from '../../support/session.ts'

const counted = (session: Session, serial: string, ordinal: number, counts: Readonly<Record<string, number>>) =>
  session.dispatch({ kind: 'device', message: { kind: 'event', device: 'coin-acceptor', event: { kind: 'counted', serial, ordinal, counts } } })
const cursorOf = (session: Session) => {
  const [cursor] = Object.values(session.state.cursors)
  if (!cursor) throw new Error('no acceptor was read')
  return cursor
}
const differences = (session: Session) => session.recordsOf('acceptor-counted').map(({ body }) => body.differences)

describe("what the acceptor counted itself beside the books (EVA-DTS practice: the journal's count is the device's)", () => {
  test('is where they begin when it was never known, and agrees when each coin was credited', () => {
    const session = readySession().toPayment().insert(100)
    const { serial, ordinal } = cursorOf(session)
    counted(session, serial, ordinal, { JP100A: 4_000_000, JP500A: 2 ** 24 - 1 })
    session.insert(100).insert(500)
    counted(session, serial, cursorOf(session).ordinal, { JP100A: 4_000_001, JP500A: 0 })
    expect(differences(session)).toEqual([{}, {}])
    expect(session.state.latched).not.toContain('till-mismatch')
  })

  test('a coin that it counted and nobody read, and one that it never counted, are a difference for staff and no money', () => {
    const session = readySession().toPayment().insert(100)
    const { serial, ordinal } = cursorOf(session)
    counted(session, serial, ordinal, { JP100A: 10, JP500A: 10 })
    const money = session.state.visit?.credit
    counted(session, serial, ordinal, { JP100A: 12, JP500A: 9 })
    expect(differences(session)).toEqual([{}, { JP100A: 2, JP500A: -1 }])
    expect(session.state.latched).toContain('till-mismatch')
    expect(session.state.visit?.credit).toBe(money)
  })

  test('counts of another moment than the books stand at say nothing', () => {
    const session = readySession().toPayment().insert(100)
    const { serial, ordinal } = cursorOf(session)
    counted(session, serial, ordinal - 1, { JP100A: 10 })
    counted(session, 'another', ordinal, { JP100A: 10 })
    expect(differences(session)).toEqual([])
  })
})
