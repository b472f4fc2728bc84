/** What a booth does with a card only under an agreement that allows it: new PINs, signing in, and requests to link something with the card. */
export const agreementNames = ['pin-change', 'sign-in', 'linking'] as const
export type AgreementName = (typeof agreementNames)[number]
