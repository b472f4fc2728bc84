import { formCode, formId, received, service } from './booth-facts.ts'
import type { Session } from './session.ts'

/** What a willing resident, a printer and a centre that works do next; false when there is nothing to do. */
export function next(session: Session): boolean {
  const { view } = session
  if (view.overlay?.kind === 'still-there') return session.say('still-here', {}) === null
  switch (view.screen) {
    case 'languages':
      session.do('choose-language', { language: 'ja' })
      return true
    case 'menu':
      session.do('choose-service', { service })
      return true
    case 'offer':
      return session.say('choose-service', { service: view.service }) === null
    case 'consent':
      session.do('accept', { step: view.step, boxes: view.boxes.map(({ id }) => id) })
      return true
    case 'question':
      session.answer(view.step, view.options[0]?.value ?? '')
      return true
    case 'date':
      session.date(view.step, 'western', view.step === 'birth' ? 1980 : 2030, 4, 1)
      return true
    case 'payment':
      if (view.open) session.insert(500)
      return view.open
    case 'scan':
      session.scan(formCode)
      return view.scanner
    case 'card':
    case 'pin':
      return false
    case 'typed-id':
      session.do('typed', { round: view.round, digits: formId })
      return true
    case 'photo':
      if (view.working) session.dispatch({ kind: 'photo-made', visit: session.visit.visit, attempt: view.attempt, widthPx: 827, heightPx: 1063, checks: [] })
      else if (view.canShoot) session.do('photo', { attempt: view.attempt, imageBase64: '/9j/' })
      return view.working || view.canShoot
    case 'field':
      session.do('enter', { step: view.step, entered: '' })
      return true
    case 'asking':
      session.replies({ ok: false, code: 'not-offered' })
      return true
    case 'photo-review':
      session.do('keep-photo', {})
      return true
    case 'delivery':
      return false
    case 'review':
      session.do('send', { consent: true })
      return true
    case 'sending':
      if (session.visit.stage.at === 'sending' && session.visit.stage.queued) session.centreSays(received)
      else session.sealed()
      return true
    case 'held':
      session.do(view.canContinue ? 'use-credit' : 'return-credit', {})
      return true
    case 'receipt':
    case 'claim':
    case 'stop':
      if (session.visit.printing?.state === 'printing') session.printed()
      session.do('continue', { step: view.screen })
      return true
    case 'info':
    case 'identifier':
    case 'advice':
    case 'leave':
    case 'goodbye':
      session.do('continue', { step: 'step' in view ? view.step : view.screen })
      return true
    case 'paying-out':
    case 'attract':
    case 'starting':
    case 'out-of-service':
    case 'staff-sign-in':
    case 'staff':
    case 'staff-camera':
      return false
  }
}

/** Goes on until that screen is there; throws when it never is. */
export function goOnTo(session: Session, screen: string): Session {
  while (session.view.screen !== screen) if (!next(session)) throw new Error(`no ${screen} after ${session.screen}`)
  return session
}

/** Goes on until there is nothing to do. */
export function goOn(session: Session): Session {
  for (let steps = 0; next(session); steps += 1) if (steps > 100) throw new Error(`a visit without an end at ${session.screen}`)
  return session
}
