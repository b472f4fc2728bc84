import { acceptorHeaders, acknowledge, anyText, coreHeaders, type Header } from '../../cctalk/headers.ts'

/** The commands that the host sends to a bill validator. */
export const headers = {
  ...coreHeaders,
  ...acceptorHeaders,
  events: { code: 159, name: 'buffered bill events', reply: [11, 11] },
  billId: { code: 157, name: 'bill identifier', reply: anyText },
  scaling: { code: 156, name: 'country scaling factor', reply: [3, 3] },
  /** Acknowledged, or one byte: 254 the escrow is empty, 255 it failed (CT2 3.98). */
  route: { code: 154, name: 'route bill', reply: [0, 1] },
  setMode: { code: 153, name: 'set operating mode', reply: acknowledge },
  mode: { code: 152, name: 'operating mode', reply: [1, 1] },
  currencyRevision: { code: 145, name: 'currency revision', reply: anyText },
} as const satisfies Record<string, Header>

/** Route codes of header 154, and the error that matters: there is no note (CT2 3.98). */
export const route = { giveBack: 0, stack: 1, extend: 255, isEmpty: 254 } as const

/** Operating mode bits of header 153: stacker and escrow in use (CT2 3.99). */
export const operatingMode = { stacker: 1, escrow: 2 } as const
