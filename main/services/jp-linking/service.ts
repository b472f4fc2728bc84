import type { CardFacts } from '../../../hardware/card-reader/events.ts'
import type { Block } from '../../contract/block.ts'
import { text, type Text } from '../../contract/text.ts'
import { valueOn } from '../../rulebook/rulebook.ts'
import { attention, checked, field, heading, paragraph, said, steps } from '../blocks.ts'
import { findings } from '../jp-card-check/my-number.ts'
import type { Advice, Service, Situation } from '../service.ts'

/** What can be linked with the card, and the rules that say what it is. */
const rulesOf = { 'health-insurance': ['health-card'], 'benefit-account': ['benefit-account', 'bank-numbering'], licence: ['driver-licence'] } as const
type Topic = keyof typeof rulesOf

/** What a newspaper told of a plan in 2020; the headline about another country (R069) is no rule and not shown. */
const history = ['R060', 'R061', 'R062', 'R063', 'R064', 'R065', 'R066', 'R067', 'R068']

const name = (rest: string, values?: Text['values']) => text(`jp-linking.${rest}`, values)
const isLink = ({ answers }: Situation) => answers['topic'] !== 'history'
const withCard = (situation: Situation) => isLink(situation) && situation.answers['with-card'] === 'yes'

/** Whether a card can be used for a request: a My Number Card whose certificate is good and whose PIN can be tried. */
export function isUsable(card: CardFacts | null, situation: Situation): boolean {
  return card?.kind === 'my-number' && card.token === 'card' && findings(card, situation).every(({ id }) => !/^(?:card-expired|certificate-(?!soon)|blocked-authentication)/.test(id))
}

/** A request exists only where the operator has both agreements, and goes only with a card that proves its holder (section 0, 20). */
const canRequest = (situation: Situation) =>
  withCard(situation) && situation.agreements.includes('linking') && situation.agreements.includes('sign-in') && isUsable(situation.card, situation)
const requests = (situation: Situation) => canRequest(situation) && situation.answers['request'] === 'yes'
const signedIn = ({ replies }: Situation) => replies['sign-in']?.ok === true

function cardLines(situation: Situation): readonly Block[] {
  const { card } = situation
  if (!card || !withCard(situation)) return []
  const state = card.kind !== 'my-number' || card.token !== 'card' ? 'other' : isUsable(card, situation) ? 'good' : 'not-usable'
  return [field(name('card'), name(`card.${state}`))]
}

/** What became of a request; nothing where none was made. */
function requestLines(situation: Situation): readonly Block[] {
  if (!requests(situation)) return []
  const reply = situation.replies['request-sent'] ?? situation.replies['sign-in']
  if (!reply) return []
  if (!reply.ok) return [attention(name(`request.${reply.code}`))]
  const { number } = reply.facts
  return [paragraph(name('request.received')), ...(number === undefined ? [] : [{ kind: 'number' as const, label: name('request.number'), value: number }])]
}

function adviseHistory(situation: Situation): Advice {
  return {
    tone: 'plain',
    title: name('history.title'),
    blocks: [
      attention(name('history.body')),
      ...said(situation, ...history).map(paragraph),
      heading(name('history.today')),
      ...said(situation, 'bank-numbering', 'benefit-account', 'health-card', 'driver-licence').map(paragraph),
      ...checked(situation, 'R060', 'bank-numbering', 'health-card', 'driver-licence'),
    ],
  }
}

/** What a link is, who may have it, that nobody has to, and the ways to it; the plan of 2020 as history (B6, R027, R035, R060–R068). */
export function adviseLinking(situation: Situation): Advice {
  const topic = situation.answers['topic'] as Topic | 'history'
  if (topic === 'history') return adviseHistory(situation)
  const { rulebook, today } = situation
  const ways = valueOn(rulebook, 'linking-ways', today)[topic]
  const portal = valueOn(rulebook, 'mynaportal', today)
  return {
    tone: 'plain',
    title: name(`${topic}.title`),
    blocks: [
      ...requestLines(situation),
      paragraph(name(`${topic}.what`)),
      ...said(situation, ...rulesOf[topic]).map(paragraph),
      paragraph(name('voluntary')),
      field(name('who'), name(`${topic}.who`)),
      ...cardLines(situation),
      heading(name('ways')),
      steps(...ways.map((way) => name(`way.${way}`))),
      paragraph(name(`${topic}.needs`)),
      ...(ways.includes('mynaportal') ? [{ kind: 'code' as const, payload: portal, caption: name('portal', { portal }) }] : []),
      paragraph(name('no-account')),
      ...said(situation, 'R027').map(paragraph),
      ...checked(situation, ...rulesOf[topic], 'linking-ways'),
    ],
  }
}

/** Health insurance, the account for benefits and the driver's licence on the card: explained, the card looked at, and the way handed over. */
export const linking: Service = {
  id: 'jp-linking',
  zone: 'Asia/Tokyo',
  group: 'japan',
  needs: ['remember'],
  sections: 3,
  bring: [name('bring.card')],
  lines: ['card', 'system'],
  application: null,
  steps: [
    { id: 'topic', section: 1, kind: 'choice', picture: 'card', options: ['health-insurance', 'benefit-account', 'licence', 'history'] },
    { id: 'with-card', section: 1, kind: 'choice', picture: 'card', options: ['yes', 'no'], when: isLink },
    { id: 'card', section: 2, kind: 'card', when: withCard },
    { id: 'request', section: 2, kind: 'choice', picture: 'counter', options: ['no', 'yes'], when: canRequest },
    { id: 'sign-in', section: 2, kind: 'sign-in', when: requests },
    {
      id: 'request-sent',
      section: 2,
      kind: 'ask',
      inquiry: ({ answers, replies }) => ({
        subject: 'jp-linking',
        operation: answers['topic'] ?? '',
        fields: replies['sign-in']?.ok ? { session: replies['sign-in'].facts['session'] ?? '' } : {},
      }),
      when: (situation) => requests(situation) && signedIn(situation),
    },
    { id: 'result', section: 3, kind: 'advice', advise: adviseLinking },
  ],
}
