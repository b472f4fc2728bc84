import type { Block } from '../../contract/block.ts'
import { text } from '../../contract/text.ts'
import { heading, paragraph, said } from '../blocks.ts'
import type { Situation } from '../service.ts'
import { counter } from '../taiwan.ts'

/** The offices that issue the certificate: which, when, and whether they are open now (R101, R103). */
export function offices(situation: Situation): readonly Block[] {
  return [heading(text('tw-citizen-certificate.offices')), ...said(situation, 'R101', 'R103').map(paragraph), ...counter(situation, 'R103')]
}
