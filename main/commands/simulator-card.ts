import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { makeCardSimulator, readCardState } from '../../hardware/card-reader/simulator.ts'
import { cardProfiles, type CardProfile, type CardState } from '../../hardware/card-reader/virtual-card/card-state.ts'
import type { Clock } from '../../hardware/clock.ts'
import type { Simulator } from '../../hardware/simulator.ts'
import { openSocket } from '../../hardware/transports/socket.ts'

/** What a card is started with, as the command line says it. */
export interface CardWords {
  /** The number of a TCP port, or the path of a Unix socket, where a reader waits for cards. */
  readonly port: string
  readonly profile: string | undefined
  /** Where the card's memory is kept, so that a blocked PIN stays one. */
  readonly file: string | undefined
}

/** What `file` holds; null when there is no such file, and a complaint when it is not a card. */
function readFile(file: string): CardState | null | string {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return null
  }
  return readCardState(text) ?? `${file}: not a virtual card`
}

function keepIn(file: string) {
  return (state: string) => {
    writeFileSync(`${file}.new`, state, { mode: 0o600 })
    renameSync(`${file}.new`, file)
  }
}

const isProfile = (word: string): word is CardProfile => cardProfiles.some((profile) => profile === word)

/** Inserts a virtual card into a reader; a complaint when that cannot be. */
export async function startCard({ port, profile = 'my-number', file }: CardWords, clock: Clock): Promise<Simulator | string> {
  if (!isProfile(profile)) return `--profile: expected ${cardProfiles.join(', ')}`
  const place = /^\d{1,5}$/.test(port) ? Number(port) : port
  const state = file === undefined ? null : readFile(file)
  if (typeof state === 'string') return state
  if (state && state.profile !== profile) return `${file}: that card is a ${state.profile}`
  const card = makeCardSimulator(() => openSocket(place), clock, {
    profile,
    ...(state ? { state } : {}),
    ...(file === undefined ? {} : { keep: keepIn(file) }),
  })
  const answer = await card.hand('insert')
  return answer.startsWith('error:') ? `${port}: nobody takes cards there` : card
}
