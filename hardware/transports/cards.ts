import type { OpenCards } from '../card-device.ts'
import type { Clock } from '../clock.ts'
import { openPcsc } from './pcsc.ts'
import { openVpcd } from './vpcd.ts'

/** Opens the chip card reader of a configuration: pcscd's, or the one for cards that are programs. */
export function openCards({ reader, vpcd }: Parameters<OpenCards>[0], clock: Clock): ReturnType<OpenCards> {
  return vpcd === undefined ? openPcsc({ pattern: reader, clock }) : openVpcd({ listen: vpcd, clock })
}
