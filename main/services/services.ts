import { cardCare } from './jp-card-care/service.ts'
import { cardCheck } from './jp-card-check/service.ts'
import { cardLost } from './jp-card-lost/service.ts'
import { cardStatus } from './jp-card-status/service.ts'
import { guide } from './jp-guide/service.ts'
import { linking } from './jp-linking/service.ts'
import { myNumberApplication } from './jp-mynumber-application/service.ts'
import { idPhoto } from './jp-photo/service.ts'
import { phoneLines } from './phone-lines/service.ts'
import { pinChange } from './jp-pin-change/service.ts'
import type { Service } from './service.ts'
import { citizenCertificate } from './tw-citizen-certificate/service.ts'
import { residentCertificate } from './tw-resident-certificate/service.ts'

/** Every service of this booth, in the order in which they are offered. */
export const services: readonly Service[] = [
  myNumberApplication, idPhoto, guide, cardStatus, cardLost, cardCare, cardCheck, pinChange, linking, residentCertificate, citizenCertificate,
  phoneLines,
]

/** The service of that name; an unknown name is a bug of ours. */
export function serviceOf(id: string): Service {
  const service = services.find((candidate) => candidate.id === id)
  if (!service) throw new Error(`no service ${id}`)
  return service
}

/** Whether nothing can be paid for in a service, whatever the operator's prices are. */
export function isFree({ steps }: Pick<Service, 'steps'>): boolean {
  return !steps.some(({ kind }) => kind === 'payment')
}
