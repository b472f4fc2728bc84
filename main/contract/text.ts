/** A sentence by its key in the catalogues and the values that it takes: the booth never sends sentences. */
export interface Text {
  readonly key: string
  readonly values?: Readonly<Record<string, string | number>>
}

/** Short for `{ key, values }`. */
export function text(key: string, values?: Readonly<Record<string, string | number>>): Text {
  return values ? { key, values } : { key }
}
