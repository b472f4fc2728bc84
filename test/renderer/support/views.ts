import { checkIds } from '../../../face/thresholds.ts'
import { text } from '../../../main/contract/text.ts'
import type { ClaimView, Frame, Overlay, PhoneLine, Screen, View } from '../../../main/contract/view.ts'
import { myNumberApplication } from '../../../main/services/jp-mynumber-application/service.ts'
import { idPhoto } from '../../../main/services/jp-photo/service.ts'
import { reviewItems } from '../../../main/services/jp-mynumber-application/fields.ts'
import { situation } from '../../support/situation.ts'
import { cardScreens } from './card-views.ts'
import { guideCases } from './guide-views.ts'
import { staffScreens } from './staff-views.ts'

const service = myNumberApplication.id
const here = situation({
  answers: { stay: 'pending', 'stay-until': '2027-01-10', 'combined-card': 'yes', form: 'with-code', printed: 'same', applicant: 'adult', cause: 'first' },
  sendsLater: true,
})

/** What stands around a screen, of an invented operator with a long name. */
export const frame: Frame = {
  language: 'en',
  languages: ['ja', 'en', 'zh-Hant'],
  display: { low: false, contrast: false, pxPerMm: 4.03 },
  operator: { name: 'Sakura Photo Booths Kansai Co., Ltd.', phone: '0120-000-000' },
  booth: 'ekimae-02',
  demo: true,
  progress: null,
  money: null,
  notice: null,
  can: { back: true, cancel: true },
  cameraLabel: '',
  photoAhead: false,
  overlay: null,
}

const price = { amount: 800, currency: 'JPY' }
const coins = [10, 50, 100, 500]
const inStep = (step: number) => ({ progress: { step, of: myNumberApplication.sections } })
const paid = { money: { currency: 'JPY', price: 800, inserted: 800, missing: 0 } }
const halfPaid = { money: { currency: 'JPY', price: 800, inserted: 600, missing: 200 } }
const noMoney = { money: { currency: 'JPY', price: 800, inserted: 0, missing: 800 } }

const lines: readonly PhoneLine[] = [
  { number: '0120-000-000', language: 'ja', purpose: 'booth', open: true, until: null },
  { number: '0120-95-0178', language: 'ja', purpose: 'card', open: true, until: '20:00' },
  { number: '0120-0178-27', language: 'en', purpose: 'suspend', open: true, until: null },
  { number: '0120-0178-26', language: 'en', purpose: 'system', open: false, until: '09:30' },
]

const claim = (print: ClaimView['print']): ClaimView => ({ number: 'C-1234-5678', code: 'K7WM-3QXD', amount: 500, currency: 'JPY', print })

/** One named situation of the booth. */
export interface Case {
  readonly name: string
  readonly view: View
}

function named(name: string, screen: Screen, around: Partial<Frame> = {}): Case {
  return { name, view: { ...frame, ...around, ...screen } }
}

const attention = (key: string) => ({ notice: { tone: 'attention' as const, text: text(key) } })

function stepCases(): readonly Case[] {
  return myNumberApplication.steps.flatMap((step): readonly Case[] => {
    const words = (rest: string) => text(`${service}.${step.id}.${rest}`)
    if (step.kind === 'choice')
      return [
        named(
          `question-${step.id}`,
          {
            screen: 'question',
            step: step.id,
            title: words('title'),
            hint: words('hint'),
            picture: step.picture,
            options: step.options.map((value) => ({ value, label: words(`option.${value}`) })),
            chosen: step.id === 'braille' ? 'no' : null,
          },
          { ...inStep(step.section), ...(step.section > 3 ? paid : {}) },
        ),
      ]
    if (step.kind === 'info')
      return [
        named(
          `info-${step.id}`,
          { screen: 'info', step: step.id, picture: step.picture, title: words('title'), body: step.body(here) },
          inStep(step.section),
        ),
      ]
    if (step.kind === 'date')
      return [
        named(
          `date-${step.id}`,
          { screen: 'date', step: step.id, title: words('title'), hint: words('hint'), eras: step.eras, ...step.range(here.today), chosen: null },
          { ...inStep(step.section), ...paid },
        ),
      ]
    return []
  })
}

const stops = [
  ['no-form', ['municipality']],
  ['handwritten', ['mail']],
  ['address', ['municipality', 'apply']],
  ['near', ['immigration', 'municipality', 'apply']],
  ['representative', ['together']],
] as const

function stopCases(): readonly Case[] {
  return stops.map(([reason, ways], index) =>
    named(
      `stop-${reason}`,
      {
        screen: 'stop',
        reason,
        title: text(`${service}.stop.${reason}.title`),
        body: [text(`${service}.stop.${reason}.body`)],
        ways: ways.map((way) => text(`${service}.way.${way}`)),
        print: (['printing', 'printed', 'not-printed'] as const)[index % 3] ?? 'printed',
      },
      { can: { back: true, cancel: false } },
    ),
  )
}

const answers = { applicant: 'adult', cause: 'renewal-letter', birth: '1996-12-21', certificates: 'both', braille: 'no' }
const over = (overlay: Overlay) => ({ overlay })
const scan = { screen: 'scan', purpose: 'application', result: 'waiting', scanner: true, camera: true, canType: true } as const
const next = (steps: readonly string[]) => steps.map((step) => text(`${service}.next.${step}`))
const slip = { number: '2026-1234-5678-9012', code: 'AB2C-D3EF' }
const question: Screen = {
  screen: 'question',
  step: 'braille',
  title: text(`${service}.braille.title`),
  hint: text(`${service}.braille.hint`),
  picture: 'card',
  options: ['no', 'yes'].map((value) => ({ value, label: text(`${service}.braille.option.${value}`) })),
  chosen: null,
}

/** A photo that is paid and comes out, for each way. */
function deliveryCases(): readonly Case[] {
  const step = idPhoto.steps.find(({ kind }) => kind === 'deliver')
  if (step?.kind !== 'deliver') throw new Error('nothing is delivered')
  const ways = [
    ['mail', { sheet: 'printing', handOver: 'none', delivered: false }],
    ['mail', { sheet: 'failed', handOver: 'none', delivered: false }],
    ['mail', { sheet: 'printed', handOver: 'none', delivered: true }],
    ['smartphone', { sheet: 'none', handOver: 'ready', delivered: true }],
    ['pc', { sheet: 'printed', handOver: 'ready', delivered: true }],
  ] as const
  return ways.map(([route, state]) => {
    const { title, blocks } = step.delivery({ ...here, answers: { route, sheet: 'yes' } })
    const isReady = state.handOver === 'ready'
    const choose = state.sheet === 'failed' && state.handOver === 'none'
    return named(
      `delivery-${route}-${state.sheet}`,
      {
        screen: 'delivery',
        step: 'deliver',
        title,
        ...state,
        link: isReady ? `https://photo.sakura-photo.example/photo#${'Ab3-'.repeat(10)}xyz` : null,
        until: isReady ? text('date.time', { date: '2026-11-22', clock: '10:15' }) : null,
        choose,
        credit: choose ? 800 : 0,
        currency: 'JPY',
        blocks,
        print: state.delivered ? 'printed' : null,
      },
      { progress: { step: 5, of: 5 } },
    )
  })
}

/** Every screen in every state that looks different, with the words of the real service. */
export const cases: readonly Case[] = [
  named('starting', { screen: 'starting' }),
  named('attract', { screen: 'attract', services: [{ id: service, group: 'japan', price, available: true, reasons: [] }], coming: false, notes: [1000], change: true }, { can: { back: false, cancel: false } }),
  named('attract-exact', { screen: 'attract', services: [{ id: service, group: 'japan', price, available: true, reasons: [] }], coming: false, notes: [], change: false }, { can: { back: false, cancel: false } }),
  named(
    'attract-closed',
    {
      screen: 'attract',
      services: [
        { id: service, group: 'japan', price, available: false, reasons: [text('fault.printer-paper-out.resident'), text('fault.camera-missing.resident')] },
      ],
      coming: false,
      notes: [],
      change: false,
    },
    { can: { back: false, cancel: false } },
  ),
  named(
    'attract-coming',
    { screen: 'attract', services: [{ id: service, group: 'japan', price, available: false, reasons: [text('ui.starting')] }], coming: true, notes: [], change: true },
    { can: { back: false, cancel: false } },
  ),
  named(
    'out-of-service',
    {
      screen: 'out-of-service',
      reasons: (['journal-unreadable', 'printer-paper-out'] as const).map((code) => ({ code, text: text(`fault.${code}.resident`) })),
      lines,
    },
    { can: { back: false, cancel: false } },
  ),
  named('languages', { screen: 'languages' }, { can: { back: false, cancel: true } }),
  named('offer', { screen: 'offer', service, price, coins, notes: [], change: false, bring: myNumberApplication.bring, test: true }),
  named('offer-notes', { screen: 'offer', service, price, coins, notes: [1000], change: true, bring: myNumberApplication.bring, test: true }),
  named(
    'consent',
    {
      screen: 'consent',
      step: 'privacy',
      sections: (['purpose', 'receiver', 'keeping', 'rights', 'contact', 'terms'] as const).map((section) => ({
        title: text(`consent.${section}`),
        body: text(`pack.${section}`),
      })),
      boxes: (['privacy', 'terms', 'age'] as const).map((id) => ({ id, label: text(`${service}.privacy.box.${id}`) })),
    },
    inStep(1),
  ),
  ...stepCases(),
  ...stopCases(),
  named('payment', { screen: 'payment', coins, notes: [], open: true, change: true, note: null }, { ...inStep(2), ...noMoney }),
  named('payment-notes', { screen: 'payment', coins, notes: [1000], open: true, change: true, note: null }, { ...inStep(2), ...noMoney }),
  named('payment-note', { screen: 'payment', coins, notes: [], open: true, change: true, note: { value: 1000, change: 200, waits: true } }, { ...inStep(2), ...noMoney }),
  named('payment-counting', { screen: 'payment', coins, notes: [], open: true, change: true, note: { value: 1000, change: 200, waits: false } }, { ...inStep(2), ...noMoney }),
  named(
    'payment-part',
    { screen: 'payment', coins, notes: [], open: true, change: false, note: null },
    { ...inStep(2), ...halfPaid, can: { back: false, cancel: true }, ...attention('coin.returned') },
  ),
  named(
    'payment-closed',
    { screen: 'payment', coins, notes: [], open: false, change: false, note: null },
    { ...inStep(2), ...halfPaid, can: { back: false, cancel: true } },
  ),
  named('scan', scan, { ...inStep(3), ...paid, can: { back: false, cancel: true } }),
  named(
    'scan-scanner',
    { ...scan, camera: false },
    { ...inStep(3), ...paid, ...attention('scan.individual-number'), can: { back: false, cancel: true } },
  ),
  named('scan-camera', { ...scan, scanner: false, canType: false }, { ...inStep(3), ...paid }),
  named('scan-test', { ...scan, purpose: 'test', canType: false }),
  named('scan-readable', { ...scan, purpose: 'test', result: 'readable', canType: false }),
  named('scan-not-readable', { ...scan, purpose: 'test', result: 'not-readable', canType: false }, attention('scan.not-application')),
  named('typed-id', { screen: 'typed-id', round: 1, groups: [4, 4, 4, 4, 4, 3] }, { ...inStep(3), ...paid }),
  named('typed-id-again', { screen: 'typed-id', round: 2, groups: [4, 4, 4, 4, 4, 3] }, { ...inStep(3), ...paid, ...attention('typing.length') }),
  named('identifier', { screen: 'identifier', last4: '6789', digits: 23 }, { ...inStep(3), ...paid }),
  named('photo', { screen: 'photo', attempt: 1, attempts: 6, working: false, canShoot: true, limits: {} }, { ...inStep(5), ...paid, photoAhead: true }),
  named('photo-models-altered', { screen: 'photo', attempt: 1, attempts: 6, working: false, canShoot: false, limits: {} }, { ...inStep(5), ...paid, ...attention('photo.models-altered'), photoAhead: true }),
  named(
    'photo-working',
    { screen: 'photo', attempt: 2, attempts: 6, working: true, canShoot: false, limits: {} },
    { ...inStep(5), ...paid, can: { back: false, cancel: false } },
  ),
  ...deliveryCases(),
  named('photo-review', { screen: 'photo-review', attempt: 2, attempts: 6, checks: checkIds.map((id) => ({ id, ok: true })) }, { ...inStep(5), ...paid }),
  named(
    'photo-review-failed',
    { screen: 'photo-review', attempt: 2, attempts: 6, checks: checkIds.map((id) => ({ id, ok: id !== 'mouth' && id !== 'background' && id !== 'eyes-covered' })) },
    { ...inStep(5), ...paid },
  ),
  named(
    'review',
    { screen: 'review', items: reviewItems(answers, '6789'), price, consent: text(`${service}.review.consent`) },
    { ...inStep(6), ...paid },
  ),
  named('paying-out', { screen: 'paying-out', amount: 200, currency: 'JPY' }, { ...inStep(6), can: { back: false, cancel: false } }),
  named('sending', { screen: 'sending' }, { ...inStep(6), ...paid, can: { back: false, cancel: false } }),
  named(
    'receipt-received',
    { screen: 'receipt', status: 'received', reason: null, ...slip, print: 'printed', next: next(['month', 'bring', 'two-months']), claim: null },
    { ...inStep(7), can: { back: false, cancel: false } },
  ),
  named(
    'receipt-no-slip',
    {
      screen: 'receipt',
      status: 'received',
      reason: null,
      ...slip,
      print: 'not-printed',
      next: next(['month', 'bring', 'two-months']),
      claim: claim('not-printed'),
    },
    { ...inStep(7), can: { back: false, cancel: false } },
  ),
  named(
    'receipt-not-confirmed',
    {
      screen: 'receipt',
      status: 'not-confirmed',
      reason: null,
      ...slip,
      print: 'printing',
      next: next(['look-up', 'no-second', 'month']),
      claim: null,
    },
    { ...inStep(7), can: { back: false, cancel: false } },
  ),
  named(
    'receipt-parked',
    { screen: 'receipt', status: 'parked', reason: null, ...slip, print: 'printed', next: next(['look-up', 'undecided', 'call']), claim: null },
    { ...inStep(7), can: { back: false, cancel: false } },
  ),
  named(
    'receipt-refused',
    {
      screen: 'receipt',
      status: 'refused',
      reason: text('refusal.malformed'),
      ...slip,
      print: 'printed',
      next: next(['money', 'office']),
      claim: claim('printed'),
    },
    { ...inStep(7), can: { back: false, cancel: false } },
  ),
  named('claim', { screen: 'claim', claim: claim('printed'), why: text('slip.claim.why.cancelled') }, { can: { back: false, cancel: false } }),
  named(
    'claim-no-slip',
    { screen: 'claim', claim: claim('not-printed'), why: text('slip.claim.why.abandoned') },
    { can: { back: false, cancel: false } },
  ),
  named('held', { screen: 'held', counting: false, credit: 600, currency: 'JPY', canContinue: true }, { ...halfPaid, can: { back: false, cancel: false } }),
  named('leave', { screen: 'leave', card: false }, { can: { back: false, cancel: false } }),
  ...Object.entries(cardScreens).map(([name, screen]) => named(name, screen, inStep(2))),
  named('goodbye', { screen: 'goodbye', kept: 'nothing', sent: true }, { can: { back: false, cancel: false } }),
  named('goodbye-locked', { screen: 'goodbye', kept: 'locked-copy', sent: true }, { can: { back: false, cancel: false } }),
  ...Object.entries(staffScreens).map(([name, screen]) => named(name, screen, { can: { back: false, cancel: false } })),
  ...guideCases(named),
  named('over-still-there', question, { ...inStep(4), ...paid, ...over({ kind: 'still-there', seconds: 20, canExtend: true, credit: 800 }) }),
  named('over-still-there-last', question, { ...inStep(4), ...over({ kind: 'still-there', seconds: 20, canExtend: false, credit: 0 }) }),
  named('over-help', question, { ...inStep(4), ...paid, ...over({ kind: 'help', lines, text: text('help.choice') }) }),
  named('over-cancel', question, { ...inStep(4), ...paid, ...over({ kind: 'cancel', credit: 800, note: 0 }) }),
  named('over-cancel-nothing', question, { ...inStep(1), ...over({ kind: 'cancel', credit: 0, note: 0 }) }),
]
