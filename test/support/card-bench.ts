import type { CardFacts, CardFault, CardReaderCommand, CardReaderEvent, PadActs } from '../../hardware/card-reader/events.ts'
import type { Inquiry } from '../../main/services/service.ts'
import { configured } from './booth-facts.ts'
import { myNumber } from './card-facts.ts'
import { Session } from './session.ts'

/** A reader without keys of its own. */
export const noPad: PadActs = { signIn: false, changePin: false }
/** An agreement of the demonstration. */
export const agreement = { with: 'DEMO ministry', reference: 'DEMO agreement' }
/** An operator with every agreement. */
export const all = { 'pin-change': agreement, 'sign-in': agreement, linking: agreement }
/** A booth with the services that use a card. */
export const configuration = (agreements: Partial<typeof all> = all, shuffledKeys = false) =>
  configured((file) => ({
    ...file,
    services: { ...file.services, 'jp-card-check': {}, 'jp-pin-change': {}, 'jp-linking': {} },
    agreements,
    devices: { ...file.devices, 'card-reader': { reader: 'Virtual reader', vpcd: '/run/cards', shuffledKeys } },
  }))

/** A booth in front of a reader; a visit that has chosen the service, when one is named. */
export class CardBench extends Session {
  number = 0
  constructor(service: string | null = null, agreements: Partial<typeof all> = all) {
    super({ configuration: configuration(agreements) })
    this.ready().health('card-reader', 'ready').reader({ kind: 'card', state: 'absent', card: 0 })
    if (service !== null) this.choose(service)
  }
  choose(service: string): this {
    this.do('begin', {}).do('choose-language', { language: 'en' })
    this.do('choose-service', { service })
    if (this.view.screen === 'offer') this.do('choose-service', { service })
    return this
  }
  reader(event: CardReaderEvent): this {
    this.dispatch({ kind: 'device', message: { kind: 'event', device: 'card-reader', event } })
    return this
  }
  put(): this {
    this.number += 1
    return this.reader({ kind: 'card', state: 'present', card: this.number })
  }
  take(): this {
    return this.reader({ kind: 'card', state: 'absent', card: this.number })
  }
  checked(facts: CardFacts = myNumber(), pad: PadActs = noPad): this {
    return this.reader({ kind: 'checked', card: this.number, facts, pad })
  }
  failed(act: CardReaderCommand['kind'], reason: CardFault, tries: number | null = null): this {
    return this.reader({ kind: 'failed', card: this.number, act, reason, tries })
  }
  /** What the reader was told, and the centre asked. */
  get told(): readonly CardReaderCommand[] {
    return this.effects.flatMap((effect) => (effect.kind === 'device' && effect.command.device === 'card-reader' ? [effect.command.command] : []))
  }
  get asked(): readonly Inquiry[] {
    return this.effects.flatMap((effect) => (effect.kind === 'ask' ? [effect.inquiry] : []))
  }
  get waiting(): string {
    return this.view.screen === 'card' ? this.view.state : this.view.screen
  }
  get title(): string {
    return this.view.screen === 'advice' ? this.view.title.key : this.screen
  }
}
