import { z } from 'zod'
import { hostMessage } from '../hardware/wire-check.ts'
import type { HostMessage } from '../hardware/wire.ts'
import type { ToBooth } from './contract/wire.ts'

/** A message of the shell as the booth process takes it: what a device said has been read, what a page asked has not. */
export type ShellMessage = Exclude<ToBooth, { readonly kind: 'device' }> | { readonly kind: 'device'; readonly message: HostMessage }

const shellMessage: z.ZodType<ShellMessage> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('request'), id: z.int(), role: z.enum(['resident', 'panel']), name: z.string(), input: z.unknown() }),
  z.strictObject({ kind: z.literal('sheet-drawn'), id: z.int(), pdfBase64: z.base64().max(20_000_000).nullable() }),
  z.strictObject({ kind: z.literal('screen-fault'), held: z.boolean() }),
  z.strictObject({ kind: z.enum(['page-lost', 'devices-lost', 'keys-typed', 'stop']) }),
  z.strictObject({ kind: z.literal('device'), message: hostMessage }),
])

/** Reads what came over the parent's channel; null for what no shell of ours says. */
export function readShellMessage(message: unknown): ShellMessage | null {
  return shellMessage.safeParse(message).data ?? null
}
