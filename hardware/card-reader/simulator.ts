import type { Clock } from '../clock.ts'
import type { Simulator } from '../simulator.ts'
import type { ByteTransport, OpenTransport } from '../transport.ts'
import { isDenied, summarize, type AuditEntry } from './virtual-card/audit.ts'
import { cardProfiles, cardState, type CardProfile, type CardState } from './virtual-card/card-state.ts'
import { makeFaults } from './virtual-card/faults.ts'
import { handsOfState, handsOfStateHelp } from './virtual-card/hands-of-state.ts'
import { makeVirtualMoicaMiddleware } from './virtual-card/moica-middleware.ts'
import { answerToReset, makeCard, newCardState } from './virtual-card/make-card.ts'
import { testAuthorities, testAuthorityCertificate } from './virtual-card/test-certificates.ts'
import type { Handled } from './virtual-card/virtual-card.ts'
import { control, frame, makeDeframer } from './virtual-card/vpcd-frames.ts'

export interface CardSimulatorOptions {
  /** `my-number` when not given. */
  readonly profile?: CardProfile
  /** What the card remembered when it last lay in a drawer; a new card when not given. */
  readonly state?: CardState
  /** Called with what the card remembers, as JSON, after each change. */
  readonly keep?: (state: string) => void
}

/** A reader that went away under an inserted card is looked for that often. */
const lookAgainMs = 200
/** How long a quick hand takes to change one card for another: more than twice as long as pcscd takes to look. */
const swapMs = 1000

const help =
  `insert [<profile>] | remove | swap <profile> | programs verify <PIN> | programs change <PIN> <new PIN> | audit | summary | forget | state | authority <name> | ${handsOfStateHelp} | ` +
  'tear before|during|unanswered|after | mute | status <hex> [always] | answer <hex>|nothing [always] | long-answer <bytes> | zeros on|off | slow <ms> | ' +
  'get-response on|off | right-length on|off | upside-down | atr <hex>|none|own | normal | at <n> <hand> | help'

/**
 * A virtual card, and the hand that holds it. Inserting it opens a line to a reader that speaks vpcd's protocol (`open`); the card is the client. It is not
 * inserted to begin with.
 */
export function makeCardSimulator(open: OpenTransport, clock: Clock, options: CardSimulatorOptions = {}): Simulator {
  let state = options.state ?? newCardState(options.profile ?? 'my-number', clock.now())
  /** Whether this is still the card that the program was started with: another one put in its place is not kept. */
  let isOwn = true
  const changed = () => {
    if (isOwn) options.keep?.(JSON.stringify(state))
  }
  let card = makeCard(state, changed)
  const programs = makeVirtualMoicaMiddleware(() => (inSlot ? state : null), changed)
  // A new card is the same card tomorrow.
  if (!options.state) changed()
  const faults = makeFaults()
  const audit: AuditEntry[] = []
  const note = (event: Exclude<AuditEntry['event'], 'apdu'>) => void audit.push({ event })

  /** Hands that wait for a command to come: how many may still pass before them. */
  let scheduled: { left: number; readonly line: string }[] = []
  let line: ByteTransport | null = null
  let inSlot = false
  let cancelLook = () => {}

  let stale = false
  const powerLost = () => {
    if (stale) card = makeCard(state, changed)
    else card.reset()
    stale = false
    faults.powerLost()
  }

  /** Opens the line; false when there is no reader, or the card was taken back meanwhile. */
  const insert = async (): Promise<boolean> => {
    const opened = await open()
    if (!opened) return false
    if (!inSlot) {
      await opened.close()
      return false
    }
    line = opened
    powerLost()
    note('inserted')
    let last = Promise.resolve()
    const take = makeDeframer((message) => (last = last.then(() => (line === opened ? hear(opened, message) : undefined))))
    opened.onData(take)
    opened.onClose(() => {
      if (line !== opened) return
      line = null
      powerLost()
      note('reader-gone')
      lookAgain()
    })
    return true
  }
  /** The card stays where it is when its reader loses power, and is there when the reader comes back. */
  const lookAgain = () => {
    cancelLook = clock.after(lookAgainMs, () => {
      if (inSlot && !line) void insert().then((found) => found || lookAgain())
    })
  }
  const remove = async () => {
    inSlot = false
    cancelLook()
    const left = line
    line = null
    if (!left) return
    powerLost()
    note('removed')
    await left.close()
  }

  const putIn = async (): Promise<string> => {
    inSlot = true
    inSlot = await insert()
    return inSlot ? `inserted ${state.profile}` : 'error: there is no reader'
  }
  /** Takes another card out of the drawer, a new one. */
  const take = (profile: CardProfile) => {
    isOwn = false
    state = newCardState(profile, clock.now())
    card = makeCard(state, changed)
  }

  const enter = ({ df, ef, spent }: Handled, ins: number, sent: Uint8Array | null) => {
    const sw = sent && sent.length >= 2 ? Buffer.from(sent.slice(-2)).toString('hex').toUpperCase() : ''
    audit.push({ event: 'apdu', ins: ins.toString(16).toUpperCase().padStart(2, '0'), df, ef, sw, denied: isDenied(df, ef), spent })
  }

  const hear = async (from: ByteTransport, message: Uint8Array): Promise<void> => {
    const [first = 0, ins = 0] = message
    if (message.length === 1) {
      if (first === control.answerToReset) await from.write(frame(faults.atr ?? answerToReset(state.profile)))
      else if (first === control.powerOff || first === control.powerOn || first === control.reset) {
        powerLost()
        note(first === control.reset ? 'reset' : first === control.powerOn ? 'power-on' : 'power-off')
      }
      return
    }
    if (message.length === 0) return
    const due = scheduled.filter((one) => one.left === 0)
    scheduled = scheduled.filter((one) => one.left > 0).map((one) => ({ ...one, left: one.left - 1 }))
    for (const one of due) await hand(one.line)
    if (line !== from || faults.muted) return
    const fault = faults.next()
    if (fault.tear === 'before') return remove()
    if (fault.tear === 'during') {
      enter(card.interrupt(message), ins, null)
      return remove()
    }
    const handled = fault.answer ? { response: fault.answer, df: '', ef: null, spent: null } : faults.pass(card, message)
    if (faults.muted || fault.tear === 'unanswered') {
      enter(handled, ins, null)
      return fault.tear === 'unanswered' ? remove() : undefined
    }
    if (faults.lateMs > 0) await new Promise<void>((done) => void clock.after(faults.lateMs, done))
    if (line !== from) return
    enter(handled, ins, handled.response)
    await from.write(frame(handled.response))
    if (fault.tear === 'after') await remove()
  }

  const hands: Readonly<Record<string, (words: readonly string[]) => string | null | Promise<string | null>>> = {
    async insert([word]) {
      const profile = word === undefined ? state.profile : cardProfiles.find((one) => one === word)
      if (!profile) return null
      if (inSlot) return 'error: a card is inserted'
      if (profile !== state.profile) take(profile)
      return putIn()
    },
    async remove() {
      if (!inSlot) return 'error: no card is inserted'
      await remove()
      return 'removed'
    },
    async swap([word]) {
      const profile = cardProfiles.find((one) => one === word)
      if (!profile) return null
      const inserted = inSlot
      await remove()
      take(profile)
      if (!inserted) return `the card is a ${profile}`
      await new Promise<void>((done) => void clock.after(swapMs, done))
      return putIn()
    },
    async programs([act, pin = '', next = '', ...more]) {
      if (more.length > 0 || (act !== 'verify' && act !== 'change')) return null
      return JSON.stringify(await (act === 'verify' ? programs.verify(pin) : programs.change(pin, next)))
    },
    audit: () => JSON.stringify(audit),
    summary: () => JSON.stringify(summarize(audit)),
    forget() {
      audit.length = 0
      return 'the list is empty'
    },
    state: () => JSON.stringify(state),
    authority([word]) {
      const name = (Object.keys(testAuthorities) as (keyof typeof testAuthorities)[]).find((one) => one === word)
      return name ? Buffer.from(testAuthorityCertificate(name)).toString('base64') : Object.keys(testAuthorities).join(' ')
    },
    async at([word, ...rest]) {
      const count = word !== undefined && /^\d{1,4}$/.test(word) ? Number(word) : 0
      if (count < 1 || rest.length === 0) return null
      scheduled.push({ left: count - 1, line: rest.join(' ') })
      return `before command ${count} from now: ${rest.join(' ')}`
    },
    normal() {
      faults.clear()
      scheduled = []
      return 'answers normally'
    },
    help: () => help,
    ...faults.hands,
  }

  const hand = async (spoken: string): Promise<string> => {
    const [word = '', ...words] = spoken.trim().split(/\s+/)
    const ofState = Object.hasOwn(handsOfState, word) ? handsOfState[word] : undefined
    if (ofState) {
      const answer = ofState(state, words)
      if (answer === null) return `error: ${word}: not understood; ${help}`
      // What the card works out from what it remembers is worked out again when it next gets power, so that a session in progress stays one.
      stale = true
      changed()
      return answer
    }
    const act = Object.hasOwn(hands, word) ? hands[word] : undefined
    if (!act) return `error: not understood; ${help}`
    return (await act(words)) ?? `error: ${word}: not understood; ${help}`
  }
  return { hand, stop: remove }
}

/** Reads what `keep` was given; null when it is not that. */
export function readCardState(text: string): CardState | null {
  try {
    return cardState.parse(JSON.parse(text))
  } catch {
    return null
  }
}
