import type { Screen } from '../../main/contract/view.ts'

/** What the view holds on one screen. */
export type ViewOf<Name extends Screen['screen']> = Extract<Screen, { readonly screen: Name }>
