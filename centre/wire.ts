/** A request as it reaches the centre, whatever brought it. */
export interface CentreRequest {
  readonly method: string
  /** With its query, e.g. `/?lang=ja`. */
  readonly path: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | null
}

export interface CentreReply {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** A JSON reply. */
export function json(status: number, content: unknown): CentreReply {
  return reply(status, 'application/json; charset=utf-8', JSON.stringify(content))
}

/** A reply that no cache keeps and no browser reads as something else. */
export function reply(status: number, contentType: string, body: string, headers: Readonly<Record<string, string>> = {}): CentreReply {
  return {
    status,
    headers: { 'content-type': contentType, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', ...headers },
    body: new TextEncoder().encode(body),
  }
}
