import { newCardState, makeCard } from '../../../hardware/card-reader/virtual-card/make-card.ts'
import type { CardProfile, CardState } from '../../../hardware/card-reader/virtual-card/card-state.ts'

export const now = Date.UTC(2026, 10, 22)

/** A new card's chip, spoken to in hexadecimal. */
export function chip(profile: CardProfile = 'my-number', change: (state: CardState) => void = () => {}) {
  const state = newCardState(profile, now)
  change(state)
  let kept = 0
  const card = makeCard(state, () => (kept += 1))
  const bytes = (text: string) => new Uint8Array(Buffer.from(text.replaceAll(/\s/g, ''), 'hex'))
  const handle = (text: string) => card.transmit(bytes(text))
  /** The answer in hexadecimal, upper case. */
  const say = (text: string) => Buffer.from(handle(text).response).toString('hex').toUpperCase()
  /** The status word of the last of several commands. */
  const sw = (...commands: readonly string[]) => commands.map((command) => say(command).slice(-4)).at(-1)
  /** The data of a command that must succeed. */
  const data = (text: string) => {
    const answer = say(text)
    if (!answer.endsWith('9000')) throw new Error(`${text} is answered ${answer}`)
    return Buffer.from(answer.slice(0, -4), 'hex')
  }
  /** All of the current file. */
  const readAll = (cla = '00', step = 0x80) => {
    const parts: Buffer[] = []
    for (let at = 0; ; at += step) {
      const answer = say(`${cla}B0 ${at.toString(16).padStart(4, '0')} ${step.toString(16)}`)
      if (!answer.endsWith('9000')) return Buffer.concat(parts)
      parts.push(Buffer.from(answer.slice(0, -4), 'hex'))
    }
  }
  return { state, card, handle, say, sw, data, readAll, bytes, kept: () => kept }
}

export const aids = {
  jpki: 'D392F000260100000001',
  inputSupport: 'D3921000310001010408',
  surface: 'D3921000310001010402',
  juki: 'D3921000310001010401',
  common: 'D3921000310001010100',
  cardManager: 'A0000001510000',
  moica: 'A0000002830000062201696400010101',
  nhi: 'D1580000010000000000000000001100',
} as const

/** SELECT by name, without an answer. */
export const select = (aid: string) => `00A4040C ${(aid.length / 2).toString(16).padStart(2, '0')} ${aid}`
/** SELECT of a file of the current application. */
export const selectFile = (id: string) => `00A4020C02 ${id}`
/** VERIFY for the current file, or for a short identifier. */
export const verify = (value: string, p2 = '80') => `002000${p2} ${value.length.toString(16).padStart(2, '0')} ${Buffer.from(value).toString('hex')}`
export const changePin = (value: string, p2 = '80') => `002401${p2} ${value.length.toString(16).padStart(2, '0')} ${Buffer.from(value).toString('hex')}`
