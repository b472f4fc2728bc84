/** A question to the centre, whatever brings it. */
export interface CentreRequest {
  readonly method: string
  /** With its query, e.g. `/?lang=ja`. */
  readonly path: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | null
}

/** What comes back, not yet believed. */
export interface CentreReply {
  readonly status: number
  /** Names in lower case; a header that came several times is joined. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}
