import { z } from 'zod'
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
const event = z.literal('event')

/** What the device process may tell the booth, field by field: anything else is a fault of that process and is dropped unread. */
export const hostMessage: z.ZodType<HostMessage> = z.union([
  z.strictObject({ kind: z.literal('health'), device: z.enum(deviceKinds), health }),
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
    device: z.literal('qr-scanner'),
    event: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('code'), bytesHex: z.string().regex(/^(?:[0-9a-f]{2}){0,4096}$/) }),
      z.strictObject({ kind: z.literal('garbage') }),
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
])

/** What the booth may ask of a device, field by field. */
export const deviceCommand: z.ZodType<DeviceCommand> = z.discriminatedUnion('device', [
  z.strictObject({
    device: z.literal('coin-acceptor'),
    command: z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('configure'),
        cursor: cursor.nullable(),
        coins: z.array(z.strictObject({ id: coinId, value: z.int().min(1).max(largestCoinValue), currency: z.string().length(3) })).max(16),
      }),
      z.strictObject({ kind: z.literal('accept'), ids: z.array(coinId).max(16) }),
      z.strictObject({ kind: z.literal('recorded'), cursor }),
    ]),
  }),
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
