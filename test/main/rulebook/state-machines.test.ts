import { describe, expect, test } from 'vitest'
import { builtInRulebook } from '../../../main/rulebook/built-in.ts'
import { applicationStates } from '../../../main/rulebook/japan-card.ts'
import { valueOn } from '../../../main/rulebook/rulebook.ts'
import { machines, nextState, type Machine, type MachineName } from '../../../main/rulebook/state-machines.ts'

const names = Object.keys(machines) as MachineName[]
/** Where a series of events leads; the first that has no place ends it. */
const after = (name: MachineName, from: string, ...events: string[]) => events.reduce<string | null>((state, event) => (state === null ? null : nextState(name, state, event)), from)

describe.each(names)('the machine %s', (name) => {
  const machine: Machine = machines[name]
  const states = Object.keys(machine)

  test('leads to its own states only, and every state is reached from the first', () => {
    const [first = ''] = states
    const reached = new Set([first])
    for (const state of reached) for (const next of Object.values(machine[state]!)) reached.add(next)
    expect([...reached].sort()).toEqual([...states].sort())
  })

  test('knows nothing of other states and events', () => {
    expect([nextState(name, 'NOWHERE', 'apply'), nextState(name, states[0]!, 'nothing'), nextState(name, '__proto__', 'toString'), nextState(name, states[0]!, 'toString')]).toEqual([null, null, null, null])
  })
})

describe('what must never be', () => {
  test('an application knows the states that residents are told', () => {
    expect(Object.keys(machines.application).sort()).toEqual([...applicationStates].sort())
  })

  test('a lost card is released in person, never by telephone; an abolished one never comes back', () => {
    expect(after('lost-card', 'IN_USE', 'phone-call', 'phone-call')).toBeNull()
    expect(after('lost-card', 'IN_USE', 'phone-call', 'police-report', 'found-in-person')).toBe('IN_USE')
    expect(after('lost-card', 'IN_USE', 'phone-call', 'report-at-counter', 'abolish', 'found-in-person')).toBeNull()
  })

  test('an order that was deleted cannot be paid; one that was paid cannot be deleted', () => {
    expect(after('foreigner-order', 'NONE', 'apply', 'deadline', 'paid')).toBeNull()
    expect(after('foreigner-order', 'NONE', 'apply', 'paid', 'deadline')).toBeNull()
    expect(after('foreigner-order', 'NONE', 'apply', 'deadline', 'apply', 'paid', 'mailed', 'received', 'activated')).toBe('VALID')
  })

  test('what is revoked stays revoked, and a suspension ends with the certificate', () => {
    expect(after('foreigner-certificate', 'VALID', 'suspend', 'revoke', 'resume')).toBeNull()
    expect(after('foreigner-certificate', 'VALID', 'suspend', 'deadline')).toBe('EXPIRED')
    expect(after('foreigner-certificate', 'VALID', 'suspend', 'number-changed')).toBe('REVOKED')
  })

  test('a stay that ends ends every application that is under way', () => {
    for (const state of ['SUBMITTED', 'REVIEW', 'DEFECT', 'PRODUCTION', 'SENT_TO_MUNICIPALITY', 'READY', 'PICKUP_LAPSED']) expect(nextState('application', state, 'stay-ended')).toBe('CANCELLED')
  })

  test('a late update does not end a card; a move without notice does', () => {
    expect(after('card', 'CURRENT', 'changed', 'deadline', 'updated')).toBe('CURRENT')
    expect(after('card', 'CURRENT', 'changed', 'moved-without-notice')).toBe('LAPSED')
  })

  test('suspending and resuming a foreign resident\'s certificate take their time, in which it can end', () => {
    expect(after('foreigner-certificate', 'VALID', 'suspend', 'done', 'resume', 'done')).toBe('VALID')
    expect(after('foreigner-certificate', 'VALID', 'suspend', 'resume')).toBeNull()
    expect(after('foreigner-certificate', 'VALID', 'suspend', 'done', 'resume', 'died')).toBe('REVOKED')
    expect(after('foreigner-order', 'NONE', 'apply', 'forgot-code', 'paid')).toBe('PAID')
  })

  test('a citizen certificate comes back from a suspension to where it stood, and is revoked from wherever it is', () => {
    expect(after('citizen-certificate', 'VALID', 'window-opens', 'suspend', 'extend')).toBeNull()
    expect(after('citizen-certificate', 'VALID', 'window-opens', 'suspend', 'resume', 'window-opens', 'extend')).toBe('VALID_EXT')
    expect(after('citizen-certificate', 'VALID_EXT', 'suspend', 'resume')).toBe('VALID_EXT')
    expect(after('citizen-certificate', 'VALID', 'suspend', 'expiry', 'extend')).toBeNull()
    for (const state of Object.keys(machines['citizen-certificate'])) expect(nextState('citizen-certificate', state, 'revoke')).toBe(['NONE', 'REVOKED'].includes(state) ? null : 'REVOKED')
  })

  test('a certificate is extended once', () => {
    expect(after('citizen-certificate', 'VALID', 'window-opens', 'extend', 'extend')).toBeNull()
    expect(after('citizen-certificate', 'VALID', 'window-opens', 'expiry', 'extend', 'window-opens', 'renew', 'activated')).toBe('VALID')
    expect(after('citizen-certificate', 'VALID', 'window-opens', 'expiry', 'deadline', 'extend')).toBeNull()
  })

  test('the chip locks at as many wrong PINs in a row as the rulebook says, and a right one in between begins anew', () => {
    const wrong = Array.from({ length: valueOn(builtInRulebook, 'R118', '2026-11-22') }, () => 'wrong')
    expect(after('chip-lock', 'OK_0', ...wrong)).toBe('LOCKED')
    expect(after('chip-lock', 'OK_0', ...wrong.slice(1), 'right', ...wrong.slice(1))).not.toBe('LOCKED')
    expect(after('chip-lock', 'LOCKED', 'right')).toBeNull()
    // Whoever has the code reset, oneself or a delegate, has the card opened with it (R121, R122).
    for (const way of ['unlocked-with-code', 'released-by-hotline', 'reset-at-office', 'reset-by-delegate']) expect(after('chip-lock', 'LOCKED', way)).toBe('OK_0')
  })
})
