import { text } from '../../contract/text.ts'
import type { Sheet } from '../../contract/sheet.ts'

/** What the window enters from what the applicant says (R078), to write down beforehand with one's own pen; the booth asks for none of it. */
export const windowSheet: Sheet = {
  id: 'window',
  name: text('tw-resident-certificate.window-sheet'),
  native: 'zh-Hant',
  draft: true,
  blocks: [
    { kind: 'sentence', text: text('tw-resident-certificate.window-sheet.sentence'), language: 'zh-Hant' },
    { kind: 'blank', label: text('tw-resident-certificate.blank.mobile') },
    { kind: 'blank', label: text('tw-resident-certificate.blank.mail') },
    { kind: 'blank', label: text('tw-resident-certificate.blank.address'), lines: 2 },
    { kind: 'paragraph', text: text('tw-resident-certificate.window-sheet.check') },
  ],
}

/** What MOICA has to know to suspend by fax (R093), as an outline for the pen: the form itself comes from MOICA (R094). */
export const faxBlanks = ['name', 'number', 'card', 'phone', 'day', 'signature'] as const
export const faxSheet: Sheet = {
  id: 'fax',
  name: text('tw-resident-certificate.fax-sheet'),
  native: 'zh-Hant',
  draft: true,
  blocks: [
    { kind: 'sentence', text: text('tw-resident-certificate.fax-sheet.sentence'), language: 'zh-Hant' },
    ...faxBlanks.map((blank) => ({ kind: 'blank' as const, label: text(`tw-resident-certificate.blank.${blank}`) })),
    { kind: 'paragraph', text: text('tw-resident-certificate.fax-sheet.copy') },
  ],
}
