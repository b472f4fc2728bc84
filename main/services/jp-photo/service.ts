import { text } from '../../contract/text.ts'
import type { Service, Situation } from '../service.ts'
import { deliveryOf, routeOf } from './delivery.ts'

const isOnline = (at: Situation) => routeOf(at) === 'pc' || routeOf(at) === 'smartphone'

/**
 * An ID photo for an application that the resident makes by mail, computer or smartphone (R028, R036–R039): which way, then pay, photo, and the photo on
 * paper or as a QR code, with what to do with it.
 */
export const idPhoto: Service = {
  id: 'jp-photo',
  zone: 'Asia/Tokyo',
  group: 'japan',
  // The photo is handed over through the centre even where paper was wanted and does not come out.
  needs: ['take-coins', 'take-photo', 'print-receipt', 'submit', 'remember'],
  sections: 5,
  bring: [text('jp-photo.bring.money'), text('jp-photo.bring.phone'), text('jp-photo.bring.time')],
  lines: ['card'],
  application: null,
  steps: [
    { id: 'privacy', section: 1, kind: 'consent', boxes: ['privacy', 'terms', 'age'] },
    { id: 'route', section: 2, kind: 'choice', picture: 'envelope', options: ['mail', 'pc', 'smartphone'], when: ({ printsPhotos }) => printsPhotos },
    { id: 'online', section: 2, kind: 'choice', picture: 'face', options: ['pc', 'smartphone'], when: ({ printsPhotos }) => !printsPhotos },
    { id: 'sheet', section: 2, kind: 'choice', picture: 'face', options: ['no', 'yes'], when: (at) => at.printsPhotos && isOnline(at) },
    { id: 'pay', section: 3, kind: 'payment' },
    { id: 'photo', section: 4, kind: 'photo' },
    { id: 'deliver', section: 5, kind: 'deliver', delivery: deliveryOf },
  ],
}
