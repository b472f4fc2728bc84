/** What a command is and what its reply may look like (ccTalk CT2, packet lengths CT3 table 8). */
export interface Header {
  readonly code: number
  readonly name: string
  /** Least and most data bytes of the reply; a reply of another length answers another command. */
  readonly reply: readonly [least: number, most: number]
}

/** Reply lengths that many commands share: a name in ASCII, an acknowledgement without data. */
export const anyText = [1, 255] as const
export const acknowledge = [0, 0] as const

/** The commands that every ccTalk device may know (CT3 appendix 13, "core" and "core plus"). */
export const coreHeaders = {
  simplePoll: { code: 254, name: 'simple poll', reply: acknowledge },
  pollingPriority: { code: 249, name: 'polling priority', reply: [2, 2] },
  manufacturer: { code: 246, name: 'manufacturer', reply: anyText },
  category: { code: 245, name: 'equipment category', reply: anyText },
  product: { code: 244, name: 'product code', reply: anyText },
  serial: { code: 242, name: 'serial number', reply: [3, 4] },
  software: { code: 241, name: 'software revision', reply: anyText },
  build: { code: 192, name: 'build code', reply: anyText },
  commsRevision: { code: 4, name: 'comms revision', reply: [3, 3] },
  commsStatus: { code: 2, name: 'comms status', reply: [3, 3] },
  reset: { code: 1, name: 'reset', reply: acknowledge },
} as const satisfies Record<string, Header>

/** The commands that coin acceptors and bill validators share: what is let in, and how the device is. */
export const acceptorHeaders = {
  selfCheck: { code: 232, name: 'self-check', reply: [1, 2] },
  setInhibits: { code: 231, name: 'set inhibits', reply: acknowledge },
  inhibits: { code: 230, name: 'inhibits', reply: [1, 16] },
  setMasterInhibit: { code: 228, name: 'set master inhibit', reply: acknowledge },
  masterInhibit: { code: 227, name: 'master inhibit', reply: [1, 1] },
  optionFlags: { code: 213, name: 'option flags', reply: [1, 1] },
} as const satisfies Record<string, Header>
