import fc from 'fast-check'
import { languages, type Language } from '../../main/contract/language.ts'
import { services } from '../../main/services/services.ts'
import { ills, ports, type Port } from './ills.ts'

/** From when a fault's time counts: the first moment of the run, the first note in escrow, or the first time that this screen shows. */
export const anchors = ['start', 'payment', 'note', 'scan', 'photo', 'sending', 'delivery', 'paying-out', 'receipt', 'claim', 'held', 'advice', 'goodbye'] as const
export type Anchor = (typeof anchors)[number]

/** One trouble: when, where, what, and for how long where it lasts. */
export interface Trouble {
  readonly from: Anchor
  /** Milliseconds after that. */
  readonly after: number
  readonly port: Port
  readonly ill: string
  /** Milliseconds. */
  readonly lasts: number
}

/** Somebody who comes to the booth. */
export interface Person {
  readonly service: string
  readonly language: Language
  /** Milliseconds between the last one's end and this one's first touch, and between their acts. */
  readonly comesAfter: number
  readonly pace: number
  /** Coins by the handful, dropped in together; a note by itself. */
  readonly handfuls: readonly (readonly number[])[]
  /** Whether they say of a note in escrow that it pays; else they look at it until it comes back. */
  readonly decides: boolean
  /** Codes that they show before the one on their form. */
  readonly wrongCodes: readonly string[]
  /** The screen or step at which they cancel, and the one at which they just walk away. */
  readonly cancelsAt: string | null
  readonly leavesAt: string | null
  /** Whether the date on their form is too near, so that the rules stop them. */
  readonly tooNear: boolean
  /** Whether they take a held credit back instead of going on with it. */
  readonly takesBack: boolean
}

/** What happens in one run of the world; whatever chance remains (names, numbers, jitter) comes from its seed. */
export interface Plan {
  readonly sellsLater: boolean
  readonly notes: 'id003' | 'cctalk'
  /** How often coins and notes are asked for, in milliseconds. */
  readonly pollMs: number
  /** For each hopper the coins that the operator says to have filled in, and how many of them are not there. */
  readonly bowls: readonly { readonly filled: number; readonly missing: number }[]
  readonly people: readonly Person[]
  readonly troubles: readonly Trouble[]
}

const places = ['languages', 'menu', 'offer', 'privacy', 'cause', 'online', 'pay', 'scan', 'identifier', 'birth', 'photo', 'photo-review', 'review', 'sending', 'delivery', 'receipt', 'claim', 'advice'] as const
const exact = [
  [[500], [100], [100], [100]],
  [[500, 100, 100, 100]],
  [[500], [50, 50], [100, 100]],
] as const
const withNotes = [[[1000]], [[1000], [500], [100, 100, 100]], [[500], [1000]], [[100, 100], [1000], [500, 100]], [[1000], [1000], [500, 500]]] as const
const [application = '', photo = '', ...guides] = services.map(({ id }) => id)
const handfuls = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<readonly (readonly number[])[]>(...exact) },
  { weight: 2, arbitrary: fc.array(fc.array(fc.constantFrom(10, 50, 100, 500), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 12 }) },
  { weight: 2, arbitrary: fc.constantFrom<readonly (readonly number[])[]>([[500], [500]], [[100, 100], [500, 500]], []) },
  { weight: 5, arbitrary: fc.constantFrom<readonly (readonly number[])[]>(...withNotes) },
)
const seldom = <Value>(arbitrary: fc.Arbitrary<Value>, otherwise: Value, one = 5) =>
  fc.oneof({ weight: one - 1, arbitrary: fc.constant(otherwise) }, { weight: 1, arbitrary })
const noPlace: string | null = null
const noCodes: readonly string[] = []

const person: fc.Arbitrary<Person> = fc.record({
  service: fc.oneof({ weight: 5, arbitrary: fc.constant(application) }, { weight: 2, arbitrary: fc.constant(photo) }, { weight: 2, arbitrary: fc.constantFrom(...guides) }),
  language: fc.constantFrom(...languages),
  comesAfter: fc.integer({ min: 0, max: 8_000 }),
  pace: seldom(fc.constantFrom(1000, 2500), 500, 4),
  handfuls,
  decides: seldom(fc.constant(false), true),
  wrongCodes: seldom(fc.array(fc.constantFrom('548836529885', 'https://example.com/', 'x', '{{7*7}}'), { minLength: 1, maxLength: 4 }), noCodes),
  cancelsAt: seldom<string | null>(fc.constantFrom(...places), noPlace),
  leavesAt: seldom<string | null>(fc.constantFrom(...places), noPlace),
  tooNear: seldom(fc.constant(true), false, 10),
  takesBack: fc.boolean(),
})

/** What holds money comes into trouble more often than the rest. */
const troubled = [...ports, 'coin-acceptor', 'bill-validator', 'hopper', 'cabinet', 'booth'] as const

/** A line may be away while several people come and go. */
const longest = (port: Port) => (port === 'centre' || port === 'line' ? 600_000 : 90_000)

const trouble: fc.Arbitrary<Trouble> = fc.constantFrom(...troubled).chain((port) =>
  fc.record({
    from: fc.constantFrom(...anchors),
    after: fc.oneof(fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 0, max: 60_000 })),
    port: fc.constant(port),
    ill: fc.constantFrom(...Object.keys(ills[port])),
    lasts: fc.oneof(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: longest(port) })),
  }),
)

const bowl = fc.record({ filled: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 4, max: 30 })), missing: seldom(fc.integer({ min: 1, max: 4 }), 0, 8) })

/** Whatever may happen, the ordinary more often than the strange. */
export const plans: fc.Arbitrary<Plan> = fc.record({
  sellsLater: fc.boolean(),
  notes: fc.constantFrom('id003', 'cctalk'),
  pollMs: fc.constantFrom(200, 350, 500),
  bowls: fc.array(bowl, { minLength: 3, maxLength: 3 }),
  people: fc.array(person, { minLength: 1, maxLength: 3 }),
  troubles: fc.array(trouble, { maxLength: 6 }),
})
