import { acknowledge, coreHeaders, type Header } from '../cctalk/headers.ts'

/** The commands that the host sends to a hopper ("Payout", CT3 appendix 13). */
export const headers = {
  ...coreHeaders,
  level: { code: 217, name: 'high and low level', reply: [1, 1] },
  emergencyStop: { code: 172, name: 'emergency stop', reply: [1, 1] },
  coin: { code: 171, name: 'hopper coin', reply: [1, 16] },
  total: { code: 168, name: 'dispense count', reply: [3, 3] },
  dispense: { code: 167, name: 'dispense', reply: [0, 1] },
  status: { code: 166, name: 'hopper status', reply: [4, 4] },
  enable: { code: 164, name: 'enable', reply: acknowledge },
  test: { code: 163, name: 'test hopper', reply: [1, 3] },
  cipherKey: { code: 160, name: 'cipher key', reply: [8, 8] },
} as const satisfies Record<string, Header>
