import type { CentreReply } from '../main/contract/centre-wire.ts'

/** A JSON reply. */
export function json(status: number, content: unknown): CentreReply {
  return reply(status, 'application/json; charset=utf-8', JSON.stringify(content))
}

/** Bytes that mean something to nobody but their receiver. */
export function bytes(status: number, body: Uint8Array, headers: Readonly<Record<string, string>> = {}): CentreReply {
  return { ...reply(status, 'application/octet-stream', '', headers), body }
}

/** A reply that no cache keeps and no browser reads as something else. */
export function reply(status: number, contentType: string, body: string, headers: Readonly<Record<string, string>> = {}): CentreReply {
  return {
    status,
    headers: { 'content-type': contentType, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', ...headers },
    body: new TextEncoder().encode(body),
  }
}
