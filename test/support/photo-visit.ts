import { configured } from './booth-facts.ts'
import { Session } from './session.ts'

/** A booth that sells photos, with a photo printer that is ready or not. */
export function photoBooth(printer: 'ready' | 'lost' = 'ready'): Session {
  const configuration = configured((file) => ({
    ...file,
    services: { 'jp-photo': { price: 800 } },
    centre: { ...file.centre, photoPage: 'https://photo.example.jp/photo' },
    devices: { ...file.devices, 'sheet-printer': { server: '/run/cups.sock', queue: 'photo', paper: 'postcard' } },
  }))
  return new Session({ configuration }).ready().health('sheet-printer', printer)
}

/** Up to the first question of the service. */
export const begun = (session: Session) => session.toOffer().do('choose-service', { service: 'jp-photo' }).do('accept', { step: 'privacy', boxes: ['privacy', 'terms', 'age'] })
/** Pays it, to the coin. */
export const paid = (session: Session) => session.insert(500, 100, 100, 100)
/** Keeps the photo: the delivery begins. */
export const photographed = (session: Session) => session.shoot().do('keep-photo', {})
/** A photo on paper, up to its delivery. */
export const byMail = (session = photoBooth()) => photographed(paid(begun(session).answer('route', 'mail')))
/** A photo by code, with paper or without, up to its delivery. */
export const byPhone = (session = photoBooth(), sheet = 'no') => photographed(paid(begun(session).answer('route', 'smartphone').answer('sheet', sheet)))
