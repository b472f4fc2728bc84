import { acceptorHeaders, acknowledge, anyText, coreHeaders, type Header } from '../cctalk/headers.ts'

/** The commands that the host sends to a coin acceptor. */
export const headers = {
  ...coreHeaders,
  ...acceptorHeaders,
  credits: { code: 229, name: 'buffered credits', reply: [11, 11] },
  setSorterPath: { code: 210, name: 'set sorter path', reply: acknowledge },
  sorterPath: { code: 209, name: 'sorter path', reply: [1, 4] },
  acceptCount: { code: 225, name: 'accept counter', reply: [3, 3] },
  acceptCountOf: { code: 150, name: 'accept counter of a coin', reply: [3, 3] },
  coinId: { code: 184, name: 'coin identifier', reply: anyText },
} as const satisfies Record<string, Header>
