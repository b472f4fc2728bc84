import { describe, expect, it } from 'vitest'
import type { ConfigurationFile } from '../../../main/commands/demo/configuration.ts'
import { configured } from '../../support/booth-facts.ts'
import { readySession, type Session } from '../../support/session.ts'
import { wordsMissing } from '../../support/words.ts'

const printer = { server: '/run/cups.sock', queue: 'photo', paper: 'postcard' as const }
const booth = (sheetPrinter: ConfigurationFile['devices']['sheet-printer']) =>
  configured((file) => ({ ...file, services: { 'jp-card-lost': {}, 'jp-guide': {} }, devices: { ...file.devices, 'sheet-printer': sheetPrinter } }))

/** Somebody whose card was lost outside, at the advice with its two sheets. */
function lost(sheetPrinter: ConfigurationFile['devices']['sheet-printer'] | null = { ...printer, a4: true }): Session {
  const session = readySession({ configuration: booth(sheetPrinter ?? undefined) })
  if (sheetPrinter) session.health('sheet-printer', 'ready')
  session.do('begin', {}).do('choose-language', { language: 'en' }).do('choose-service', { service: 'jp-card-lost' }).do('choose-service', { service: 'jp-card-lost' })
  return session.do('continue', { step: 'call' }).answer('where', 'outside').answer('reported', 'no')
}
const offered = ({ view }: Session) => (view.screen === 'advice' ? view.sheets.map(({ id, print }) => `${id} ${print}`) : null)
const ended = (session: Session, job: string, kind: 'printed' | 'not-printed') => session.dispatch({ kind: 'device', message: { kind: 'event', device: 'sheet-printer', event: { kind, job } } })
const jobs = (session: Session) => session.effectsOf('draw-sheet').map(({ job }) => job)

describe('the sheets of an advice', () => {
  it('are printed one by one, each once, and told by what the printer says', () => {
    const session = lost()
    expect(offered(session)).toEqual(['police possible', 'counter possible'])
    session.do('print-sheet', { step: 'next', sheet: 'police' })
    expect(offered(session)).toEqual(['police printing', 'counter possible'])
    expect(session.say('print-sheet', { step: 'next', sheet: 'police' })).toBe('not-now')
    session.do('print-sheet', { step: 'next', sheet: 'counter' })
    const [police = '', counter = ''] = jobs(session)
    ended(session, police, 'printed')
    ended(session, counter, 'not-printed')
    ended(session, 'somebody-else', 'printed')
    expect(offered(session)).toEqual(['police printed', 'counter not-printed'])
    expect(session.say('print-sheet', { step: 'next', sheet: 'police' })).toBe('not-now')
    session.do('print-sheet', { step: 'next', sheet: 'counter' })
    session.dispatch({ kind: 'sheet-not-drawn', job: counter })
    expect(offered(session)).toEqual(['police printed', 'counter not-printed'])
    expect([session.recordsOf('sheet-printed'), session.recordsOf('sheet-failed')].map((records) => records.map(({ body }) => body.sheet))).toEqual([
      ['jp-card-lost-next-police'],
      ['jp-card-lost-next-counter', 'jp-card-lost-next-counter'],
    ])
    expect(session.effectsOf('draw-sheet')[0]).toMatchObject({ service: 'jp-card-lost', language: 'en', sheet: { id: 'police', native: 'ja' } })
    expect(session.views.flatMap(wordsMissing)).toEqual([])
  })

  it('can be printed again, like the slip, once another answer makes them say something else', () => {
    const session = lost().do('print-sheet', { step: 'next', sheet: 'police' }).do('print', { step: 'next' })
    ended(session, jobs(session)[0] ?? '', 'printed')
    session.printed()
    const slip = () => (session.view.screen === 'advice' ? session.view.print : null)
    session.do('back', {}).answer('reported', 'no')
    expect([offered(session)?.[0], slip()]).toEqual(['police printed', 'printed'])
    session.do('back', {}).answer('reported', 'yes').do('back', {}).answer('reported', 'no')
    expect([offered(session)?.[0], slip()]).toEqual(['police possible', 'possible'])
  })

  it('are not there where there is no A4, no printer, or none that prints now', () => {
    expect([lost(null), lost(printer)].map(offered)).toEqual([[], []])
    const session = lost()
    session.health('sheet-printer', 'limited', ['sheet-printer-paper-out'])
    expect(offered(session)).toEqual([])
    expect(session.say('print-sheet', { step: 'next', sheet: 'police' })).toBe('not-now')
  })

  it('stay told when the printer goes away under them, and are given up after their time', () => {
    const session = lost().do('print-sheet', { step: 'next', sheet: 'police' })
    session.health('sheet-printer', 'lost')
    expect(offered(session)).toEqual(['police printing'])
    for (let minutes = 0; minutes < 3; minutes += 1) session.pass(45_000).do('touch', {})
    session.pass(45_000)
    expect(offered(session)).toEqual(['police not-printed'])
    ended(session, jobs(session)[0] ?? '', 'printed')
    expect(offered(session)).toEqual(['police not-printed'])
  })

  it.each([
    ['next', 'other'],
    ['next', 'constructor'],
    ['call', 'police'],
    ['where', 'police'],
  ])('none at %s is %s', (step, sheet) => expect(lost().say('print-sheet', { step, sheet })).toBe('not-now'))

  it('of one resident are nothing to the next', () => {
    const session = lost().do('print-sheet', { step: 'next', sheet: 'police' }).do('something-else', {})
    const [job = ''] = jobs(session)
    const records = session.records.length
    ended(session, job, 'printed')
    expect(session.records).toHaveLength(records)
    session.do('choose-service', { service: 'jp-card-lost' }).do('choose-service', { service: 'jp-card-lost' }).do('continue', { step: 'call' }).answer('where', 'outside').answer('reported', 'no')
    expect(offered(session)).toEqual(['police possible', 'counter possible'])
  })
})
