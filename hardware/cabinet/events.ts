/** What a switch of the cabinet stands for. */
export const cabinetRoles = ['door', 'cash-box', 'call-button', 'presence', 'headset'] as const
export type CabinetRole = (typeof cabinetRoles)[number]

/** One input of the module, by the operator's wiring. */
export interface CabinetInput {
  /** Number of the discrete input, 0..63. */
  readonly input: number
  readonly role: CabinetRole
  /** Which one, where there are several: `service`, `cash`; a technician reads it. */
  readonly name: string
  /**
   * What the input reads when a door is open, the cash box is out, the button is pressed, somebody is there, the plug is in. For doors and boxes 0 is
   * right: a switch that is closed while all is well, so that a cut wire reads as open.
   */
  readonly active: 0 | 1
}

export type CabinetEvent =
  /**
   * A switch was read for the first time since the line was opened (`first`), or has changed. `active`: door open, box out, button pressed, somebody there,
   * plug in.
   */
  | { readonly kind: 'switch'; readonly role: CabinetRole; readonly name: string; readonly active: boolean; readonly first: boolean }
  /** The lamp was switched, as read back from the module. */
  | { readonly kind: 'lamp'; readonly on: boolean }

export type CabinetCommand = { readonly kind: 'lamp'; readonly on: boolean }
