import type { DemoKeyName } from './demo-key.ts'

/** What opens a file or a key: nothing is needed, nothing helps, or any one of these PINs. */
export type Opens = 'free' | 'never' | readonly string[]

/** A file of a card. What it holds is worked out when it is read. */
export type CardFile =
  | { readonly kind: 'transparent'; readonly opens: Opens; content(): Uint8Array }
  | { readonly kind: 'records'; readonly opens: Opens; records(): readonly Uint8Array[] }
  /** A PIN of that name; which command changes it, and to what. */
  | { readonly kind: 'pin'; readonly pin: string; readonly change: 'reference-data' | 'key' | null; readonly format: RegExp }
  | { readonly kind: 'key'; readonly opens: Opens; readonly key: DemoKeyName; readonly use: 'sign' | 'authenticate' }
  /** There, selectable, and of no use to anybody outside of the card. */
  | { readonly kind: 'internal' }

/** An application (dedicated file). */
export interface CardApplication {
  readonly name: string
  /** Hexadecimal, lower case. */
  readonly aid: string
  /** By file identifier. */
  readonly files: ReadonlyMap<number, CardFile>
  /** What GET DATA gives, by tag. */
  readonly objects: ReadonlyMap<number, Uint8Array>
  /** The key that P2 `00` of COMPUTE DIGITAL SIGNATURE means. */
  readonly ownKey?: DemoKeyName
}
