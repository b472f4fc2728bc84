/** The secrets of a My Number Card that a resident may have to do with here: 4 digits, and a password. */
export const pinKinds = ['authentication', 'signature'] as const
export type PinKind = (typeof pinKinds)[number]

/** How long each is, and which keys write it. */
export const pinForms = {
  authentication: { keys: 'digits', least: 4, most: 4 },
  signature: { keys: 'letters', least: 6, most: 16 },
} as const satisfies Record<PinKind, { readonly keys: 'digits' | 'letters'; readonly least: number; readonly most: number }>

/** Whether a card of this kind can have such a secret: 4 digits; 6 to 16 of A–Z and 0–9 with one of each at least. Nothing is mended: a try is never spent on a slip. */
export function pinFits(kind: PinKind, pin: string): boolean {
  return (kind === 'authentication' ? /^[0-9]{4}$/ : /^(?=.*[A-Z])(?=.*[0-9])[A-Z0-9]{6,16}$/).test(pin)
}
