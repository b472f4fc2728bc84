import { describe, expect, test } from 'vitest'
import { photoReasons } from '../../../main/contract/photo.ts'
import { begun, byMail, byPhone, paid, photoBooth, photographed } from '../../support/photo-visit.ts'
import { Session } from '../../support/session.ts'

const kept = { link: 'https://photo.example.jp/photo#secret', until: Date.UTC(2026, 10, 22, 1) }

const sheet = (session: Session, printed: boolean) => {
  const job = session.effectsOf('print-sheet').at(-1)?.job ?? ''
  session.dispatch({ kind: 'device', message: { kind: 'event', device: 'sheet-printer', event: { kind: printed ? 'printed' : 'not-printed', job } } })
  return session
}
const handedOver = (session: Session, what: typeof kept | null) => {
  session.dispatch({ kind: 'handed-over', visit: session.visit.visit, kept: what })
  return session
}
const moneyOf = (session: Session) => {
  const [money] = session.money.values()
  return { credit: money?.credit, earned: money?.earned, owed: money?.owed }
}

describe('a photo for an application that the resident makes', () => {
  test('R036 by mail: the price is earned when the sheet is out, and the slip says what to write on the back', () => {
    const session = byMail()
    expect(session.view).toMatchObject({ screen: 'delivery', sheet: 'printing', handOver: 'none', delivered: false, money: { inserted: 800 } })
    expect(moneyOf(session)).toEqual({ credit: 800, earned: 0, owed: 0 })
    sheet(session, true)
    expect(session.view).toMatchObject({ screen: 'delivery', sheet: 'printed', delivered: true, choose: false, link: null })
    expect(moneyOf(session)).toEqual({ credit: 0, earned: 800, owed: 0 })
    expect(session.recordsOf('delivered')).toMatchObject([{ body: { service: 'jp-photo', price: 800, sheet: true, handOver: false } }])
    const [slip] = session.effectsOf('print')
    expect(slip?.slip).toMatchObject({ kind: 'delivery', language: 'ja' })
    expect(JSON.stringify(slip)).toContain('jp-photo.next.back')
    expect(session.effects.some(({ kind }) => kind === 'drop-photo')).toBe(true)
    session.printed().do('continue', { step: 'deliver' }).do('continue', { step: 'leave' }).do('continue', { step: 'goodbye' })
    expect(session.recordsOf('visit-ended')).toMatchObject([{ body: { outcome: 'delivered' } }])
    expect(session.recordsOf('claim-issued')).toEqual([])
  })

  test('R037 R038 R039 by computer or smartphone: the code opens the photo, stands on the screen alone, and says until when', () => {
    for (const route of ['pc', 'smartphone']) {
      const session = photographed(paid(begun(photoBooth()).answer('route', route).answer('sheet', 'no')))
      expect(session.view).toMatchObject({ screen: 'delivery', sheet: 'none', handOver: 'sending', link: null })
      handedOver(session, kept)
      expect(session.view).toMatchObject({ delivered: true, link: kept.link, until: { key: 'date.time', values: { date: '2026-11-22', clock: '10:00' } } })
      const written = JSON.stringify([session.records, session.effectsOf('print')])
      expect(written).not.toContain('secret')
      expect(written).toContain(route === 'pc' ? 'net.kojinbango-card.go.jp' : 'jp-photo.next.form')
      expect(written).toContain(route === 'pc' ? 'rule.R037' : 'rule.R039')
      session.printed().do('continue', { step: 'deliver' })
      expect(moneyOf(session)).toEqual({ credit: 0, earned: 800, owed: 0 })
      expect(JSON.stringify(session.state)).not.toContain('secret')
    }
  })

  test('a sheet that does not come out is taken by code instead, and only then paid', () => {
    const session = sheet(byMail(), false)
    expect(session.view).toMatchObject({ screen: 'delivery', choose: true, credit: 800, delivered: false })
    session.do('use-credit', {})
    expect(session.view).toMatchObject({ handOver: 'sending', choose: false })
    expect(session.say('use-credit', {})).toBe('not-now')
    expect(session.say('return-credit', {})).toBe('not-now')
    expect(moneyOf(handedOver(session, kept).do('continue', { step: 'deliver' }))).toEqual({ credit: 0, earned: 800, owed: 0 })
  })

  test('or the money comes back; and it does when neither way works, or nobody answers any more', () => {
    const back = { credit: 0, earned: 0, owed: 800 }
    expect(moneyOf(sheet(byMail(), false).do('return-credit', {}))).toEqual(back)
    const neither = handedOver(sheet(byMail(), false).do('use-credit', {}), null)
    expect([neither.view.screen, moneyOf(neither)]).toEqual(['claim', back])
    expect(neither.recordsOf('claim-issued')).toMatchObject([{ body: { claim: { amount: 800, reason: 'not-delivered' } } }])
    expect(moneyOf(handedOver(byPhone(), null))).toEqual(back)
    expect(moneyOf(byPhone().pass(201_000))).toEqual(back)
    expect(moneyOf(byMail().pass(201_000).pass(120_000))).toEqual(back)
    const gone = byMail()
    gone.dispatch({ kind: 'devices-lost' })
    expect(gone.view).toMatchObject({ choose: true })
  })

  test('whoever paid for the file and gets only paper has their money back', () => {
    const session = byPhone(photoBooth(), 'yes')
    sheet(session, true)
    expect(session.view).toMatchObject({ sheet: 'printed', handOver: 'sending', delivered: false })
    expect(moneyOf(handedOver(session, null))).toEqual({ credit: 0, earned: 0, owed: 800 })
    const both = byPhone(photoBooth(), 'yes')
    handedOver(sheet(both, false), kept)
    expect(both.view).toMatchObject({ sheet: 'failed', handOver: 'ready', delivered: true })
    expect(moneyOf(both.do('continue', { step: 'deliver' }))).toEqual({ credit: 0, earned: 800, owed: 0 })
  })

  test('without a photo printer nothing on paper is sold, and words that come twice or too late change nothing', () => {
    const session = begun(photoBooth('lost'))
    expect(session.screen).toBe('question:online')
    photographed(paid(session.answer('online', 'pc')))
    handedOver(handedOver(session, kept), null)
    sheet(session, false)
    expect(session.view).toMatchObject({ sheet: 'none', handOver: 'ready', delivered: true })
    session.dispatch({ kind: 'handed-over', visit: 'f'.repeat(32), kept })
    session.do('continue', { step: 'deliver' })
    expect(session.recordsOf('delivered')).toHaveLength(1)
    expect(moneyOf(session)).toEqual({ credit: 0, earned: 800, owed: 0 })
  })

  /** The same booth, started anew with nothing but its journal. */
  const restarted = (before: Session) => {
    const { visit } = before.visit
    const credit = moneyOf(before).credit ?? 0
    const open = { visit, service: 'jp-photo', language: 'ja' as const, credit, item: 1, returned: 0, payouts: 0, queued: null, claims: [], printed: [] }
    const recovered = { cursors: [], notes: [], payouts: [], hoppers: [], tillWrong: false, visit: open }
    const money = new Map([...before.money].filter(([id]) => id === visit))
    return new Session({ configuration: before.configuration, recovered, money }).ready().health('sheet-printer', 'ready')
  }

  test('after a restart the credit goes on: the way is asked again, and nothing is paid twice', () => {
    const session = restarted(byMail())
    session.do('use-credit', {})
    expect(session.screen).toBe('photo')
    photographed(session)
    expect(session.screen).toBe('question:route')
    session.answer('route', 'mail').do('keep-photo', {})
    expect(moneyOf(sheet(session, true))).toEqual({ credit: 0, earned: 800, owed: 0 })
  })

  test('a code on the screen is earned when the resident goes on from it or is gone; a booth that dies before has lost the link, and owes the price', () => {
    const earned = { credit: 0, earned: 800, owed: 0 }
    expect(moneyOf(handedOver(byPhone(), kept))).toEqual({ credit: 800, earned: 0, owed: 0 })
    expect(moneyOf(handedOver(byPhone(), kept).do('continue', { step: 'deliver' }))).toEqual(earned)
    const asked = handedOver(byPhone(), kept)
    asked.pass(asked.configuration.times.idleMs + 1)
    expect(asked.view.overlay).toMatchObject({ kind: 'still-there', credit: 0 })
    const gone = asked.pass(400_000)
    expect(moneyOf(gone)).toEqual(earned)
    expect(gone.recordsOf('delivered')).toHaveLength(1)

    const dead = restarted(handedOver(byPhone(), kept))
    expect(dead.view).toMatchObject({ screen: 'held', credit: 800 })
    expect(moneyOf(dead.do('return-credit', {}))).toEqual({ credit: 0, earned: 0, owed: 800 })
    expect(restarted(handedOver(byPhone(), kept)).do('use-credit', {}).screen).toBe('photo')
  })
})

describe('a photo that does not pass every check', () => {
  const checks = [{ id: 'eyes', ok: false }, { id: 'roll', ok: true }]
  const shot = () => {
    const session = new Session().ready().toPhoto().do('photo', { attempt: 1, imageBase64: '/9j/' })
    session.dispatch({ kind: 'photo-made', visit: session.visit.visit, attempt: 1, widthPx: 827, heightPx: 1063, checks })
    return session
  }

  test('is taken with a reason and not without one, and the reason travels with it', () => {
    for (const cannotChange of photoReasons) {
      const session = shot()
      expect(session.view).toMatchObject({ screen: 'photo-review', checks })
      expect(session.say('keep-photo', {})).toBe('not-now')
      session.do('keep-photo', { cannotChange }).do('send', { consent: true })
      expect(session.effectsOf('seal')).toMatchObject([{ remarks: { notPassed: ['eyes'], cannotChange } }])
      expect(JSON.stringify(session.records)).not.toContain(cannotChange)
    }
  })

  test('a photo that passes them all says no reason, whatever was touched', () => {
    const session = new Session().ready().toPhoto().shoot().do('keep-photo', { cannotChange: 'medical' }).do('send', { consent: true })
    expect(session.effectsOf('seal')).toMatchObject([{ remarks: { notPassed: [], cannotChange: null } }])
  })
})
