import { describe, expect, test } from 'vitest'
import { formCode } from '../../support/booth-facts.ts'
import { readySession, type Session } from '../../support/session.ts'

const faultsOf = (session: Session) => ({
  raised: session.recordsOf('fault-raised').flatMap(({ body }) => (body.fault === 'scanner-mode' ? [body.fault] : [])),
  cleared: session.recordsOf('fault-cleared').flatMap(({ body }) => (body.fault === 'scanner-mode' ? [body.fault] : [])),
})

describe('F44 a code reader in keyboard mode', () => {
  test('is a fault that takes nothing away: the visit goes on where it was, and the camera reads', () => {
    const session = readySession().toScan()
    const before = session.view
    session.health('qr-scanner', 'lost', ['qr-scanner-lost'])
    session.dispatch({ kind: 'keys-typed' })
    expect(faultsOf(session)).toEqual({ raised: ['scanner-mode'], cleared: [] })
    expect(session.view).toEqual({ ...before, scanner: false })
    session.show(formCode)
    expect(session.screen).toBe('identifier')
  })

  test('is said once, and over when it is heard on its serial line again', () => {
    const session = readySession()
    session.dispatch({ kind: 'keys-typed' })
    session.dispatch({ kind: 'keys-typed' })
    expect(faultsOf(session)).toEqual({ raised: ['scanner-mode'], cleared: [] })
    expect(session.screen).toBe('attract')
    session.scan(formCode)
    expect(faultsOf(session).cleared).toHaveLength(1)
    session.dispatch({ kind: 'keys-typed' })
    session.health('qr-scanner', 'lost', ['qr-scanner-lost']).health('qr-scanner', 'ready')
    expect(faultsOf(session).cleared).toHaveLength(2)
  })
})
