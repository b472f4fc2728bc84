import { describe, expect, test } from 'vitest'
import type { CabinetRole } from '../../../hardware/cabinet/events.ts'
import { configured } from '../../support/booth-facts.ts'
import { readySession, Session } from '../../support/session.ts'

const configuration = configured()
const withCabinet = { ...configuration, devices: { ...configuration.devices, cabinet: { path: '/dev/cabinet', baudRate: 9600, parity: 'none' as const, address: 1, pollMs: 100, inputs: [], lamp: 0 } } }
const said = (session: Session, role: CabinetRole, name: string, active: boolean, first = false) =>
  session.dispatch({ kind: 'device', message: { kind: 'event', device: 'cabinet', event: { kind: 'switch', role, name, active, first } } })
const lamps = (session: Session) =>
  session.effectsOf('device').flatMap(({ command }) => (command.device === 'cabinet' ? [command.command.on] : []))

describe('doors and cash box', () => {
  test('each opening and closing is written down once, with which, and with the visit that it disturbs', () => {
    const session = readySession().toPayment()
    const visit = session.state.visit?.visit
    for (const active of [true, true, false]) said(session, 'door', 'cash', active)
    said(session, 'cash-box', 'coins', true)
    said(session, 'cash-box', 'coins', false)
    expect(session.recordsOf('door-moved')).toEqual([
      { kind: 'door-moved', visit, body: { name: 'cash', open: true } },
      { kind: 'door-moved', visit, body: { name: 'cash', open: false } },
    ])
    expect(session.recordsOf('cash-box-moved').map(({ body }) => body)).toEqual([
      { name: 'coins', out: true },
      { name: 'coins', out: false },
    ])
  })

  test('at the start only what does not stand well is written down', () => {
    const session = readySession()
    said(session, 'door', 'service', false, true)
    said(session, 'door', 'cash', true, true)
    expect(session.recordsOf('door-moved').map(({ body }) => body)).toEqual([{ name: 'cash', open: true }])
  })

  test.each(['door-open', 'cash-box-out'] as const)('while "%s" holds no coin is let in, the technician is told, and the credit stays', (fault) => {
    const session = readySession().toPayment().insert(500)
    session.health('cabinet', 'limited', [fault])
    expect(session.accepting).toEqual([])
    expect(session.view).toMatchObject({ screen: 'payment', open: false, money: { inserted: 500 } })
    expect(session.recordsOf('fault-raised').map(({ body }) => body.fault)).toContain(fault)
    session.health('cabinet', 'ready')
    expect(session.view).toMatchObject({ screen: 'payment', open: true, money: { inserted: 500 } })
  })

  test('buttons, presence and headset are nobody\'s business afterwards', () => {
    const session = readySession().toPayment()
    const before = session.records.length
    for (const role of ['call-button', 'presence', 'headset'] as const) said(session, role, 'one', true)
    expect(session.records).toHaveLength(before)
  })
})

describe('the lamp', () => {
  test('burns while somebody is at the booth', () => {
    const session = new Session({ configuration: withCabinet }).ready()
    session.health('cabinet', 'ready')
    expect(lamps(session).at(-1)).toBe(false)
    session.do('begin', {})
    expect(lamps(session).at(-1)).toBe(true)
  })
})
