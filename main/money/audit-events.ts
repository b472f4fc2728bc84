/** What happens to a booth that an audit tells, and what EVA-DTS calls it (6.1.2, tables 1 coin mechanism, 3 control system, 7 cabinet, 14 bill validator). */
export const auditEventCodes = {
  'power-loss': 'ECA',
  'door-open': 'EGS',
  'cash-box-out': 'ENF',
  'coin-jam': 'EAD',
  'coin-swallowed': 'EAD',
  'coin-fraud': 'EAX',
  'coin-acceptor-failed': 'EAL',
  'coin-acceptor-lost': 'EAR',
  'hopper-jam': 'EAF',
  'hopper-fraud': 'EAX',
  'hopper-failed': 'EAN',
  'hopper-silent': 'EAR',
  'note-jam': 'ENC',
  'note-stacker-full': 'ENE',
  'note-stacker-open': 'ENF',
  'note-fraud': 'ENB',
  'bill-validator-failed': 'ENG',
  'bill-validator-lost': 'ENK',
} as const

export type AuditEventName = keyof typeof auditEventCodes

export function isAuditEvent(name: string): name is AuditEventName {
  return Object.hasOwn(auditEventCodes, name)
}

/** One such event. */
export interface AuditEvent {
  readonly name: AuditEventName
  /** Milliseconds since 1970. */
  readonly at: number
}
