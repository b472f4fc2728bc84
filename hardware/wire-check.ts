import { z } from 'zod'
import { largestNoteValue } from './bill-validator/note-table.ts'
import { cardActs, cardFaults, pinKinds } from './card-reader/events.ts'
import { cardFacts, triesLeft } from './card-reader/facts-check.ts'
import { cabinetRoles } from './cabinet/events.ts'
import { largestCoinValue } from './coin-acceptor/coin-table.ts'
import { deviceKinds } from './device.ts'
import { faultCodes } from './faults.ts'
import type { DeviceCommand, HostMessage } from './wire.ts'

const byte = z.int().min(0).max(255)
const words = z.string().max(64)
const job = z.string().min(1).max(120)
const count = z.int().nonnegative()
/** 60 MB as base64. */
const largestPictureText = 80_000_000
const coinId = z.string().max(16)
const cursor = z.strictObject({ serial: words, counter: byte, results: z.array(byte).max(10), ordinal: count })
const credit = z.strictObject({
  counter: byte,
  ordinal: count,
  position: z.int().min(1).max(16),
  path: byte,
  id: coinId,
  value: z.int().min(1).max(largestCoinValue),
  currency: z.string().length(3),
})
const health = z.strictObject({
  state: z.enum(['starting', 'ready', 'limited', 'lost', 'off']),
  identity: z.strictObject({ manufacturer: words, product: words, serial: words, software: words }).nullable(),
  faults: z.array(z.enum(faultCodes)).max(faultCodes.length),
})
const noteId = z.string().max(16)
const note = { position: z.int().min(1).max(16), id: noteId, value: z.int().min(1).max(largestNoteValue), currency: z.string().length(3) }
const noteOutcome = z.enum(['stacked', 'returned', 'pulled', 'unknown'])
const noteCursor = z.strictObject({
  serial: words,
  ordinal: count,
  held: z.strictObject({ ...note, phase: z.enum(['escrow', 'stacking']) }).nullable(),
  last: noteOutcome.or(z.literal('uncounted')).nullable(),
  buffer: z.strictObject({ counter: byte, results: z.array(byte).max(10) }).nullable(),
})
const event = z.literal('event')
/** A certificate of 4 KB and more. */
const base64 = z.string().max(16_000)
const pin = z.string().max(64)
/** Addresses of hoppers on one bus (CT3 table 1: 3 to 10). */
const mostHoppers = 8
const total = z.int().min(0).max(0xff_ffff).nullable()
const hopper = z.strictObject({
  serial: words,
  address: z.int().min(2).max(255),
  coin: coinId,
  counter: byte,
  total,
  level: z.enum(['unknown', 'low', 'middle', 'high']),
  ready: z.boolean(),
})
const intent = z.strictObject({ id: job, serial: words, coins: z.int().min(1).max(255), counterBefore: byte, totalBefore: total })

/** What the device process may tell the booth, field by field: anything else is a fault of that process and is dropped unread. */
export const hostMessage: z.ZodType<HostMessage> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('health'), device: z.enum(deviceKinds), health }),
  z.discriminatedUnion('device', [
    z.strictObject({
      kind: event,
      device: z.literal('coin-acceptor'),
      event: z.discriminatedUnion('kind', [
        z.strictObject({
          kind: z.literal('identified'),
          serial: words,
          table: z.array(z.strictObject({ position: z.int().min(1).max(16), id: coinId })).max(16),
        }),
        z.strictObject({
          kind: z.literal('moved'),
          from: cursor.nullable(),
          to: cursor,
          coins: z.array(credit).max(5),
          lost: count,
          unknown: count,
          alarm: z.enum(['reset', 'uncounted', 'mismatch']).nullable(),
        }),
        z.strictObject({ kind: z.literal('counted'), serial: words, ordinal: count, counts: z.record(coinId, count) }),
        z.strictObject({
          kind: z.literal('notice'),
          code: byte,
          name: words,
          group: z.enum(['returned', 'slower', 'jam', 'fraud', 'hardware', 'swallowed', 'lever']),
        }),
      ]),
    }),
    z.strictObject({
      kind: event,
      device: z.literal('hopper'),
      event: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('hoppers'), fresh: z.boolean(), hoppers: z.array(hopper).max(mostHoppers) }),
        z.strictObject({
          kind: z.literal('settled'),
          id: job,
          serial: words,
          paid: count,
          unpaid: byte,
          alarm: z.enum(['empty', 'refused', 'fault', 'restarted', 'mismatch', 'uncertain']).nullable(),
        }),
      ]),
    }),
    z.strictObject({
      kind: event,
      device: z.literal('bill-validator'),
      event: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('identified'), serial: words }),
        z.strictObject({ kind: z.literal('table'), serial: words, notes: z.array(z.strictObject({ position: z.int().min(1).max(16), id: noteId })).max(16) }),
        z.strictObject({
          kind: z.literal('moved'),
          from: noteCursor.nullable(),
          to: noteCursor,
          ended: z.array(z.strictObject({ ...note, ordinal: count, counter: byte, outcome: noteOutcome, afterPowerUp: z.boolean() })).max(5),
          lost: count,
          uncounted: count,
          alarm: z.enum(['reset', 'uncounted', 'mismatch']).nullable(),
        }),
        z.strictObject({
          kind: z.literal('notice'),
          code: byte,
          name: words,
          group: z.enum(['returned', 'wait', 'jam', 'stacker', 'fraud', 'hardware', 'line']),
        }),
      ]),
    }),
    z.strictObject({
      kind: event,
      device: z.literal('cabinet'),
      event: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('switch'), role: z.enum(cabinetRoles), name: words, active: z.boolean(), first: z.boolean() }),
        z.strictObject({ kind: z.literal('lamp'), on: z.boolean() }),
      ]),
    }),
    z.strictObject({
      kind: event,
      device: z.literal('qr-scanner'),
      event: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('code'), bytesHex: z.string().regex(/^(?:[0-9a-f]{2}){0,4096}$/) }),
        z.strictObject({ kind: z.literal('garbage') }),
      ]),
    }),
    z.strictObject({
      kind: event,
      device: z.literal('card-reader'),
      event: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('card'), state: z.enum(['absent', 'present', 'mute', 'several', 'silent']), card: count }),
        z.strictObject({ kind: z.literal('checked'), card: count, facts: cardFacts, pad: z.strictObject({ signIn: z.boolean(), changePin: z.boolean() }) }),
        z.strictObject({ kind: z.literal('pin-changed'), card: count, pin: z.enum(pinKinds) }),
        z.strictObject({ kind: z.literal('signed-in'), card: count, certificateBase64: base64, signatureBase64: base64 }),
        z.strictObject({ kind: z.literal('failed'), card: count, act: z.enum(cardActs), reason: z.enum(cardFaults), tries: triesLeft }),
      ]),
    }),
    z.strictObject({ kind: event, device: z.enum(['printer', 'sheet-printer']), event: z.strictObject({ kind: z.enum(['printed', 'not-printed']), job }) }),
    z.strictObject({
      kind: event,
      device: z.literal('still-camera'),
      event: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('still'), job, jpegBase64: z.string().max(largestPictureText) }),
        z.strictObject({ kind: z.literal('no-still'), job, reason: z.enum(['lost', 'claimed', 'late', 'focus', 'no-jpeg', 'failed']) }),
      ]),
    }),
  ]),
])

/** What the booth may ask of a device, field by field. */
export const deviceCommand: z.ZodType<DeviceCommand> = z.discriminatedUnion('device', [
  z.strictObject({
    device: z.literal('coin-acceptor'),
    command: z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('configure'),
        cursor: cursor.nullable(),
        coins: z
          .array(z.strictObject({ id: coinId, value: z.int().min(1).max(largestCoinValue), currency: z.string().length(3), path: z.int().min(1).max(8).optional() }))
          .max(16),
      }),
      z.strictObject({ kind: z.literal('accept'), ids: z.array(coinId).max(16) }),
      z.strictObject({ kind: z.literal('recorded'), cursor }),
    ]),
  }),
  z.strictObject({ device: z.literal('hopper'), command: z.strictObject({ kind: z.enum(['pay', 'settle']), intent }) }),
  z.strictObject({
    device: z.literal('bill-validator'),
    command: z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('configure'),
        cursor: noteCursor.nullable(),
        notes: z.array(z.strictObject({ id: noteId, value: z.int().min(1).max(largestNoteValue), currency: z.string().length(3) })).max(16),
      }),
      z.strictObject({ kind: z.literal('accept'), ids: z.array(noteId).max(16) }),
      z.strictObject({ kind: z.literal('recorded'), cursor: noteCursor }),
      z.strictObject({ kind: z.enum(['stack', 'return']), ordinal: count }),
    ]),
  }),
  z.strictObject({
    device: z.literal('card-reader'),
    command: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('check'), card: count }),
      z.strictObject({ kind: z.literal('change-pin'), card: count, pin: z.enum(pinKinds), old: pin.nullable(), new: pin.nullable(), lastTry: z.boolean() }),
      z.strictObject({
        kind: z.literal('sign-in'),
        card: count,
        challengeHex: z.string().regex(/^(?:[0-9a-f]{2}){16,64}$/),
        pin: pin.nullable(),
        lastTry: z.boolean(),
      }),
    ]),
  }),
  z.strictObject({ device: z.literal('cabinet'), command: z.strictObject({ kind: z.literal('lamp'), on: z.boolean() }) }),
  z.strictObject({ device: z.literal('qr-scanner'), command: z.strictObject({ kind: z.enum(['listen', 'rest']) }) }),
  z.strictObject({
    device: z.literal('printer'),
    command: z.strictObject({
      kind: z.literal('print'),
      job,
      rasterBase64: z.string(),
      widthDots: z.int().min(8).max(1024),
      heightDots: z.int().min(1).max(20_000),
    }),
  }),
  z.strictObject({
    device: z.literal('sheet-printer'),
    command: z.strictObject({ kind: z.literal('print'), job, pdfBase64: z.string().max(largestPictureText), media: z.string().regex(/^[a-z0-9._-]{1,63}$/), copies: z.int().min(1).max(9) }),
  }),
  z.strictObject({ device: z.literal('still-camera'), command: z.strictObject({ kind: z.literal('capture'), job }) }),
])
