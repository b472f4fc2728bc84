import type { SimulatedCore } from './simulator-core.ts'

/** What one word of a hand does; null when the words after it mean nothing. */
export type Hands = Readonly<Record<string, (words: readonly string[]) => string | null | Promise<string | null>>>

/** A whole number `least`..`most` in digits; null for anything else. */
export function whole(word: string | undefined, least: number, most: number): number | null {
  const value = word !== undefined && /^\d{1,9}$/.test(word) ? Number(word) : null
  return value !== null && value >= least && value <= most ? value : null
}

/** The hands that every ccTalk device has: its line, its mood, its serial number. */
export const lineHelp =
  'reset | power-cycle | unplug | plug | silent on|off | busy | refuse | normal | garble <n> | twice <n> | lose-replies <n> | ' +
  'late <ms> | noise <n> | echo on|off | serial <n>'

/** Makes the hands of `lineHelp` for one device; `powerCycle` is what a lost supply does to it. */
export function lineHands(core: SimulatedCore, powerCycle: () => void): Hands {
  const line = core.line
  const switched = (set: (on: boolean) => void, on: string, off: string) => (words: readonly string[]) => {
    const [word] = words
    if (word !== 'on' && word !== 'off') return null
    set(word === 'on')
    return word === 'on' ? on : off
  }
  const counted = (least: number, most: number, act: (count: number) => string | Promise<string>) => (words: readonly string[]) => {
    const count = whole(words[0], least, most)
    return count === null ? null : act(count)
  }
  const mood = (next: SimulatedCore['mood'], told: string) => () => {
    core.mood = next
    return told
  }
  return {
    reset() {
      core.restart()
      return 'reset: counter 0, everything inhibited'
    },
    'power-cycle'() {
      powerCycle()
      return 'power-cycled: counter 0, everything inhibited'
    },
    unplug() {
      line().unplugged = true
      return 'unplugged: nothing passes either way'
    },
    plug() {
      line().unplugged = false
      return 'plugged in'
    },
    silent: switched((on) => (line().silent = on), 'silent', 'answering'),
    echo: switched((on) => (line().echo = on), 'echo on', 'echo off'),
    busy: mood('busy', 'answers "busy" to everything'),
    refuse: mood('refusing', 'refuses everything'),
    normal: mood('normal', 'answers normally'),
    garble: counted(0, 1_000_000, (count) => {
      line().garble = count
      return `the next ${count} replies are damaged`
    }),
    twice: counted(0, 1_000_000, (count) => {
      line().twice = count
      return `the next ${count} replies come twice`
    }),
    'lose-replies': counted(0, 1_000_000, (count) => {
      line().loseReplies = count
      return `the next ${count} commands are carried out without a reply`
    }),
    late: counted(0, 60_000, (ms) => {
      line().lateMs = ms
      return `replies come ${ms} ms late`
    }),
    noise: counted(1, 10_000_000, async (count) => {
      await line().noise(count)
      return `${count} bytes of noise`
    }),
    serial: counted(0, 0xffffff, (serial) => {
      core.serial = serial
      return `serial number ${serial}`
    }),
  }
}

/** Does what one line says; `error: ...` when its words mean nothing. */
export async function act(hands: Hands, spoken: string, help: string): Promise<string> {
  const [word = '', ...words] = spoken.trim().split(/\s+/)
  if (word === 'help') return help
  const hand = Object.hasOwn(hands, word) ? hands[word] : undefined
  if (!hand) return `error: not understood; ${help}`
  return (await hand(words)) ?? `error: ${word}: not understood; ${help}`
}
