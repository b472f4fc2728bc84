import { describe, expect, it } from 'vitest'
import { formId } from '../support/booth-facts.ts'
import { readySession, type Session } from '../support/session.ts'
import { foundIn, type Wanted } from './support/search.ts'

/** What `Session` tells: the number of its form, the birth date, and an answer that is nobody's business. */
const personal: readonly Wanted[] = [
  { what: 'number', needles: [Buffer.from(formId), Buffer.from(Buffer.from(formId).toString('hex'))] },
  { what: 'birth date', needles: [Buffer.from('1980-04-01')] },
  { what: 'an answer', needles: [Buffer.from('"certificates"'), Buffer.from('"braille"')] },
]

const ends: readonly (readonly [string, (session: Session) => Session])[] = [
  ['received', (session) => session.toReceived().printed()],
  ['refused', (session) => session.toSending().sealed().centreSays({ status: 'refused', reason: 'malformed' }).printed()],
  ['not confirmed', (session) => session.toSending().sealed().pass(25_000).printed()],
  ['the printer dies before its slip', (session) => session.toSending().health('printer', 'lost', ['printer-lost']).sealed().centreSays({ status: 'received', receivedAt: '2026-11-21T10:05:00+09:00' })],
  ['the printer dies in its slip and is back', (session) => session.toReceived().printed(false).health('printer', 'ready').printed()],
  ['cancelled at the review', (session) => session.toReview().do('cancel', { confirm: false }).do('cancel', { confirm: true }).printed()],
  ['walked away at the birth date', (session) => session.toBirth().pass(90_000).printed()],
  ['walked away at the photo’s review', (session) => session.toPhoto().shoot().pass(90_000).printed()],
  ['walked away at the review', (session) => session.toReview().pass(90_000).printed()],
  ['stopped by the rules', (session) => session.toQuestions().answer('applicant', 'adult').answer('cause', 'first').answer('form', 'none').printed()],
]

describe('what a booth tells others', () => {
  it.each(ends)('%s: its records and its slips hold nothing personal, ever; its screen nothing once nobody needs it', (_name, end) => {
    const session = end(readySession())
    const parting = session.views.length
    session.pass(400_000)
    expect(['attract', 'out-of-service']).toContain(session.screen)
    const slips = session.effectsOf('print').map(({ slip }) => slip)
    expect(slips.length + session.recordsOf('slip-failed').length).toBeGreaterThan(0)
    expect(foundIn(JSON.stringify([slips, session.records, session.effectsOf('device')]), personal)).toEqual([])
    expect(foundIn(JSON.stringify(session.views.slice(parting - 1)), personal)).toEqual([])
    expect(session.state.visit).toBeNull()
    expect(session.effects.some(({ kind }) => kind === 'wipe')).toBe(true)
  })

  it('would be found: the views of a visit do hold some of it', () => {
    const session = readySession().toReview()
    expect(foundIn(JSON.stringify([session.state, session.effectsOf('make-photo')]), personal)).toEqual(['number', 'birth date', 'an answer'])
  })
})
