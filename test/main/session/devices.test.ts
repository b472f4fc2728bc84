import { describe, expect, test } from 'vitest'
import type { DeviceKind } from '../../../hardware/device.ts'
import { faultCodes, faults } from '../../../hardware/faults.ts'
import { serviceOf } from '../../../main/services/services.ts'
import { formCode, service } from '../../support/booth-facts.ts'
import { readySession, Session } from '../../support/session.ts'
import { wordsMissing } from '../../support/words.ts'

const gone: readonly (readonly [DeviceKind, (session: Session) => Session, string])[] = [
  ['coin-acceptor', (session) => session.health('coin-acceptor', 'lost', ['coin-acceptor-lost']), 'coin-acceptor-lost'],
  ['printer', (session) => session.health('printer', 'limited', ['printer-paper-out']), 'printer-paper-out'],
  ['printer', (session) => session.health('printer', 'limited', ['printer-cover-open']), 'printer-cover-open'],
  ['camera', (session) => session.do('camera', { state: 'lost' }), 'camera-lost'],
  ['camera', (session) => session.do('camera', { state: 'denied' }), 'camera-denied'],
]
const needs = serviceOf(service).needs
const told = (session: Session) => session.effectsOf('device').map(({ command }) => `${command.device} ${command.command.kind}`)

describe('face models that are found altered while the booth runs', () => {
  const code = 'photo-models-altered'
  const altered = (session: Session) => session.do('models-altered', {})

  test('take photos out of service until it starts again, and staff are told', () => {
    const session = altered(altered(readySession()))
    expect(session.view).toMatchObject({ screen: 'out-of-service', reasons: [{ code, text: { key: `fault.${code}.resident` } }] })
    expect(session.recordsOf('fault-raised').map(({ body }) => body.fault).filter((fault) => fault === code)).toHaveLength(1)
  })

  test('in a payment shut the coins, and the credit comes back', () => {
    const session = altered(readySession().toPayment().insert(500))
    expect(session.accepting).toEqual([])
    expect(session.view).toMatchObject({ screen: 'payment', open: false, money: { inserted: 500 }, can: { cancel: true } })
  })

  const alteredForTheStill = (session: Session) => {
    session.do('photo', { attempt: 1, imageBase64: '/9j/' })
    session.dispatch({ kind: 'photo-refused', visit: session.visit.visit, attempt: 1, reason: 'models-altered' })
    return session
  }
  test.each([altered, alteredForTheStill])('at the photo are said, and nobody is photographed', (find) => {
    const { view } = find(readySession().toPhoto())
    expect(view).toMatchObject({ screen: 'photo', canShoot: false, notice: { tone: 'attention' }, can: { cancel: true } })
  })
})

describe('what cannot be delivered is not sold', () => {
  test.each(gone)('F39 F48 without %s: not offered, and the reason is said', (_device, lose, fault) => {
    const session = lose(readySession())
    expect(session.view).toMatchObject({ screen: 'out-of-service', reasons: [{ code: fault, text: { key: `fault.${fault}.resident` } }] })
    expect(session.say('begin', {})).toBe('not-now')
    expect(session.recordsOf('fault-raised').map(({ body }) => body.fault)).toContain(fault)
  })

  test.each(gone)('F31 F39 F48 lost in mid-payment, %s: coins are inhibited, the credit is held, and comes back', (device, lose) => {
    const session = lose(readySession().toPayment().insert(500))
    expect(session.accepting).toEqual([])
    expect(session.view).toMatchObject({ screen: 'payment', open: false, money: { inserted: 500 } })
    if (device === 'coin-acceptor') session.identified()
    if (device === 'camera') session.do('camera', { state: 'ready' })
    else session.health(device, 'ready')
    expect(session.view).toMatchObject({ screen: 'payment', open: true, money: { inserted: 500 } })
    expect(session.insert(100, 100, 100).screen).toBe('scan')
  })

  test.each(gone)('lost in mid-payment, %s, and not back: the resident can stop, or time ends it, with a claim', (_device, lose) => {
    const session = lose(readySession().toPayment().insert(500))
    expect(session.view.can.cancel).toBe(true)
    session.pass(600_000)
    expect(session.recordsOf('claim-issued')).toMatchObject([{ body: { claim: { amount: 500 } } }])
    expect(session.screen).toBe('out-of-service')
  })

  test('a service that went away between the offer and the choice is not begun, and it is said why', () => {
    const session = readySession().toOffer()
    session.do('camera', { state: 'missing' })
    expect(session.say('choose-service', { service })).toBe('not-now')
    expect(session.recordsOf('service-chosen')).toEqual([])
    expect(session.view).toMatchObject({ screen: 'offer', notice: { tone: 'attention', text: { key: 'fault.camera-missing.resident' } } })
    session.do('camera', { state: 'ready' })
    expect(session.do('choose-service', { service }).view.notice).toBeNull()
  })

  test('nothing is sold on hope: a device that has not answered counts as lost', () => {
    const session = new Session()
    expect(session.view).toMatchObject({ screen: 'attract', coming: true, services: [{ available: false, reasons: [{ key: 'ui.starting' }] }] })
    expect(session.say('begin', {})).toBe('not-now')
  })

  test('notes of a device take nothing away', () => {
    const session = readySession().health('printer', 'ready', ['printer-paper-low']).health('qr-scanner', 'lost', ['qr-scanner-lost'])
    expect(session.screen).toBe('attract')
    expect(session.toScan().view).toMatchObject({ screen: 'scan', scanner: false, camera: true })
    session.show(formCode)
    expect(session.screen).toBe('identifier')
  })

  test.each(faultCodes)('%s is said in words, in every language, where it closes the booth', (fault) => {
    const session = readySession().health('printer', 'limited', [fault])
    const closes = faults[fault].severity === 'stop' || faults[fault].removes.some((ability) => needs.includes(ability))
    expect(session.screen).toBe(closes ? 'out-of-service' : 'attract')
    expect(wordsMissing(session.view)).toEqual([])
  })

  test('faults are recorded once when they come and once when they go', () => {
    const session = readySession()
    const before = session.records.length
    session.health('printer', 'limited', ['printer-paper-out']).health('printer', 'limited', ['printer-paper-out']).health('printer', 'ready')
    expect(session.records.slice(before)).toMatchObject([
      { kind: 'fault-raised', body: { fault: 'printer-paper-out' } },
      { kind: 'fault-cleared', body: { fault: 'printer-paper-out' } },
    ])
  })
})

describe('F31 the acceptor in mid-payment', () => {
  test('F31 back after 30 seconds it is asked who it is, told where the journal stands, and what it may take', () => {
    const session = readySession().toPayment().insert(500).health('coin-acceptor', 'lost', ['coin-acceptor-lost']).pass(30_000)
    const before = session.effects.length
    session.identified().health('coin-acceptor', 'ready')
    const commands = session.effects.slice(before).flatMap((effect) => (effect.kind === 'device' ? [effect.command.command] : []))
    expect(commands[0]).toMatchObject({ kind: 'configure', cursor: { serial: '4711', ordinal: 41 } })
    expect(commands.at(-1)).toMatchObject({ kind: 'accept', ids: ['JP010A', 'JP050A', 'JP100A', 'JP500A', 'JP500B'] })
    expect(session.view).toMatchObject({ money: { inserted: 500 } })
  })

  test('F31 another acceptor in its place is not taken for the old one: it is shown the old one’s cursor, which closes it', () => {
    const session = readySession().toPayment().insert(500).health('coin-acceptor', 'lost', ['coin-acceptor-lost']).identified('1234')
    const [configure] = session
      .effectsOf('device')
      .flatMap(({ command }) => (command.command.kind === 'configure' ? [command.command] : []))
      .slice(-1)
    expect(configure).toMatchObject({ cursor: { serial: '4711', ordinal: 41 } })
    session.health('coin-acceptor', 'limited', ['coin-acceptor-exchanged'])
    expect(session.accepting).toEqual([])
    expect(session.view).toMatchObject({ screen: 'payment', open: false, money: { inserted: 500 } })
    session.health('coin-acceptor', 'lost', ['coin-acceptor-lost']).identified().health('coin-acceptor', 'ready')
    expect(session.insert(100, 100, 100).screen).toBe('scan')
  })

  test('F31 a coin that fell just before the cable was torn is credited when it is back', () => {
    const session = readySession().toPayment().insert(500).health('coin-acceptor', 'lost', ['coin-acceptor-lost']).identified()
    session.moved([100, 100, 100])
    expect(session.view).toMatchObject({ screen: 'scan' })
    expect(session.visit.credit).toBe(800)
  })
})

describe('F39 the camera after the payment', () => {
  test('F39 torn away before the photo: it can be waited for, and the photo is taken when it is back', () => {
    const session = readySession().toPhoto()
    session.do('camera', { state: 'lost' })
    expect(session.view).toMatchObject({ screen: 'photo', canShoot: false, can: { cancel: true } })
    session.do('camera', { state: 'ready' })
    expect(session.view).toMatchObject({ canShoot: true, attempt: 1 })
    expect(session.shoot().screen).toBe('photo-review')
  })

  test('F39 or the resident stops, and all the money is owed', () => {
    const session = readySession().toPhoto()
    session.do('camera', { state: 'lost' }).do('cancel', { confirm: true })
    expect(session.view).toMatchObject({ screen: 'claim', claim: { amount: 800 } })
  })

  test('F06 the page went away and came back: the visit goes on where it was', () => {
    const session = readySession().toReview()
    const { visit } = session
    session.dispatch({ kind: 'page-lost' })
    expect(session.visit).toBe(visit)
    expect(session.recordsOf('page-lost')).toMatchObject([{ visit: visit.visit }])
    session.do('camera', { state: 'ready' })
    expect(session.screen).toBe('review')
  })
})

describe('F06 while no page is there', () => {
  test('F06 the page goes away at the payment: no coin is let in until it is back', () => {
    const session = readySession().toPayment()
    expect(session.accepting).not.toEqual([])
    session.dispatch({ kind: 'page-lost' })
    expect(session.accepting).toEqual([])
    session.do('camera', { state: 'ready' })
    expect(session.accepting).not.toEqual([])
  })
})

describe('F48 the printer', () => {
  test('F48 out of paper in mid-print: one reprint marked COPY when it is back, and nothing is sent again', () => {
    const session = readySession().toReceived()
    expect(session.view).toMatchObject({ screen: 'receipt', print: 'printing' })
    session.health('printer', 'limited', ['printer-paper-out']).printed(false)
    expect(session.view).toMatchObject({ screen: 'receipt', print: 'not-printed' })
    session.health('printer', 'ready')
    expect(session.view).toMatchObject({ print: 'printing' })
    session.printed()
    expect(session.view).toMatchObject({ print: 'printed' })
    expect(session.effectsOf('print').map(({ copy }) => copy)).toEqual([false, true])
    expect(session.recordsOf('slip-failed')).toHaveLength(1)
    expect(session.recordsOf('slip-printed')).toMatchObject([{ body: { slip: 'receipt', copy: true } }])
    expect(session.effectsOf('submit')).toHaveLength(1)
    expect(session.effectsOf('seal')).toHaveLength(1)
  })

  test('F48 never more than one reprint, however often the printer comes and goes', () => {
    const session = readySession().toReceived()
    for (let time = 0; time < 5; time += 1)
      session.printed(false).health('printer', 'limited', ['printer-paper-out']).health('printer', 'ready').pass(5_000)
    expect(session.effectsOf('print')).toHaveLength(2)
  })

  test('F48 out before the receipt: number and code stand on the screen, and it is printed when the paper is there', () => {
    const session = readySession().toSending().sealed().health('printer', 'limited', ['printer-paper-out'])
    session.centreSays({ status: 'received', receivedAt: '2026-11-21T10:05:00+09:00' })
    expect(session.view).toMatchObject({
      screen: 'receipt',
      print: 'not-printed',
      number: expect.stringMatching(/^2026-\d{4}-\d{4}-\d{4}$/),
      code: expect.stringMatching(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/),
    })
    expect(session.effectsOf('print')).toEqual([])
    session.health('printer', 'ready').printed()
    expect(session.view).toMatchObject({ print: 'printed' })
  })

  test('F48 a printer that says nothing is not waited for for ever', () => {
    const session = readySession().toReceived().pass(20_000)
    expect(session.effectsOf('print').map(({ copy }) => copy)).toEqual([false, true])
    expect(session.pass(20_000).view).toMatchObject({ screen: 'receipt', print: 'not-printed' })
  })

  test('F48 a late word on the first try does not end the second', () => {
    const session = readySession().toReceived()
    const first = session.visit.printing?.job ?? ''
    session.pass(20_000)
    session.dispatch({ kind: 'device', message: { kind: 'event', device: 'printer', event: { kind: 'not-printed', job: first } } })
    expect(session.view).toMatchObject({ print: 'printing' })
  })

  test('a slip that could not even be drawn is not printed, once', () => {
    const session = readySession().toReceived()
    for (let time = 0; time < 3; time += 1) session.dispatch({ kind: 'slip-lost', job: session.visit.printing?.job ?? '' })
    expect(session.view).toMatchObject({ print: 'not-printed' })
    expect(session.effectsOf('print')).toHaveLength(2)
  })

  test('a claim slip of which the paper ran out is shown with number and code until the time is over', () => {
    const session = readySession().toScan().health('printer', 'limited', ['printer-paper-out']).do('cancel', { confirm: true })
    expect(session.view).toMatchObject({ screen: 'claim', claim: { amount: 800, print: 'not-printed', code: expect.any(String) } })
  })
})

describe('the device process', () => {
  test('gone: nothing is sold, coins count as inhibited, and the camera stays', () => {
    const session = readySession().toPayment().insert(500)
    session.dispatch({ kind: 'devices-lost' })
    expect(session.view).toMatchObject({ screen: 'payment', open: false, money: { inserted: 500 } })
    expect(session.state.devices.camera.state).toBe('ready')
  })

  test('back: acceptor and scanner are told everything again, and the slip is tried once more', () => {
    const session = readySession().toScan()
    session.dispatch({ kind: 'devices-lost' })
    const before = session.effects.length
    session.identified()
    for (const device of ['coin-acceptor', 'qr-scanner', 'printer'] as const) session.health(device, 'ready')
    expect(told(session).slice(-4)).toEqual(expect.arrayContaining(['coin-acceptor configure', 'coin-acceptor accept', 'qr-scanner listen']))
    expect(session.effects.length).toBeGreaterThan(before)
    expect(session.scan(formCode).screen).toBe('identifier')
  })

  test('gone in mid-print: the slip is printed once more by the new one', () => {
    const session = readySession().toReceived()
    session.dispatch({ kind: 'devices-lost' })
    session.pass(20_000)
    expect(session.view).toMatchObject({ print: 'not-printed' })
    expect(session.effectsOf('print')).toHaveLength(1)
    session.health('printer', 'ready').printed()
    expect(session.effectsOf('print').map(({ copy }) => copy)).toEqual([false, true])
  })
})

describe('the journal', () => {
  test('that cannot be written takes the booth out of service, and is not asked to record that', () => {
    const session = readySession()
    const before = session.records.length
    session.dispatch({ kind: 'storage', fault: 'journal-write-failed', held: true })
    expect(session.view).toMatchObject({ screen: 'out-of-service', reasons: [{ code: 'journal-write-failed' }] })
    expect(session.records.length).toBe(before)
  })
})
