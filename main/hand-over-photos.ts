import type { BoothPorts } from './booth.ts'
import type { HandedOver } from './effects.ts'
import { handOverClient } from './hand-over/hand-over-client.ts'
import { handOverLink, sealPhoto } from './hand-over/seal-photo.ts'
import { receiptCheck } from './submissions/receipt-check.ts'

/** How this booth hands photos over; null where the centre has no page for them. */
export function handOverPhotos({ configuration, exchange, clock }: BoothPorts): ((jpeg: Uint8Array) => Promise<HandedOver | null>) | null {
  const { centre, booth, mode, times } = configuration
  const { photoPage } = centre
  if (photoPage === undefined) return null
  const offer = handOverClient({ exchange, isSigned: receiptCheck(centre.receiptKeys), booth: { id: booth.id, demo: mode === 'demo' } })
  return async (jpeg) => {
    const sealed = sealPhoto(jpeg)
    const tooLong = new AbortController()
    const cancel = clock.after(times.sendMs, () => tooLong.abort())
    const kept = await offer(sealed, tooLong.signal).finally(cancel)
    return kept.ok ? { link: handOverLink(photoPage, sealed), until: kept.until } : null
  }
}
