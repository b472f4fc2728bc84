import type { Block } from '../../contract/block.ts'
import type { CivilDate } from '../../contract/date.ts'
import { text, type Text } from '../../contract/text.ts'
import { valueOn, type Rulebook } from '../../rulebook/rulebook.ts'
import { pinForm, unlockWay, type PinOrigin } from '../../rulebook/taiwan-citizens.ts'
import { attention, checked, heading, paragraph, said, steps } from '../blocks.ts'
import type { Advice, Situation } from '../service.ts'
import { moica, page } from '../taiwan.ts'
import { authorisation, pack } from './acts.ts'
import { offices } from './offices.ts'

type DefaultForm = { readonly form: string; readonly digits: number }
const formText = ({ form, digits }: DefaultForm): Text => text(`tw-citizen-certificate.pin.form.${form}`, { digits })

/** The form of the first PIN of a card issued on `issued`, in words; what it is for anybody is never computed (R115, X2). */
export function defaultPin(rulebook: Rulebook, issued: CivilDate): Text {
  const form = pinForm(rulebook, 'counter-default', issued)
  return form.pin === 'default' ? formText(form) : text('tw-citizen-certificate.pin.unknown')
}

/** Both first PINs that there are, each with its days. */
function bothPins(situation: Situation): readonly Block[] {
  return said(situation, 'R115').map(paragraph)
}

/** What to know of PIN and code, whatever they are: how many errors lock the card, and that nobody may ask for them (R117, R118). */
function care(situation: Situation): readonly Block[] {
  return [
    heading(text('tw-citizen-certificate.pin.care')),
    ...said(situation, 'R118', 'own-pin').map(paragraph),
    paragraph(text('tw-citizen-certificate.pin.code')),
    attention(text('tw-citizen-certificate.pin.never')),
  ]
}

/** Which PIN a card has by how it was issued, and by when: its form only (R115–R117, R121, X2). */
export function firstPinAdvice(situation: Situation): Advice {
  const { answers, rulebook, today } = situation
  const foot = [...care(situation), ...moica(situation), ...checked(situation, 'R115', 'R116', 'R117', 'R118', 'own-pin')]
  const origin = answers['origin'] ?? 'unsure'
  const title = (name: string): Text => text(`tw-citizen-certificate.pin.${name}`)
  if (origin === 'unsure') {
    const ways = said(situation, 'R116', 'R117').map(paragraph)
    return { tone: 'plain', title: title('unknown'), blocks: [...ways, ...bothPins(situation), ...foot] }
  }
  const form = pinForm(rulebook, origin as PinOrigin, answers['issued'] ?? today)
  if (form.pin === 'own') {
    const chosen = said(situation, origin === 'online' ? 'R116' : 'R117').map(paragraph)
    return { tone: 'good', title: title('own'), blocks: [...chosen, ...foot] }
  }
  if (form.pin === 'either') {
    const forms = form.forms.map(formText).map(paragraph)
    return { tone: 'attention', title: title('either'), blocks: [...forms, paragraph(title('ask')), ...foot] }
  }
  return {
    tone: 'good',
    title: formText(form),
    blocks: [paragraph(title('change')), heading(title('by-day')), ...bothPins(situation), ...foot],
  }
}

/** How a locked card is opened again, or a forgotten code set anew: online, by telephone, or at an office (R119–R122). */
export function unlockAdvice(situation: Situation): Advice {
  const { answers } = situation
  const isForgotten = answers['pin'] === 'code' || answers['code'] === 'forgotten'
  const way = unlockWay(isForgotten ? 'forgotten' : 'remembered', answers['site'] === 'fails' ? 'fails' : 'works')
  const title = text(`tw-citizen-certificate.unlock.${way}`)
  const foot = [...care(situation), ...(way === 'hotline' ? [] : moica(situation)), ...checked(situation, 'R118', 'R119', 'R120', 'R121', 'R122')]
  if (way === 'office')
    return {
      tone: 'attention',
      title,
      blocks: [
        steps(...valueOn(situation.rulebook, 'R121', situation.today).map((item) => text(`tw-citizen-certificate.take.${item}`))),
        ...said(situation, 'R121').map(paragraph),
        ...offices(situation),
        heading(text('tw-citizen-certificate.unlock.delegate')),
        ...said(situation, 'R122').map(paragraph),
        ...pack(situation, 'reset-code'),
        ...foot,
      ],
      sheets: [authorisation(situation)],
    }
  if (way === 'hotline') return { tone: 'attention', title, blocks: [...said(situation, 'R120').map(paragraph), ...moica(situation), ...foot] }
  const onlyThere = attention(text('tw-citizen-certificate.unlock.only-there'))
  return { tone: 'good', title, blocks: [...said(situation, 'R119').map(paragraph), page(situation, 'R119'), onlyThere, ...foot] }
}
