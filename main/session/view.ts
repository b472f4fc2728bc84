import { abilitiesLeft, faults, type FaultCode } from '../../hardware/faults.ts'
import type { Configuration } from '../config/configuration.ts'
import { consentSections } from '../contract/consent.ts'
import { text, type Text } from '../contract/text.ts'
import type { ClaimView, Frame, Money, OfferedService, Overlay, Price, Screen, View } from '../contract/view.ts'
import { applicationFormIdDigits, applicationFormIdGroups } from '../rulebook/application-qr.ts'
import { resolvePhoneLines } from '../rulebook/phone-lines.ts'
import type { Rulebook } from '../rulebook/rulebook.ts'
import { serviceOf } from '../services/services.ts'
import type { Service, Step } from '../services/service.ts'
import { anythingToOffer, heldFaults, obstacles, obstacleWords, offeredServices } from './availability.ts'
import { deliveryScreen } from './delivery-view.ts'
import { boothLine, helpLines } from './help-lines.ts'
import { cardState, isCardIn, pinScreen } from './card.ts'
import { canCancel, canGoBack, isLast } from './navigation.ts'
import { awaited, decideNote, heldNote, isPaying, photoAttemptsOf, possibleNotes, priceOf, wantedCoins } from './money.ts'
import { givesChange } from './payout.ts'
import { stepAt } from './position.ts'
import { advicePrint } from './printing.ts'
import { canTestCode } from './scanning.ts'
import { situationIn } from './situation.ts'
import { sheetOffers } from './sheets.ts'
import { nextSteps } from './slips.ts'
import { staffScreen } from './staff.ts'
import { isTakenByCode, type State, type Visit } from './state.ts'

/** What a view depends on besides the state. */
export interface ViewFacts {
  readonly now: number
  readonly configuration: Configuration
  readonly rulebook: Rulebook
}

/** What the screen shows of a booth. Pure. */
export function view(state: State, facts: ViewFacts): View {
  const { visit, staff } = state
  return { ...frame(state, facts), ...(visit ? visitScreen(state, visit, facts) : staff ? staffScreen(state, staff, facts) : restingScreen(state, facts)) }
}

/** What somebody reads who came to the photo before it was known that none can be taken. */
const noPhotos = { tone: 'attention', text: text('photo.models-altered') } as const

/** Stages of a visit that a photo can still be taken in. */
const mayTakePhoto: readonly Visit['stage']['at'][] = ['step', 'typing', 'making-photo', 'photo-review']

function frame(state: State, facts: ViewFacts): Frame {
  const { configuration } = facts
  const { visit } = state
  const person = visit ?? state.staff
  const step = visit ? stepAt(visit) : null
  const service = visit?.service ? serviceOf(visit.service) : null
  return {
    language: person?.language ?? configuration.languages[0] ?? 'ja',
    languages: configuration.languages,
    display: { low: person?.low ?? false, contrast: person?.contrast ?? false, pxPerMm: configuration.screen.pxPerMm },
    operator: { name: configuration.operator.name, phone: configuration.operator.phone },
    booth: configuration.booth.id,
    demo: configuration.mode === 'demo',
    progress: visit && service ? progress(visit, service, step) : null,
    money: visit ? money(visit, configuration) : null,
    notice: visit?.notice ?? (step?.kind === 'photo' && state.latched.includes('photo-models-altered') ? noPhotos : null),
    can: { back: visit !== null && canGoBack(visit, situationIn(state, visit, facts)), cancel: visit !== null && canCancel(visit) },
    cameraLabel: configuration.devices.camera?.deviceLabel ?? '',
    photoAhead: (visit && service?.steps.some(({ kind }) => kind === 'photo') && mayTakePhoto.includes(visit.stage.at)) ?? false,
    overlay: visit ? overlay(visit, heldNote(state), facts) : null,
  }
}

/** Sections, not screens: the number of questions depends on the answers, the way does not. */
function progress(visit: Visit, service: Service, step: Step | null): Frame['progress'] {
  if (service.sections === 1) return null
  const section = (kind: Step['kind']) => service.steps.find((candidate) => candidate.kind === kind)?.section ?? 1
  const here: Partial<Record<Visit['stage']['at'], number>> = {
    typing: section('scan'),
    'making-photo': section('photo'),
    'photo-review': section('photo'),
    delivering: section('deliver'),
    sending: section('review'),
    receipt: service.sections,
  }
  const at = step?.section ?? here[visit.stage.at]
  return at === undefined ? null : { step: at, of: service.sections }
}

function money(visit: Visit, configuration: Configuration): Money | null {
  if (!isPaying(visit) && visit.credit === 0) return null
  const price = priceOf(visit.service, configuration)
  return { currency: configuration.cash.currency, price, inserted: visit.credit, missing: Math.max(0, price - visit.credit) }
}

function overlay(visit: Visit, note: ReturnType<typeof heldNote>, { now, configuration, rulebook }: ViewFacts): Overlay | null {
  if (visit.overlay === 'cancel') return { kind: 'cancel', credit: visit.credit, note: note?.phase === 'escrow' ? note.value : 0 }
  if (visit.overlay === 'help')
    return { kind: 'help', lines: helpLines(visit, now, configuration, rulebook), text: text(`help.${stepAt(visit)?.kind ?? visit.stage.at}`) }
  if (visit.overlay === 'still-there') {
    const { stillThereMs, extensions } = configuration.times
    // What came by code is paid: nothing of its price comes back.
    const credit = isTakenByCode(visit.stage) ? Math.max(0, visit.credit - priceOf(visit.service, configuration)) : visit.credit
    return { kind: 'still-there', seconds: Math.round(stillThereMs / 1000), canExtend: visit.extensions < extensions, credit }
  }
  return null
}

function price(amount: number, configuration: Configuration): Price {
  return { amount, currency: configuration.cash.currency }
}

function restingScreen(state: State, { now, configuration, rulebook }: ViewFacts): Screen {
  const isStopped = state.latched.some((fault) => faults[fault].severity === 'stop')
  if (state.phase === 'starting' && !isStopped) return { screen: 'starting' }
  const coming = isComing(state) && !isStopped
  if (!coming && !anythingToOffer(state, configuration))
    return {
      screen: 'out-of-service',
      reasons: reasons(state, configuration),
      lines: [boothLine(configuration, configuration.languages[0] ?? 'ja'), ...resolvePhoneLines(rulebook, configuration.languages[0] ?? 'ja', 'suspend', now)],
    }
  const services = offered(state, configuration)
  const notes = noteValues(services[0]?.price.amount ?? 0, state, configuration)
  return { screen: 'attract', services, coming, notes, change: givesChange(state, configuration) }
}

/** Why nothing can be offered, each fault once: in the words of what is sold, which comes first, where anything is. */
function reasons(state: State, configuration: Configuration): Extract<Screen, { screen: 'out-of-service' }>['reasons'] {
  const known = new Map<FaultCode, Text>()
  for (const service of offeredServices(configuration))
    for (const code of obstacles(service, state, configuration)) known.set(code, known.get(code) ?? obstacleWords(code, service))
  return [...known].map(([code, words]) => ({ code, text: words }))
}

/** Whether some device, or the centre, has not been heard yet: it is not out of order before it was. */
function isComing(state: State): boolean {
  return !state.lineKnown || Object.values(state.devices).some((device) => device.state === 'starting' && device.faults.length === 0)
}

function offered(state: State, configuration: Configuration): readonly OfferedService[] {
  return offeredServices(configuration).map((service) => {
    const faults = obstacles(service, state, configuration)
    return {
      id: service.id,
      group: service.group,
      price: price(priceOf(service.id, configuration), configuration),
      available: faults.length === 0,
      reasons: faults.length > 0 && isComing(state) ? [text('ui.starting')] : faults.map((code) => obstacleWords(code, service)),
    }
  })
}

function claimView(visit: Visit): ClaimView | null {
  if (!visit.claim) return null
  const { number, code, amount, currency } = visit.claim.claim
  return { number, code, amount, currency, print: visit.printing?.state ?? 'not-printed' }
}

function visitScreen(state: State, visit: Visit, facts: ViewFacts): Screen {
  const { configuration } = facts
  const { stage } = visit
  const attempts = photoAttemptsOf(visit.service, configuration)
  const print = visit.printing?.state ?? 'not-printed'
  switch (stage.at) {
    case 'languages':
      return { screen: 'languages' }
    case 'menu':
      return { screen: 'menu', services: offered(state, configuration) }
    case 'offer': {
      const service = serviceOf(stage.service)
      return {
        screen: 'offer',
        service: service.id,
        price: price(priceOf(service.id, configuration), configuration),
        coins: coinValues(configuration),
        notes: noteValues(priceOf(service.id, configuration), state, configuration),
        change: givesChange(state, configuration),
        bring: service.bring,
        test: canTestCode(service),
      }
    }
    case 'code-test':
      return { screen: 'scan', purpose: 'test', result: stage.result, ...readers(state), canType: false }
    case 'step': {
      const step = stepAt(visit)
      if (!step) throw new Error(`no step ${stage.step}`)
      return stepScreen(state, visit, step, facts)
    }
    case 'typing':
      return { screen: 'typed-id', round: stage.first === null ? 1 : 2, groups: applicationFormIdGroups }
    case 'making-photo':
      return { screen: 'photo', attempt: visit.photoAttempt, attempts, working: true, canShoot: false, limits: configuration.photo.thresholds }
    case 'photo-review':
      return { screen: 'photo-review', attempt: visit.photoAttempt, attempts, checks: visit.photo?.checks ?? [] }
    case 'stop':
      return {
        screen: 'stop',
        reason: stage.reason,
        title: text(`${visit.service}.stop.${stage.reason}.title`),
        body: [text(`${visit.service}.stop.${stage.reason}.body`)],
        ways: stage.ways.map((way) => text(`${visit.service}.way.${way}`)),
        print,
      }
    case 'sending':
      return { screen: 'sending' }
    case 'paying-out': {
      const payout = state.openPayouts.find(({ id }) => id === stage.open)
      return { screen: 'paying-out', amount: payout ? payout.coins * payout.value : 0, currency: configuration.cash.currency }
    }
    case 'delivering':
      return deliveryScreen(visit, stage, situationIn(state, visit, facts), configuration)
    case 'receipt':
      return {
        screen: 'receipt',
        status: stage.status,
        reason: stage.reason === null ? null : text(`refusal.${stage.reason}`),
        number: stage.number,
        code: stage.code,
        print,
        next: nextSteps(visit.service ?? '', stage.status),
        claim: claimView(visit),
      }
    case 'claim': {
      const claim = claimView(visit)
      if (!claim || !visit.claim) throw new Error('a claim screen without a claim')
      return { screen: 'claim', claim, why: text(`slip.claim.why.${visit.claim.claim.reason}`) }
    }
    case 'held':
      return {
        screen: 'held',
        counting: visit.credit === 0 && Object.values(state.noteCursors).some(({ held }) => held?.phase === 'stacking'),
        credit: visit.credit,
        currency: configuration.cash.currency,
        canContinue: anythingToOffer(state, configuration),
      }
    case 'leave':
      return { screen: 'leave', card: isCardIn(state) }
    case 'goodbye':
      return { screen: 'goodbye', kept: kept(visit), sent: visit.sent }
  }
}

function kept({ sent, outcome }: Visit): Extract<Screen, { screen: 'goodbye' }>['kept'] {
  if (!sent || outcome === 'received' || outcome === 'refused') return 'nothing'
  return outcome === 'parked' ? 'for-a-person' : 'locked-copy'
}

function coinValues(configuration: Configuration): readonly number[] {
  return values(configuration.cash.coins)
}

function values(money: readonly { readonly value: number }[]): readonly number[] {
  return [...new Set(money.map(({ value }) => value))].sort((a, b) => a - b)
}

/** The values of the notes that can be taken while `missing` is to be paid. */
function noteValues(missing: number, state: State, configuration: Configuration): readonly number[] {
  return values(possibleNotes(missing, state, configuration))
}

function payment(state: State, visit: Visit, configuration: Configuration): Extract<Screen, { screen: 'payment' }> {
  const note = heldNote(state)
  const missing = priceOf(visit.service, configuration) - visit.credit
  return {
    screen: 'payment',
    coins: coinValues(configuration),
    notes: noteValues(awaited(state, configuration), state, configuration),
    open: note !== null || wantedCoins(state, configuration).length > 0,
    change: givesChange(state, configuration),
    note: note && { value: note.value, change: Math.max(0, note.value - missing), waits: decideNote(state, configuration) === null },
  }
}

function readers(state: State): { readonly scanner: boolean; readonly camera: boolean } {
  return { scanner: state.devices['qr-scanner'].state === 'ready', camera: state.devices.camera.state !== 'off' }
}

function stepScreen(state: State, visit: Visit, step: Step, facts: ViewFacts): Screen {
  const { configuration } = facts
  const name = `${visit.service}.${step.id}`
  const at = situationIn(state, visit, facts)
  switch (step.kind) {
    case 'consent':
      return {
        screen: 'consent',
        step: step.id,
        sections: consentSections.map((section) => ({ title: text(`consent.${section}`), body: text(`pack.${section}`) })),
        boxes: step.boxes.map((id) => ({ id, label: text(`${name}.box.${id}`) })),
      }
    case 'info':
      return { screen: 'info', step: step.id, picture: step.picture, title: text(`${name}.title`), body: step.body(at) }
    case 'choice':
      return {
        screen: 'question',
        step: step.id,
        title: text(`${name}.title`),
        hint: text(`${name}.hint`),
        picture: step.picture,
        options: step.options.map((value) => ({ value, label: text(`${name}.option.${value}`) })),
        chosen: visit.answers[step.id] ?? null,
      }
    case 'date':
      return { screen: 'date', step: step.id, title: text(`${name}.title`), hint: text(`${name}.hint`), eras: step.eras, ...step.range(at.today), chosen: visit.answers[step.id] ?? null }
    case 'payment':
      return payment(state, visit, configuration)
    case 'scan':
      return { screen: 'scan', purpose: 'application', result: 'waiting', ...readers(state), canType: visit.canType }
    case 'identifier':
      return { screen: 'identifier', last4: visit.identifier?.slice(-4) ?? '', digits: applicationFormIdDigits }
    case 'photo':
      return {
        screen: 'photo',
        attempt: visit.photoAttempt + 1,
        attempts: photoAttemptsOf(visit.service, configuration),
        working: false,
        canShoot: abilitiesLeft(heldFaults(state)).has('take-photo'),
        limits: configuration.photo.thresholds,
      }
    case 'deliver':
      throw new Error('a delivery begins with the step that comes to it')
    case 'review':
      return {
        screen: 'review',
        items: serviceOf(visit.service ?? '').application?.review(visit.answers, visit.identifier?.slice(-4) ?? '') ?? [],
        price: price(priceOf(visit.service, configuration), configuration),
        consent: text(`${name}.consent`),
      }
    case 'field': {
      const { id, keys, longest, secret, optional } = step
      return { screen: 'field', step: id, title: text(`${name}.title`), hint: text(`${name}.hint`), keys, longest, secret, optional, entered: secret ? '' : (visit.answers[id] ?? '') }
    }
    case 'card': {
      const waiting = cardState(state)
      return { screen: 'card', step: step.id, state: waiting, ...(waiting === 'insert' ? { title: text(`${name}.title`), hint: text(`${name}.hint`) } : { title: text(`card.${waiting}.title`), hint: text(`card.${waiting}.hint`) }) }
    }
    case 'pin':
    case 'sign-in':
      return { step: step.id, title: text(`${name}.title`), hint: text(`${name}.hint`), shuffled: configuration.devices['card-reader']?.shuffledKeys ?? false, ...pinScreen(visit, step) }
    case 'ask':
      return { screen: 'asking', step: step.id, title: text(`${name}.title`) }
    case 'advice': {
      const { sheets = [], ...advice } = step.advise(at)
      return {
        screen: 'advice',
        step: step.id,
        ...advice,
        print: advicePrint(state, visit, step.id),
        sheets: sheetOffers(state, visit, step.id, sheets, configuration),
        last: isLast(serviceOf(visit.service ?? ''), step, at),
        others: offeredServices(configuration).length > 1,
      }
    }
  }
}
