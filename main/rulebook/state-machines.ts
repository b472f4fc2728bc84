/** What becomes of something: state by state, which event leads where. What a state does not name changes nothing; a state without events is an end. */
export type Machine = Readonly<Record<string, Readonly<Record<string, string>>>>

/** What ends the certificate of a foreign resident in whatever state it is; nobody is asked (B7). */
const endings = { revoke: 'REVOKED', 'number-changed': 'REVOKED', died: 'REVOKED', 'nationality-changed': 'REVOKED', deadline: 'EXPIRED' } as const

/**
 * The procedures of the authorities as machines (B3, B4, B5, B7, B10). Days stand beside them: an event such as `deadline` comes when the function of that
 * deadline says so. A card that is found is released in person only; revoking is for good.
 */
export const machines = {
  /** An application for the My Number Card (B3). */
  application: {
    SUBMITTED: { taken: 'REVIEW', 'stay-ended': 'CANCELLED' },
    REVIEW: { defect: 'DEFECT', approved: 'PRODUCTION', 'stay-ended': 'CANCELLED' },
    DEFECT: { 'applied-again': 'SUBMITTED', 'stay-ended': 'CANCELLED' },
    PRODUCTION: { 'sent-to-municipality': 'SENT_TO_MUNICIPALITY', 'mailed-express': 'EXPRESS_MAILED', 'stay-ended': 'CANCELLED' },
    SENT_TO_MUNICIPALITY: { 'postcard-sent': 'READY', 'stay-ended': 'CANCELLED' },
    READY: { collected: 'COLLECTED', deadline: 'PICKUP_LAPSED', 'stay-ended': 'CANCELLED' },
    PICKUP_LAPSED: { collected: 'COLLECTED', 'stay-ended': 'CANCELLED' },
    COLLECTED: {},
    CANCELLED: {},
    EXPRESS_MAILED: {},
  },
  /** A lost card (B4): suspended by telephone at any time, released in person, abolished at the counter, issued again. */
  'lost-card': {
    IN_USE: { 'phone-call': 'SUSPENDED' },
    SUSPENDED: { 'found-in-person': 'IN_USE', 'police-report': 'SUSPENDED', 'report-at-counter': 'REPORTED_LOST' },
    REPORTED_LOST: { abolish: 'ABOLISHED' },
    ABOLISHED: { 'apply-again': 'REISSUE_APPLIED', 'apply-express': 'REISSUE_APPLIED' },
    REISSUE_APPLIED: { issued: 'REISSUED' },
    REISSUED: {},
  },
  /** A card after a change (B5): who is late to have it entered has it entered late; only a move without notice in time ends the card. */
  card: {
    CURRENT: { changed: 'UPDATE_DUE', renewed: 'CURRENT', extended: 'CURRENT', deadline: 'LAPSED' },
    UPDATE_DUE: { updated: 'CURRENT', 'moved-in': 'CONTINUED_USE_DUE', 'moved-in-late': 'LAPSED', 'moved-without-notice': 'LAPSED', deadline: 'UPDATE_DUE' },
    CONTINUED_USE_DUE: { continued: 'CURRENT', 'moves-again': 'LAPSED', deadline: 'LAPSED' },
    LAPSED: {},
  },
  /** An application for the certificate of foreign residents until its activation (B7). */
  'foreigner-order': {
    NONE: { apply: 'APPLIED_UNPAID' },
    APPLIED_UNPAID: { 'forgot-code': 'APPLIED_UNPAID', paid: 'PAID', deadline: 'DELETED_UNPAID' },
    DELETED_UNPAID: { apply: 'APPLIED_UNPAID' },
    PAID: { mailed: 'PRODUCED_MAILED' },
    PRODUCED_MAILED: { received: 'DELIVERED_INACTIVE' },
    DELIVERED_INACTIVE: { activated: 'VALID' },
    VALID: {},
  },
  /** The certificate of foreign residents (B7); `done` comes after one working day at the latest (R097), and a suspension ends with the certificate. */
  'foreigner-certificate': {
    VALID: { suspend: 'SUSPENDING', ...endings },
    SUSPENDING: { done: 'SUSPENDED', ...endings },
    SUSPENDED: { resume: 'RESUMING', ...endings },
    RESUMING: { done: 'VALID', ...endings },
    REVOKED: {},
    EXPIRED: {},
  },
  /**
   * The citizen certificate (B10, region 1). A suspended one comes back to where it stood, its window opens anew, and the end of its validity is its
   * own end (R125): hence one suspension before and one after the extension.
   */
  'citizen-certificate': {
    NONE: { apply: 'VALID' },
    VALID: { 'window-opens': 'EXTENDABLE', suspend: 'SUSPENDED', revoke: 'REVOKED' },
    EXTENDABLE: { extend: 'VALID_EXT', expiry: 'LAPSED_EXTENDABLE', suspend: 'SUSPENDED', revoke: 'REVOKED' },
    LAPSED_EXTENDABLE: { extend: 'VALID_EXT', deadline: 'DEAD', revoke: 'REVOKED' },
    VALID_EXT: { 'window-opens': 'RENEWABLE', suspend: 'SUSPENDED_EXT', revoke: 'REVOKED' },
    RENEWABLE: { renew: 'RENEWAL_ORDERED', expiry: 'DEAD', suspend: 'SUSPENDED_EXT', revoke: 'REVOKED' },
    RENEWAL_ORDERED: { deadline: 'RENEWABLE', activated: 'VALID', revoke: 'REVOKED' },
    SUSPENDED: { resume: 'VALID', expiry: 'DEAD', revoke: 'REVOKED' },
    SUSPENDED_EXT: { resume: 'VALID_EXT', expiry: 'DEAD', revoke: 'REVOKED' },
    DEAD: { apply: 'VALID', revoke: 'REVOKED' },
    REVOKED: { apply: 'VALID' },
  },
  /** The lock of the chip (B10, region 2), by how many wrong PINs in a row. */
  'chip-lock': {
    OK_0: { wrong: 'OK_1', right: 'OK_0' },
    OK_1: { wrong: 'OK_2', right: 'OK_0' },
    OK_2: { wrong: 'LOCKED', right: 'OK_0' },
    LOCKED: { 'unlocked-with-code': 'OK_0', 'released-by-hotline': 'OK_0', 'reset-at-office': 'OK_0', 'reset-by-delegate': 'OK_0' },
  },
  /** The subscriber code (B10, region 3): a reset at the office sets the PIN to the default as well. */
  'user-code': {
    SET: { forgotten: 'FORGOTTEN' },
    FORGOTTEN: { 'reset-at-office': 'SET', 'reset-by-delegate': 'SET' },
  },
} as const satisfies Readonly<Record<string, Machine>>

export type MachineName = keyof typeof machines

/** Where `event` leads from `state`; null when it has no place there. */
export function nextState(name: MachineName, state: string, event: string): string | null {
  const machine: Machine = machines[name]
  const events = Object.hasOwn(machine, state) ? machine[state]! : {}
  return Object.hasOwn(events, event) ? events[event]! : null
}
