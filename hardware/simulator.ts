/** How long a simulated device waits at its serial port until what it wrote is gone, milliseconds: no device lets go of its line because the other end is slow. */
export const simulatorWriteSlackMs = 3_600_000

/** A simulated device: the other end of a driver's wire, with hands that do to it what people do. */
export interface Simulator {
  /** Does what `line` says (`insert 500`; `help` lists the words) and answers with one line; `error: ...` when the words mean nothing. */
  hand(line: string): Promise<string>
  /** Takes the device off the wire and ends its timers; the wire itself stays open. */
  stop(): Promise<void>
}
