import { text } from '../../../main/contract/text.ts'
import type { Frame, OfferedService, Screen, View } from '../../../main/contract/view.ts'
import type { Answers, Service, Step } from '../../../main/services/service.ts'
import { serviceOf, services } from '../../../main/services/services.ts'
import { situation } from '../../support/situation.ts'

type AdviceScreen = Extract<Screen, { readonly screen: 'advice' }>

function stepOf<Kind extends Step['kind']>(service: Service, id: string, kind: Kind): Extract<Step, { readonly kind: Kind }> {
  const step = service.steps.find((candidate) => candidate.id === id)
  if (step?.kind !== kind) throw new Error(`${service.id} has no ${kind} ${id}`)
  return step as Extract<Step, { readonly kind: Kind }>
}

/** What `service` advises at `step` for these answers. */
function advice(service: string, step: string, answers: Answers, around: Partial<AdviceScreen> = {}): Screen {
  const here = situation({ answers, language: 'en' })
  const { tone, title, blocks, sheets = [] } = stepOf(serviceOf(service), step, 'advice').advise(here)
  const offers = sheets.map(({ id, name }) => ({ id, name, print: 'possible' as const }))
  return { screen: 'advice', step, tone, title, blocks, print: 'possible', sheets: offers, last: true, others: true, ...around }
}

function field(service: string, step: string, entered: string): Screen {
  const { keys, longest, secret, optional } = stepOf(serviceOf(service), step, 'field')
  const words = (rest: string) => text(`${service}.${step}.${rest}`)
  return { screen: 'field', step, title: words('title'), hint: words('hint'), keys, longest, secret, optional, entered }
}

function question(service: string, step: string): Screen {
  const { options, picture } = stepOf(serviceOf(service), step, 'choice')
  const words = (rest: string) => text(`${service}.${step}.${rest}`)
  return { screen: 'question', step, title: words('title'), hint: words('hint'), picture, options: options.map((value) => ({ value, label: words(`option.${value}`) })), chosen: null }
}

function offered(unavailable: readonly string[] = []): readonly OfferedService[] {
  return services.map(({ id, group, steps }) => ({
    id,
    group,
    price: { amount: steps.some(({ kind }) => kind === 'payment') ? 800 : 0, currency: 'JPY' },
    available: !unavailable.includes(id),
    reasons: unavailable.includes(id) ? [text('fault.camera-missing.resident')] : [],
  }))
}

/** The screens of services that only guide, and of a booth that offers many. */
export function guideCases(named: (name: string, screen: Screen, around?: Partial<Frame>) => { readonly name: string; readonly view: View }) {
  const resting = { can: { back: false, cancel: false } }
  const inStep = (step: number) => ({ progress: { step, of: 3 } })
  return [
    named('attract-many', { screen: 'attract', services: offered(), coming: false, notes: [], change: false }, resting),
    named('attract-guides', { screen: 'attract', services: offered(['jp-mynumber-application']), coming: false, notes: [], change: true }, resting),
    named('menu', { screen: 'menu', services: offered() }),
    named('menu-unavailable', { screen: 'menu', services: offered(['jp-mynumber-application']) }, { notice: { tone: 'attention', text: text('fault.camera-missing.resident') } }),
    named('offer-free', { screen: 'offer', service: 'jp-card-lost', price: { amount: 0, currency: 'JPY' }, coins: [], notes: [], change: false, bring: serviceOf('jp-card-lost').bring, test: false }),
    named('question-tongue', question('phone-lines', 'tongue'), inStep(1)),
    named('field-letters', field('tw-resident-certificate', 'number', 'A8000000'), inStep(2)),
    named('field-problem', field('tw-resident-certificate', 'number', 'A800000015'), {
      ...inStep(2),
      notice: { tone: 'attention', text: text('tw-resident-certificate.number.problem.check-digit') },
    }),
    named('asking', { screen: 'asking', step: 'ask', title: text('tw-resident-certificate.ask.title') }, { ...inStep(2), can: { back: false, cancel: false } }),
    named('advice-line', advice('phone-lines', 'line', { topic: 'suspend', tongue: 'th' }, { print: 'printed' }), inStep(3)),
    named('advice-lost', advice('jp-card-lost', 'call', {}, { last: false, print: 'printing' }), inStep(1)),
    named('advice-lost-next', advice('jp-card-lost', 'next', { where: 'outside', reported: 'yes', 'reported-on': '2026-11-20' }), inStep(3)),
    named('advice-care', advice('jp-card-care', 'update', { topic: 'update', changed: '2026-11-10' }, { print: 'not-printed' }), inStep(3)),
    named('advice-taiwan', advice('tw-resident-certificate', 'can-apply', { topic: 'apply', birth: '2000-01-01', document: 'chip', 'document-until': '2027-01-01', who: 'self' }, { print: 'none', others: false }), inStep(3)),
    named('help-menu', { screen: 'menu', services: offered() }, {
      overlay: {
        kind: 'help',
        text: text('help.menu'),
        lines: [
          { number: '0120-000-000', language: 'en', purpose: 'booth', open: true, until: null },
          { number: '0120-0178-27', language: 'en', purpose: 'suspend', open: true, until: null },
          { number: '0120-95-0178', language: 'ja', purpose: 'suspend', open: true, until: null },
          { number: '0120-0178-27', language: 'en', purpose: 'card', open: true, until: '20:00' },
          { number: '0120-95-0178', language: 'ja', purpose: 'card', open: true, until: '20:00' },
          { number: '0800-080-117', language: 'zh', purpose: 'certificate', open: false, until: '08:30' },
        ],
      },
    }),
  ]
}
