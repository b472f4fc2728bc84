/** What the host says (ID-003). */
export const command = {
  status: 0x11,
  reset: 0x40,
  stack1: 0x41,
  stack2: 0x42,
  giveBack: 0x43,
  hold: 0x44,
  wait: 0x45,
  acknowledge: 0x50,
  setDenominations: 0xc0,
  setSecurity: 0xc1,
  setMode: 0xc2,
  setInhibit: 0xc3,
  setDirection: 0xc4,
  setOptions: 0xc5,
  setBarcode: 0xc6,
  setBarcodeInhibit: 0xc7,
  denominations: 0x80,
  security: 0x81,
  inhibit: 0x83,
  direction: 0x84,
  options: 0x85,
  version: 0x88,
  bootVersion: 0x89,
  table: 0x8a,
} as const

/** Where the validator stands. */
export const status = {
  idling: 0x11,
  accepting: 0x12,
  escrow: 0x13,
  stacking: 0x14,
  vendValid: 0x15,
  stacked: 0x16,
  rejecting: 0x17,
  returning: 0x18,
  holding: 0x19,
  disabled: 0x1a,
  initialising: 0x1b,
  powerUp: 0x40,
  powerUpInAcceptor: 0x41,
  powerUpInStacker: 0x42,
  stackerFull: 0x43,
  stackerOpen: 0x44,
  jamInAcceptor: 0x45,
  jamInStacker: 0x46,
  pause: 0x47,
  cheated: 0x48,
  failure: 0x49,
  communicationError: 0x4a,
} as const

/** Answers that are no status: an order was taken, or is not understood now; the device asks to be asked (interrupt modes). */
export const answer = { acknowledged: 0x50, invalid: 0x4b, enquiry: 0x05 } as const

/** Escrow code of the first note; 0x61..0x6e are notes, 0x6f is a ticket. */
export const firstEscrowCode = 0x61

const rejectReasons: Readonly<Record<number, string>> = {
  0x71: 'inserted askew',
  0x72: 'magnetic pattern',
  0x73: 'a note was left in the acceptor',
  0x74: 'compensation',
  0x75: 'conveying',
  0x76: 'denomination not told',
  0x77: 'photo pattern',
  0x78: 'photo level',
  0x79: 'inhibited',
  0x7b: 'operation',
  0x7c: 'a note was left in the stacker',
  0x7d: 'length',
  0x7e: 'photo pattern 2',
}

const failures: Readonly<Record<number, string>> = {
  0xa2: 'stacker motor',
  0xa5: 'transport speed',
  0xa6: 'transport motor',
  0xa7: 'aligning motor',
  0xab: 'cash box not ready',
  0xac: 'optical sensor',
  0xad: 'magnetic sensor',
  0xaf: 'head removed',
  0xb0: 'boot ROM',
  0xb1: 'external ROM',
  0xb2: 'ROM',
  0xb3: 'external ROM write',
}

const hex = (code: number | undefined) => (code === undefined ? 'no code' : code.toString(16).padStart(2, '0').toUpperCase())

/** Why a note was refused, in words; an unknown reason in hexadecimal. */
export function rejectName(reason: number | undefined): string {
  return rejectReasons[reason ?? 0] ?? `reason ${hex(reason)}`
}

/** What has failed, in words; an unknown code in hexadecimal. */
export function failureName(code: number | undefined): string {
  return failures[code ?? 0] ?? `failure ${hex(code)}`
}

/** The name of a status that nobody knows. */
export function unknownStatusName(code: number): string {
  return `status ${hex(code)}`
}
