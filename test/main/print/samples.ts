import type { Language } from '../../../main/contract/language.ts'
import type { Slip } from '../../../main/contract/slip.ts'
import { text } from '../../../main/contract/text.ts'
import { catalogueOf } from '../../../main/i18n/catalogue.ts'
import type { SlipSetting } from '../../../main/print/draw-slip.ts'

export const payload = 'https://status.example.jp/?n=2026-1234-5678-9012'

/** A receipt as C2 has it, with every kind of block. */
export function receipt(language: Language): Slip {
  const service = 'jp-mynumber-application'
  return {
    kind: 'receipt',
    language,
    blocks: [
      { kind: 'heading', text: text('slip.received.title') },
      { kind: 'paragraph', text: text('slip.received.body') },
      { kind: 'number', label: text('slip.number'), value: '2026-1234-5678-9012' },
      { kind: 'number', label: text('slip.code'), value: 'X7KM-42PQ' },
      { kind: 'code', payload, caption: text('slip.look-up') },
      { kind: 'rule' },
      { kind: 'field', label: text('slip.time'), value: text('date.time', { date: '2026-11-21', clock: '10:23' }) },
      { kind: 'field', label: text('slip.paid'), value: text('money.amount', { amount: 800 }) },
      { kind: 'field', label: text(`${service}.identifier.short`), value: text('screen.identifier.masked', { last4: '0123' }) },
      { kind: 'field', label: text(`${service}.certificates.short`), value: text(`${service}.certificates.option.authentication`) },
      { kind: 'rule' },
      { kind: 'steps', texts: [text(`${service}.next.month`), text(`${service}.next.bring`), text(`${service}.next.two-months`)] },
    ],
  }
}

/** How to stop, without a code. */
export function stop(language: Language): Slip {
  return {
    kind: 'stop',
    language,
    blocks: [
      { kind: 'heading', text: text('jp-mynumber-application.stop.near.title') },
      { kind: 'steps', texts: [text('jp-mynumber-application.way.municipality'), text('jp-mynumber-application.way.apply')] },
    ],
  }
}

export function setting(changes: Partial<SlipSetting> = {}): SlipSetting {
  return {
    widthDots: 576,
    catalogues: catalogueOf,
    operator: { name: 'エグザンプル・ブース株式会社', phone: '0120-000-000' },
    booth: 'booth-7',
    demo: false,
    ...changes,
  }
}
