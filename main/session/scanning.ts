import { text, type Text } from '../contract/text.ts'
import { readApplicationCodes, readTypedId } from '../rulebook/application-qr.ts'
import type { Service } from '../services/service.ts'
import { changeVisit, visitOf, type Draft } from './draft.ts'
import { enter, restartIdle } from './flow.ts'
import { stepAt } from './position.ts'
import type { Visit } from './state.ts'

/** Wrong codes after which the keys are offered (B1, SCAN), and after which one more is no sign of a person: a form may have been left in view. */
const wrongCodesUntilTyping = 3

/** Counts a refused Individual Number, without a trace of it (B9.5; section 0, 7), and says so. */
export function numberRefused(draft: Draft): Text {
  draft.records.push({ kind: 'number-refused', visit: null, body: {} })
  return text('scan.individual-number')
}

function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

/** Whether a service begins with the resident's own code, so that it can be tried before anything else. */
export function canTestCode({ steps }: Service): boolean {
  return steps.some(({ kind }) => kind === 'scan')
}

/** Whether codes are wanted now. */
export function isReading(visit: Visit): boolean {
  return visit.stage.at === 'code-test' ? visit.stage.result === 'waiting' : stepAt(visit)?.kind === 'scan'
}

/** What the readers read, whether serial or camera: bytes of all codes in view. Outside of a scan they are nobody's business. */
export function codesRead(draft: Draft, codes: readonly string[]): boolean {
  const visit = visitOf(draft)
  const { stage } = visit
  if (!isReading(visit)) return false
  const testing = stage.at === 'code-test'
  const read = readApplicationCodes(codes.map(bytesOfHex), draft.facts.rulebook.applicationCode)
  if (read.ok) {
    if (testing) enter(draft, { ...stage, result: 'readable' })
    else identified(draft, read.id, stage.at === 'step' && stage.correcting)
    return true
  }
  if (visit.wrongCodes < wrongCodesUntilTyping) restartIdle(draft)
  const notice = read.reason === 'individual-number' ? numberRefused(draft) : text(`scan.${read.reason}`)
  const wrongCodes = visit.wrongCodes + 1
  changeVisit(draft, {
    wrongCodes,
    canType: visit.canType || wrongCodes >= wrongCodesUntilTyping,
    notice: { tone: 'attention', text: notice },
    ...(testing ? { stage: { ...stage, result: 'not-readable' as const } } : {}),
  })
  return true
}

/** The serial reader sent something that is no code: too long, or noise of its line. Said, but not counted, and no sign of a person. */
export function noiseRead(draft: Draft): void {
  if (isReading(visitOf(draft))) changeVisit(draft, { notice: { tone: 'attention', text: text('scan.too-long') } })
}

/** One round of typing: twice the same 23 digits, because nobody can check them (no public check digit). */
export function idTyped(draft: Draft, digits: string): boolean {
  const { stage } = visitOf(draft)
  if (stage.at !== 'typing') return false
  const typed = readTypedId(digits)
  if (!typed.ok) {
    const notice = typed.reason === 'individual-number' ? numberRefused(draft) : text(`typing.${typed.reason}`)
    changeVisit(draft, { notice: { tone: 'attention', text: notice } })
    return true
  }
  if (stage.first === null) enter(draft, { ...stage, first: typed.id })
  else if (stage.first === typed.id) identified(draft, typed.id, stage.correcting)
  else {
    enter(draft, { ...stage, first: null })
    changeVisit(draft, { notice: { tone: 'attention', text: text('typing.different') } })
  }
  return true
}

function identified(draft: Draft, identifier: string, correcting: boolean): void {
  changeVisit(draft, { identifier })
  enter(draft, { at: 'step', step: 'identifier', correcting })
}
