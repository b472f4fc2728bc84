import type { ApduTransport, Line, Slot, SlotFailure } from '../transport.ts'
import { makeAllowList } from './allow-list.ts'
import type { Reply } from './apdu.ts'
import { modifyByPad, padCodes, padQuestion, verifyByPad, type PadCodes, type PadFeature } from './pin-pad.ts'

/** How long a card may take for one command; signing with RSA-2048 takes about a second. */
const answerMs = 5000
/** How long a resident may take at the reader's own keys. */
const padMs = 45_000
const longestAnswer = 65_536
const mostRounds = 256
const readerQuestionMs = 2000
/** Commands whose data is a PIN. Nothing of them is traced, and none of them is ever sent twice. */
const pinCommands: readonly number[] = [0x20, 0x24]

/** Why a command has no answer; `refused` is the allow-list's word, and a bug above it. */
export type CardFailure = SlotFailure | 'refused'

/** A card behind the allow-list: the only way to one. */
export interface CardLine extends Line {
  /** The reader's own name. */
  readonly name: string
  onSlot(listen: (slot: Slot) => void): void
  /** Called with each frame that went over the line, made harmless: headers, lengths and status words. */
  onTrace(listen: (direction: 'in' | 'out', bytes: Uint8Array, note: string) => void): void
  connect(): Promise<SlotFailure | null>
  /**
   * Sends a command of the short form and gives the whole answer: what the card holds back (61xx) is fetched, a wrong length (6Cxx) is mended once. An answer that is
   * longer than asked for, or has no end (64 KiB, 256 rounds), is `card-error`.
   */
  send(command: Uint8Array): Promise<Reply | CardFailure>
  /** Whether the reader can do this at keys of its own (PC/SC part 10). Asked while connected. */
  hasPad(feature: PadFeature): Promise<boolean>
  /**
   * Has a PIN of `digits` digits typed at the reader and put into `command`, a VERIFY or a CHANGE, whose data is room for it. 6400 and 6401 are "too late" and
   * "cancelled", 6402 and 6403 a new PIN that was not the same twice, or of another length.
   */
  typedOnPad(feature: PadFeature, command: Uint8Array, digits: number): Promise<Reply | CardFailure>
  /** Lets the card go, reset. */
  disconnect(): Promise<void>
}

const status = (answer: Uint8Array) => ((answer.at(-2) ?? 0) << 8) | (answer.at(-1) ?? 0)

/** Puts the allow-list and the handling of answers on a transport. */
export function cardLine(transport: ApduTransport): CardLine {
  const allowed = makeAllowList()
  let trace: (direction: 'in' | 'out', bytes: Uint8Array, note: string) => void = () => undefined
  let pad: PadCodes | undefined

  const exchange = async (command: Uint8Array): Promise<Uint8Array | SlotFailure> => {
    const isSelect = command[1] === 0xa4
    trace('out', isSelect ? command : command.subarray(0, 4), isSelect ? '' : `and ${command.length - 4} bytes`)
    const answer = await transport.transmit(command, answerMs)
    if (typeof answer === 'string') {
      trace('in', new Uint8Array(0), answer)
      return answer
    }
    if (answer.length < 2 || answer.length > longestAnswer + 2) return 'card-error'
    trace('in', answer.subarray(-2), `behind ${answer.length - 2} bytes`)
    return answer
  }

  /** How many bytes the command asks for: its last one, where it is no data. */
  const wanted = (command: Uint8Array): number | null => {
    const third = command[4]
    if (third === undefined) return null
    if (command.length === 5) return third || 256
    return command.length === 6 + third ? (command.at(-1) ?? 0) || 256 : null
  }

  const fetch = async (command: Uint8Array): Promise<Reply | SlotFailure> => {
    const le = wanted(command)
    let answer = await exchange(command)
    if (typeof answer === 'string') return answer
    if (answer.at(-2) === 0x6c && le !== null && !pinCommands.includes(command[1] ?? 0)) {
      const mended = Uint8Array.from(command)
      mended[mended.length - 1] = answer.at(-1) ?? 0
      answer = await exchange(mended)
      if (typeof answer === 'string') return answer
    }
    const parts: Uint8Array[] = [answer.subarray(0, -2)]
    let length = answer.length - 2
    if (length > (le ?? 256)) return 'card-error'
    for (let round = 0; answer.at(-2) === 0x61; round += 1) {
      if (round === mostRounds) return 'card-error'
      const more = answer.at(-1) ?? 0
      answer = await exchange(Uint8Array.of(command[0] ?? 0, 0xc0, 0, 0, more))
      if (typeof answer === 'string') return answer
      length += answer.length - 2
      if (answer.length - 2 > (more || 256) || length > longestAnswer) return 'card-error'
      parts.push(answer.subarray(0, -2))
    }
    return { data: new Uint8Array(Buffer.concat(parts)), status: status(answer) }
  }

  const padCode = async (feature: PadFeature): Promise<number | null> => {
    if (pad === undefined) {
      const answer = await transport.control(padQuestion, new Uint8Array(0), readerQuestionMs)
      pad = padCodes(typeof answer === 'string' ? new Uint8Array(0) : answer)
    }
    return pad[feature]
  }

  // One at a time, judged and sent as one: a command that was judged while a SELECT is on its way would be judged for the wrong application.
  let turn: Promise<unknown> = Promise.resolve()
  const guarded = (command: Uint8Array, act: () => Promise<Reply | SlotFailure>): Promise<Reply | CardFailure> => {
    const result = turn.then(async () => {
      if (!allowed.permits(command)) return 'refused'
      const reply = await act()
      allowed.note(command, typeof reply === 'string' ? null : reply.status)
      return reply
    })
    turn = result
    return result
  }

  return {
    name: transport.name,
    onSlot: (listen) => transport.onSlot(listen),
    onTrace(listen) {
      trace = listen
    },
    onClose: (listen) => transport.onClose(listen),
    close: () => transport.close(),
    connect: () => transport.connect(),
    send: (command) => guarded(command, () => fetch(command)),
    hasPad: async (feature) => (await padCode(feature)) !== null,
    async typedOnPad(feature, command, digits) {
      const code = await padCode(feature)
      if (code === null) return 'card-error'
      return guarded(command, async () => {
        trace('out', command, 'with a PIN from the reader itself')
        const answer = await transport.control(code, (feature === 'verify' ? verifyByPad : modifyByPad)(command, digits), padMs)
        if (typeof answer === 'string' || answer.length !== 2) return typeof answer === 'string' ? answer : 'card-error'
        trace('in', answer, '')
        return { data: new Uint8Array(0), status: status(answer) }
      })
    },
    async disconnect() {
      allowed.reset()
      await transport.disconnect()
    },
  }
}
