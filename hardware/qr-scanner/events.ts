export type QrScannerEvent =
  /** A code was read while the scanner was listening; at most 4096 bytes, suffix removed. Never traced or logged. */
  | { readonly kind: 'code'; readonly bytesHex: string }
  /** Bytes came that no code ends (no suffix within 4096 bytes or 500 ms); they were dropped. */
  | { readonly kind: 'garbage' }

export type QrScannerCommand =
  /** Light on, codes are wanted. */
  | { readonly kind: 'listen' }
  /** Light off; what is read is dropped. */
  | { readonly kind: 'rest' }
