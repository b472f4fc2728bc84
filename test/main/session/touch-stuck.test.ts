import { describe, expect, test } from 'vitest'
import { readySession } from '../../support/session.ts'

describe('a touch that does not end', () => {
  test('F50 ends the sale with the fault touch-stuck, and the visit ends by time with its money; when it lets go all is well', () => {
    const session = readySession().toPayment().insert(500)
    session.do('glass', { state: 'stuck' })
    expect(session.recordsOf('fault-raised').map(({ body }) => body.fault)).toContain('touch-stuck')
    expect(session.accepting).toEqual([])
    expect(session.view).toMatchObject({ screen: 'payment', open: false, money: { inserted: 500 } })
    session.pass(600_000)
    expect(session.recordsOf('claim-issued')).toMatchObject([{ body: { claim: { amount: 500 } } }])
    expect(session.view).toMatchObject({ screen: 'out-of-service', reasons: [{ code: 'touch-stuck' }] })
    session.do('glass', { state: 'free' })
    expect(session.screen).toBe('attract')
    expect(session.recordsOf('fault-cleared').map(({ body }) => body.fault)).toContain('touch-stuck')
  })

  test('of a page that is gone is forgotten: the new one says how its glass is', () => {
    const session = readySession()
    session.do('glass', { state: 'stuck' })
    session.dispatch({ kind: 'page-lost' })
    session.do('camera', { state: 'ready' })
    expect(session.screen).toBe('attract')
  })
})
