import type { Application } from '../../contract/submission.ts'
import type { FilledApplication } from '../service.ts'

/** What the application says besides the photo, from the answers of a visit. */
export function applicationFields(visit: FilledApplication): Omit<Application, 'photo'> {
  const { answers } = visit
  const certificates = answers['certificates']
  return {
    schema: 'cardbooth.jp-mynumber-application/1',
    boothId: visit.boothId,
    key: visit.key,
    applicationFormId: visit.identifier,
    birthDate: answers['birth'] ?? '',
    certificates: { signature: certificates === 'both', authentication: certificates === 'both' || certificates === 'authentication' },
    braille: answers['braille'] === 'yes',
    cause: answers['cause'] as Application['cause'],
    representative: answers['representative'] === 'here' ? 'declared' : 'none',
    language: visit.language,
    capturedAt: visit.capturedAt,
  }
}
