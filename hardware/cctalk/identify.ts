import type { DeviceIdentity } from '../device.ts'
import { plainText } from '../plain-text.ts'
import { numberOf } from './frames.ts'
import { coreHeaders as headers, type Header } from './headers.ts'
import type { AskOptions, Link } from './link.ts'

/** What stands in for the serial number of a device that has none. */
export const noSerial = '0'
/** Commands that a simple device may leave out: silence means "not supported", so it is not asked often, and once where only a name is at stake. */
const optional = { tries: 2 } as const
const name = { tries: 1 } as const

/** The serial number as decimal digits, sent least significant byte first (CT2 3.14); null when the device does not tell. */
export async function readSerial(link: Link, options?: AskOptions): Promise<string | null> {
  const bytes = await link.ask(headers.serial, options)
  return bytes && String(numberOf(bytes))
}

/** Asks who is there (CT3 appendix 11); null when nobody answers or it says that it is none of `categories` (CT3 table 1). */
export async function identify(link: Link, categories: readonly string[]): Promise<DeviceIdentity | null> {
  if (!(await link.ask(headers.simplePoll))) return null
  const text = async (header: Header, options: AskOptions) => {
    const bytes = await link.ask(header, options)
    return bytes ? plainText(bytes) : ''
  }
  const said = await text(headers.category, optional)
  if (said !== '' && !categories.some((category) => category.toLowerCase() === said.toLowerCase())) return null
  return {
    manufacturer: await text(headers.manufacturer, name),
    product: await text(headers.product, name),
    serial: (await readSerial(link)) ?? noSerial,
    software: await text(headers.software, name),
  }
}
