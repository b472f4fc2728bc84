import { z } from 'zod'
import { eras } from './date.ts'
import { language } from './language.ts'
import { photoReasons } from './photo.ts'
import { staffId, staffPin } from './staff.ts'

/** Who speaks: the screen that residents touch, or the demo's panel of hands. The shell says which, never the page. */
export type Role = 'resident' | 'panel'

interface Command {
  readonly roles: readonly Role[]
  readonly input: z.ZodType
  /** What the answer's value is. */
  readonly output: z.ZodType
}

const nothing = z.strictObject({})
/** Longer than any PIN; what is wrong with one is said to the resident, and what is longer than this is no entry at all. */
const pin = z.string().max(32)
/** A still of the camera, JPEG or PNG in base64, at most 8 MB. */
const still = z.base64().max(11_200_000)
const stepId = z.string().regex(/^[a-z0-9-]{1,40}$/)

/** Everything that can be said to the booth, in the order in which a visit says it. */
export const commands = {
  /** The messages of a language: the built-in ones, the services' and the operator's pack. */
  catalogue: { roles: ['resident', 'panel'], input: z.strictObject({ language }), output: z.record(z.string(), z.string()) },
  /** The page drew this revision: the watchdog's sign of life. */
  drew: { roles: ['resident'], input: z.strictObject({ revision: z.int().nonnegative() }), output: nothing },
  /** How the camera is, as the page that owns it sees it. */
  camera: { roles: ['resident'], input: z.strictObject({ state: z.enum(['ready', 'missing', 'denied', 'lost']) }), output: nothing },
  /** The page's face engine met a file that is missing, or not the one that was tried. */
  'models-altered': { roles: ['resident'], input: nothing, output: nothing },
  /** Whether something presses the glass that has not let go for more than a minute (F50). */
  glass: { roles: ['resident'], input: z.strictObject({ state: z.enum(['free', 'stuck']) }), output: nothing },
  /** A touch on the attract screen: a visit begins. */
  begin: { roles: ['resident'], input: nothing, output: nothing },
  'choose-language': { roles: ['resident'], input: z.strictObject({ language }), output: nothing },
  /** Controls low, or high contrast; for this visit. */
  display: { roles: ['resident'], input: z.strictObject({ low: z.boolean(), contrast: z.boolean() }), output: nothing },
  help: { roles: ['resident'], input: z.strictObject({ open: z.boolean() }), output: nothing },
  /** "I am still here." */
  'still-here': { roles: ['resident'], input: nothing, output: nothing },
  /** Any touch; puts off the time-out and nothing else. */
  touch: { roles: ['resident'], input: nothing, output: nothing },
  /** From the menu to what a service offers, and from there into it. */
  'choose-service': { roles: ['resident'], input: z.strictObject({ service: stepId }), output: nothing },
  /** The free test: can this booth read my code? */
  'test-code': { roles: ['resident'], input: nothing, output: nothing },
  /** Goes on from a screen that asks nothing; `step` is the view's step, or its screen where it has none. */
  continue: { roles: ['resident'], input: z.strictObject({ step: stepId }), output: nothing },
  /** All boxes of a consent screen ticked. */
  accept: { roles: ['resident'], input: z.strictObject({ step: stepId, boxes: z.array(stepId).max(8) }), output: nothing },
  /** An answer to a question. */
  answer: { roles: ['resident'], input: z.strictObject({ step: stepId, value: stepId }), output: nothing },
  /** A day as it was entered: the booth knows the calendars, says what is wrong, and normalises years past an era's end. */
  date: {
    roles: ['resident'],
    input: z.strictObject({ step: stepId, era: z.enum(eras), year: z.int().min(0).max(9999), month: z.int().min(0).max(99), day: z.int().min(0).max(99) }),
    output: nothing,
  },
  /** A number or name as it was typed; nothing passes an optional field over. */
  enter: { roles: ['resident'], input: z.strictObject({ step: stepId, entered: z.string().max(64) }), output: nothing },
  /** Prints what an advice says. */
  print: { roles: ['resident'], input: z.strictObject({ step: stepId }), output: nothing },
  /** Prints one of the sheets of an advice on A4. */
  'print-sheet': { roles: ['resident'], input: z.strictObject({ step: stepId, sheet: stepId }), output: nothing },
  /** After the last advice: back to the menu, with everything forgotten. */
  'something-else': { roles: ['resident'], input: nothing, output: nothing },
  back: { roles: ['resident'], input: nothing, output: nothing },
  /** Asks to stop; the booth asks back, and `confirm: true` does it. */
  cancel: { roles: ['resident'], input: z.strictObject({ confirm: z.boolean() }), output: nothing },
  /** Closes the question "do you want to stop?". */
  'keep-going': { roles: ['resident'], input: nothing, output: nothing },
  /** The codes that the camera saw in one frame: their bytes, at most 4096 each. */
  codes: { roles: ['resident'], input: z.strictObject({ codes: z.array(z.string().regex(/^(?:[0-9a-f]{2}){0,4096}$/)).min(1).max(8) }), output: nothing },
  /** Asks for the keys instead of the reader. */
  'type-id': { roles: ['resident'], input: nothing, output: nothing },
  typed: { roles: ['resident'], input: z.strictObject({ round: z.union([z.literal(1), z.literal(2)]), digits: z.string().max(64) }), output: nothing },
  /** A still of the camera. */
  photo: { roles: ['resident'], input: z.strictObject({ attempt: z.int().min(1).max(20), imageBase64: still }), output: nothing },
  retake: { roles: ['resident'], input: nothing, output: nothing },
  /** Takes this photo; one that does not pass every check only with the reason why that cannot be changed. */
  'keep-photo': { roles: ['resident'], input: z.strictObject({ cannotChange: z.enum(photoReasons).optional() }), output: nothing },
  /** The photo as it will be sent, for the review screens: JPEG in base64. */
  picture: { roles: ['resident'], input: nothing, output: z.strictObject({ jpegBase64: z.string() }) },
  /** Goes back to one item of the review. */
  correct: { roles: ['resident'], input: z.strictObject({ step: stepId }), output: nothing },
  /** Gives a PIN of the card in the reader a new value; `old` and `new` null: typed at the reader's own keys; `lastTry`: the resident agreed to spend the last one. */
  'change-pin': { roles: ['resident'], input: z.strictObject({ step: stepId, old: pin.nullable(), new: pin.nullable(), lastTry: z.boolean() }), output: nothing },
  /** Signs in with the card in the reader; `pin` null: typed at the reader's own keys. */
  'sign-in': { roles: ['resident'], input: z.strictObject({ step: stepId, pin: pin.nullable(), lastTry: z.boolean() }), output: nothing },
  /** Sends the application; `consent` is the ticked box. */
  send: { roles: ['resident'], input: z.strictObject({ consent: z.literal(true) }), output: nothing },
  /** The note in escrow pays: it is stacked. */
  'pay-with-note': { roles: ['resident'], input: nothing, output: nothing },
  /** Held credit: go on with it; also to take by code what did not come out on paper. */
  'use-credit': { roles: ['resident'], input: nothing, output: nothing },
  /** Held credit: take it back. */
  'return-credit': { roles: ['resident'], input: nothing, output: nothing },
  /** The hidden gesture: the sign-in of staff, on a booth at rest. */
  'staff-door': { roles: ['resident'], input: nothing, output: nothing },
  'staff-sign-in': { roles: ['resident'], input: z.strictObject({ who: staffId, pin: staffPin }), output: nothing },
  /** Puts the booth out of service, or back into it. */
  'staff-service': { roles: ['resident'], input: z.strictObject({ open: z.boolean() }), output: nothing },
  /** Looks how the screen's camera stands, or leaves that. */
  'staff-camera': { roles: ['resident'], input: z.strictObject({ open: z.boolean() }), output: nothing },
  /** A still to judge the camera by, as in `photo`, and the milliseconds from the shutter to it. */
  'staff-still': { roles: ['resident'], input: z.strictObject({ imageBase64: still, ms: z.int().min(0).max(600_000) }), output: nothing },
  /** Signs out, or closes the sign-in. */
  'staff-leave': { roles: ['resident'], input: nothing, output: nothing },
  /** A hand of the demo's panel: one line for the simulators, e.g. `coin-acceptor insert 500`. */
  hand: { roles: ['panel'], input: z.strictObject({ line: z.string().min(1).max(4096) }), output: z.strictObject({ answer: z.string() }) },
} as const satisfies Record<string, Command>

export type CommandName = keyof typeof commands
export type CommandInput<Name extends CommandName> = z.infer<(typeof commands)[Name]['input']>
export type CommandOutput<Name extends CommandName> = z.infer<(typeof commands)[Name]['output']>

/** Why a command was not carried out. */
export const errorCodes = ['unknown-command', 'not-allowed', 'bad-input', 'not-now', 'not-possible', 'no-booth'] as const
export type ErrorCode = (typeof errorCodes)[number]

/** What every command answers. Codes cross the bridge as values because errors lose their class on the way. */
export type Answer<Value = unknown> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: { readonly code: ErrorCode } }
