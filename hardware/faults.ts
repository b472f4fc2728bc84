/** What the booth can do; a fault takes some of it away, and what cannot be delivered now is not sold. */
export const abilities = ['take-coins', 'take-notes', 'give-change', 'take-photo', 'read-card', 'print-receipt', 'print-photos', 'submit', 'remember', 'know-the-day'] as const
export type Ability = (typeof abilities)[number]

interface Fault {
  /** `stop`: the booth sells nothing; `limit`: some abilities are gone; `note`: a technician should know. */
  readonly severity: 'stop' | 'limit' | 'note'
  readonly removes: readonly Ability[]
}

/**
 * Every fault that the booth knows. Its words stand in the catalogues: `fault.<code>.resident` (what it means for them and their money),
 * `fault.<code>.technician` (what happened) and `fault.<code>.action` (what the technician does).
 */
export const faults = {
  'coin-acceptor-lost': { severity: 'limit', removes: ['take-coins'] },
  'coin-acceptor-exchanged': { severity: 'limit', removes: ['take-coins'] },
  'coin-acceptor-reset': { severity: 'note', removes: [] },
  'coin-table-mismatch': { severity: 'limit', removes: ['take-coins'] },
  'coin-unknown': { severity: 'note', removes: [] },
  'coins-uncounted': { severity: 'limit', removes: ['take-coins'] },
  'coin-jam': { severity: 'limit', removes: ['take-coins'] },
  'coin-fraud': { severity: 'note', removes: [] },
  'coin-swallowed': { severity: 'note', removes: [] },
  'coin-acceptor-failed': { severity: 'limit', removes: ['take-coins'] },
  'hopper-lost': { severity: 'limit', removes: ['give-change'] },
  'hopper-silent': { severity: 'note', removes: [] },
  'hopper-exchanged': { severity: 'note', removes: [] },
  'hopper-empty': { severity: 'note', removes: [] },
  'hopper-jam': { severity: 'note', removes: [] },
  'hopper-fraud': { severity: 'note', removes: [] },
  'hopper-failed': { severity: 'note', removes: [] },
  'hopper-locked': { severity: 'note', removes: [] },
  'payout-unclear': { severity: 'note', removes: [] },
  'till-mismatch': { severity: 'note', removes: [] },
  'bill-validator-lost': { severity: 'limit', removes: ['take-notes'] },
  'bill-validator-exchanged': { severity: 'limit', removes: ['take-notes'] },
  'bill-validator-reset': { severity: 'note', removes: [] },
  'bill-validator-failed': { severity: 'limit', removes: ['take-notes'] },
  'bill-validator-line': { severity: 'note', removes: [] },
  'note-table-mismatch': { severity: 'limit', removes: ['take-notes'] },
  'note-unknown': { severity: 'note', removes: [] },
  'notes-uncounted': { severity: 'limit', removes: ['take-notes'] },
  'note-jam': { severity: 'limit', removes: ['take-notes'] },
  'note-fraud': { severity: 'note', removes: [] },
  'note-pause': { severity: 'note', removes: [] },
  'note-stacker-full': { severity: 'limit', removes: ['take-notes'] },
  'note-stacker-open': { severity: 'limit', removes: ['take-notes'] },
  'cabinet-lost': { severity: 'note', removes: [] },
  'cabinet-garbled': { severity: 'note', removes: [] },
  'door-open': { severity: 'limit', removes: ['take-coins', 'take-notes'] },
  'cash-box-out': { severity: 'limit', removes: ['take-coins', 'take-notes'] },
  'qr-scanner-lost': { severity: 'note', removes: [] },
  'scanner-mode': { severity: 'note', removes: [] },
  'printer-lost': { severity: 'limit', removes: ['print-receipt'] },
  'printer-paper-out': { severity: 'limit', removes: ['print-receipt'] },
  'printer-paper-low': { severity: 'note', removes: [] },
  'printer-cover-open': { severity: 'limit', removes: ['print-receipt'] },
  'printer-failed': { severity: 'limit', removes: ['print-receipt'] },
  'sheet-printer-lost': { severity: 'limit', removes: ['print-photos'] },
  'sheet-printer-paper-out': { severity: 'limit', removes: ['print-photos'] },
  'sheet-printer-cover-open': { severity: 'limit', removes: ['print-photos'] },
  'sheet-printer-supply-out': { severity: 'limit', removes: ['print-photos'] },
  'sheet-printer-failed': { severity: 'limit', removes: ['print-photos'] },
  'sheet-printer-low': { severity: 'note', removes: [] },
  'still-camera-lost': { severity: 'note', removes: [] },
  'still-camera-claimed': { severity: 'note', removes: [] },
  'still-camera-failed': { severity: 'note', removes: [] },
  'still-camera-keeps-pictures': { severity: 'note', removes: [] },
  'card-reader-lost': { severity: 'limit', removes: ['read-card'] },
  'card-service-lost': { severity: 'limit', removes: ['read-card'] },
  'card-reader-virtual': { severity: 'limit', removes: ['read-card'] },
  'card-left': { severity: 'note', removes: [] },
  'card-reader-busy': { severity: 'limit', removes: ['read-card'] },
  'camera-missing': { severity: 'limit', removes: ['take-photo'] },
  'camera-denied': { severity: 'limit', removes: ['take-photo'] },
  'camera-lost': { severity: 'limit', removes: ['take-photo'] },
  'photo-models-altered': { severity: 'limit', removes: ['take-photo'] },
  'devices-lost': { severity: 'limit', removes: ['take-coins', 'print-receipt'] },
  'touch-stuck': { severity: 'limit', removes: ['take-coins'] },
  'configuration-refused': { severity: 'stop', removes: ['remember'] },
  'booth-not-starting': { severity: 'stop', removes: ['remember'] },
  'screen-not-starting': { severity: 'stop', removes: ['take-photo'] },
  'centre-unreachable': { severity: 'limit', removes: ['submit'] },
  'centre-refused-booth': { severity: 'limit', removes: ['submit'] },
  'centre-not-trusted': { severity: 'limit', removes: ['submit'] },
  'centre-answer-forged': { severity: 'limit', removes: ['submit'] },
  'outbox-full': { severity: 'limit', removes: ['submit'] },
  'application-parked': { severity: 'note', removes: [] },
  'configuration-last-good': { severity: 'note', removes: [] },
  'pack-refused': { severity: 'note', removes: [] },
  'rulebook-refused': { severity: 'note', removes: [] },
  'rulebook-stale': { severity: 'note', removes: [] },
  'closed-by-staff': { severity: 'stop', removes: ['remember'] },
  'closed-by-operator': { severity: 'stop', removes: ['remember'] },
  'clock-unsure': { severity: 'limit', removes: ['know-the-day'] },
  'disk-low': { severity: 'limit', removes: ['take-coins'] },
  'disk-full': { severity: 'limit', removes: ['take-coins', 'remember'] },
  'disk-failing': { severity: 'limit', removes: ['take-coins', 'remember'] },
  'journal-unreadable': { severity: 'stop', removes: ['remember'] },
  'journal-altered': { severity: 'stop', removes: ['remember'] },
  'journal-write-failed': { severity: 'stop', removes: ['remember'] },
} as const satisfies Record<string, Fault>

export type FaultCode = keyof typeof faults

/** The codes as a list, for schemas. */
export const faultCodes = Object.keys(faults) as [FaultCode, ...FaultCode[]]

/** What is left of the abilities while `held` faults hold. A fault of severity `stop` leaves none. */
export function abilitiesLeft(held: Iterable<FaultCode>): ReadonlySet<Ability> {
  const left = new Set<Ability>(abilities)
  for (const code of held) {
    const fault: Fault = faults[code]
    if (fault.severity === 'stop') return new Set()
    for (const ability of fault.removes) left.delete(ability)
  }
  return left
}
