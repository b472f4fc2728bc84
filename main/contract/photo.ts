/**
 * Why a resident cannot change what a check found: worn for their faith, for a medical reason, an infant, somebody or something that holds them (a
 * headrest, a carer's hands), or something else. All are ordinary: the office decides (rules.md section 0, 21).
 */
export const photoReasons = ['religious', 'medical', 'infant', 'support', 'other'] as const
export type PhotoReason = (typeof photoReasons)[number]

/** One thing that was checked on a photo, by its name, and whether it holds. */
export interface PhotoCheck {
  readonly id: string
  readonly ok: boolean
}

/** What travels with a photo: the checks that it does not pass, and why that cannot be changed; null when all hold. */
export interface PhotoRemarks {
  readonly notPassed: readonly string[]
  readonly cannotChange: PhotoReason | null
}
