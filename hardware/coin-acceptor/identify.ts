import type { DeviceIdentity } from '../device.ts'
import { plainText } from '../plain-text.ts'
import type { DeviceTable } from './coin-table.ts'
import { headers, type Header } from './headers.ts'
import type { AskOptions, Link } from './link.ts'

/** What header 245 says of every coin acceptor (CT3 table 1). */
const category = 'Coin Acceptor'
/** Positions of the coin table and of the inhibit mask. */
const positions = 16
/** What stands in for the serial number of a device that has none. */
export const noSerial = '0'
/** Commands that a simple device may leave out: silence means "not supported", so it is not asked often, and once where only a name is at stake. */
const optional = { tries: 2 } as const
const name = { tries: 1 } as const
/** Silent positions that end the table of a device with fewer than 16. */
const silentEnd = 3

/** The serial number as decimal digits, sent least significant byte first (CT2 3.14); null when the device does not tell. */
export async function readSerial(link: Link): Promise<string | null> {
  const bytes = await link.ask(headers.serial)
  return bytes && String(bytes.reduceRight((value, byte) => value * 256 + byte, 0))
}

/** Asks who is there (CT3 appendix 11); null when nobody answers or it says that it is not a coin acceptor. */
export async function identify(link: Link): Promise<DeviceIdentity | null> {
  if (!(await link.ask(headers.simplePoll))) return null
  const text = async (header: Header, options: AskOptions) => {
    const bytes = await link.ask(header, options)
    return bytes ? plainText(bytes) : ''
  }
  const said = await text(headers.category, optional)
  if (said !== '' && said.toLowerCase() !== category.toLowerCase()) return null
  return {
    manufacturer: await text(headers.manufacturer, name),
    product: await text(headers.product, name),
    serial: (await readSerial(link)) ?? noSerial,
    software: await text(headers.software, name),
  }
}

/**
 * Reads the coin table (header 184); null when it cannot be trusted. Empty positions say `......` (CT3 appendix 3); a device with fewer positions may
 * be silent on the rest, but a position that is silent before one that answers was lost on the line.
 */
export async function readTable(link: Link): Promise<DeviceTable | null> {
  const table: { position: number; id: string }[] = []
  let silent = 0
  for (let position = 1; position <= positions && silent < silentEnd; position += 1) {
    const bytes = await link.ask(headers.coinId, { data: [position], tries: silent > 0 ? 1 : 3 })
    if (!bytes) silent += 1
    else if (silent > 0) return null
    else {
      const id = plainText(bytes)
      if (id.replaceAll('.', '') !== '') table.push({ position, id })
    }
  }
  return table
}
