/** What the page sends to the decoder's worker: one frame, whose ownership goes with it. */
export interface FrameToDecode {
  readonly frame: VideoFrame
}

/** What the worker answers to each frame, once: the bytes of all codes in it. */
export interface DecodedFrame {
  readonly codes: readonly Uint8Array[]
}
