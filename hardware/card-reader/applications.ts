/** The applications on cards that this booth knows, by their full identifiers. */
export const applicationIds = {
  /** Public certification service (公的個人認証) on the My Number Card. */
  jpki: 'd392f000260100000001',
  /** Input support (券面事項入力補助): the four attributes, and files that are never touched. */
  'input-support': 'd3921000310001010408',
  /** Common card (共通カード): the card's own expiry. */
  common: 'd3921000310001010100',
  /** MOICA, second generation. */
  'moica-2': 'a0000002830000062201696400010101',
  /** National Health Insurance card of Taiwan: selected to tell the wrong card, and nothing more. */
  nhi: 'd1580000010000000000000000001100',
} as const

/** How each application is selected: what stands before its identifier, and behind it (MOICA's card is asked for its answer). */
export const selectForms: Readonly<Record<ApplicationId, { readonly head: string; readonly tail: string }>> = {
  jpki: { head: '00a4040c', tail: '' },
  'input-support': { head: '00a4040c', tail: '' },
  common: { head: '00a4040c', tail: '' },
  'moica-2': { head: '00a4040c', tail: '00' },
  nhi: { head: '00a40400', tail: '' },
}

export type ApplicationId = keyof typeof applicationIds

/** Where a card may stand: before any application, in one of them, or in the file system of a first-generation MOICA card. */
export type Place = 'none' | ApplicationId | 'moica-1'
