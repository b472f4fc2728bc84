import { existsSync } from 'node:fs'
import type { OpenCards } from '../card-device.ts'
import type { Clock } from '../clock.ts'
import { openPcsc } from './pcsc.ts'
import { openVpcd } from './vpcd.ts'

/** vpcd in a pcscd: it listens on every address, and whoever reaches it puts a card into the booth. */
const virtualDriver = '/usr/lib/pcsc/drivers/serial/libifdvpcd.so'

/** Opens the chip card reader of a configuration: pcscd's, or the one for cards that are programs. */
export function openCards({ reader, vpcd }: Parameters<OpenCards>[0], clock: Clock): ReturnType<OpenCards> {
  return vpcd === undefined ? openPcsc({ pattern: reader, clock }) : openVpcd({ listen: vpcd, clock })
}

/** Opens the reader of a booth in earnest, which has no cards that are programs: where their driver is installed no card is read (`card-reader-virtual`). */
export function openRealCards({ reader }: Parameters<OpenCards>[0], clock: Clock, driver = virtualDriver): ReturnType<OpenCards> {
  return existsSync(driver) ? Promise.resolve('card-reader-virtual') : openPcsc({ pattern: reader, clock })
}
