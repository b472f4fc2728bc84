import type { FaultCode } from '../../hardware/faults.ts'
import type { Language } from '../contract/language.ts'
import { catalogueOf } from './catalogue.ts'

/** Who reads which words of a fault: the resident what it means for them, the technician what happened (`technician`) and what to do (`action`). */
export const faultReaders = ['resident', 'technician', 'action'] as const

/** The words of a fault in a language; throws when one of them is missing, which a house test rules out. */
export function faultWords(code: FaultCode, language: Language): Readonly<Record<(typeof faultReaders)[number], string>> {
  const words = (reader: (typeof faultReaders)[number]) => {
    const message = catalogueOf(language)[`fault.${code}.${reader}`]
    if (message === undefined) throw new Error(`${language} has no fault.${code}.${reader}`)
    return message
  }
  return { resident: words('resident'), technician: words('technician'), action: words('action') }
}
