import { act, whole, type Hands } from '../../cctalk/simulator-hands.ts'
import type { Clock } from '../../clock.ts'
import type { Simulator } from '../../simulator.ts'
import type { ByteTransport } from '../../transport.ts'
import { status } from './codes.ts'
import { enquiry, makeSimulatorLine } from './simulator-line.ts'
import { makeMechanism, type Denomination } from './simulator-mechanism.ts'
import { makeReplies, type SimulatedValidator } from './simulator-replies.ts'

export interface Id003SimulatorOptions {
  /** Its notes; those of Japan when not given. */
  readonly denominations?: readonly Denomination[]
  readonly version?: string
  /** Replies take as long as at this rate; as fast as the wire carries when not given. */
  readonly paceBaud?: number
  /** Bytes of chance for noise on the line; the system's when not given. */
  readonly chance?: (count: number) => Uint8Array
}

const note = (code: number, country: number, base: number, exponent: number): Denomination => ({ code, country, base, exponent })

/** Notes of a country as a validator sold there knows them: of Japan the 1000 yen note of 2004 and of 2024, of Taiwan the 100 dollar note. */
export const id003Presets: Readonly<Record<'japan' | 'taiwan', readonly Denomination[]>> = {
  japan: [note(0x61, 0x10, 1, 3), note(0x62, 0x10, 1, 3), note(0x63, 0x10, 0, 0)],
  taiwan: [note(0x61, 0x29, 1, 2)],
}

const help =
  'insert <value|escrow code>... | insert-unknown | escrow-code <hex> | reject <reason> | jam [acceptor|stacker] | cheat | pull-stacker | ' +
  'push-stacker | stacker-full | pause | failure [<code>] | status <hex> | clear | power-off | power-on | power-cycle | reset | version <words> | ' +
  'table [<escrow code> <country> <base> <exponent>] | vend-after-power-up on|off | ' +
  'lose-ack <n> | lose <n> | deaf <n> | garble <n> | twice <n> | late <ms> | noise <n> | echo on|off | silent on|off | ' +
  'unplug | plug | counters | help'

const hexByte = (word: string | undefined): number | null => (word !== undefined && /^[0-9a-f]{1,2}$/i.test(word) ? Number.parseInt(word, 16) : null)

/** A JCM ID-003 note validator at the far end of `wire`. */
export function makeId003Simulator(wire: ByteTransport, clock: Clock, options: Id003SimulatorOptions = {}): Simulator {
  let vendAfterPowerUp = false
  const denominations = [...(options.denominations ?? id003Presets.japan)]
  const known = (code: number) => denominations.some((entry) => entry.code === code && entry.base > 0)
  const mechanism = makeMechanism(clock, known, () => void (device.mode !== 0 && line.send(enquiry)), () => vendAfterPowerUp)
  const device: SimulatedValidator = {
    mechanism,
    version: options.version ?? 'i(JPN)100-SS ID003-05V280-42 01AUG17 964D',
    denominations,
    mode: 0,
    kept: new Map(),
  }
  const line = makeSimulatorLine(wire, clock, options, makeReplies(device))

  /** The escrow code of a note that is worth `word`, or of that code itself; null when nothing like it is known. */
  const codeOf = (word: string): number | null => {
    const byValue = denominations.find(({ base, exponent }) => base > 0 && String(base * 10 ** exponent) === word)
    const code = hexByte(word)
    return byValue?.code ?? (code !== null && known(code) ? code : null)
  }
  const switched = (set: (on: boolean) => void, told: string) => ([word]: readonly string[]) => {
    if (word !== 'on' && word !== 'off') return null
    set(word === 'on')
    return `${told} ${word}`
  }
  const counted = (set: (count: number) => void, told: string) => ([word]: readonly string[]) => {
    const count = whole(word, 0, 1_000_000)
    if (count === null) return null
    set(count)
    return `${told}: ${count}`
  }
  const fail = (code: number, told: string, data: readonly number[] = []) => {
    mechanism.fail(code, data)
    return told
  }
  const powerOff = () => {
    mechanism.powerOff()
    return 'no power'
  }
  const powerOn = () => {
    device.mode = 0
    mechanism.powerOn()
    return `power, status ${mechanism.now().code.toString(16)}`
  }

  const hands: Hands = {
    insert(words) {
      const codes = words.map(codeOf)
      if (codes.length === 0) return null
      return codes.map((code) => mechanism.insert(code ?? 0)).join(', ')
    },
    'insert-unknown': () => mechanism.insert(0),
    // A note that the validator itself takes for a code of which its table says nothing.
    'escrow-code'([word]) {
      const code = hexByte(word)
      return code === null ? null : mechanism.showEscrow(code)
    },
    reject([word]) {
      const reason = hexByte(word ?? '71')
      if (reason === null) return null
      mechanism.reject(reason)
      return `refused (${reason.toString(16)})`
    },
    jam([word = 'acceptor']) {
      if (word !== 'acceptor' && word !== 'stacker') return null
      return fail(word === 'acceptor' ? status.jamInAcceptor : status.jamInStacker, `jammed in the ${word}`)
    },
    cheat: () => mechanism.cheat(),
    'pull-stacker': () => fail(status.stackerOpen, 'the stacker is out'),
    'push-stacker'() {
      mechanism.clear()
      return 'the stacker is in'
    },
    'stacker-full': () => fail(status.stackerFull, 'full'),
    pause: () => fail(status.pause, 'a second note is in the way'),
    failure([word = 'a2']) {
      const code = hexByte(word)
      return code === null ? null : fail(status.failure, `failure ${code.toString(16)}`, [code])
    },
    status([word]) {
      const code = hexByte(word)
      return code === null ? null : fail(code, `status ${code.toString(16)}`)
    },
    clear() {
      mechanism.clear()
      return 'clear: it starts anew'
    },
    'power-off': powerOff,
    'power-on': powerOn,
    'power-cycle'() {
      powerOff()
      return powerOn()
    },
    reset() {
      mechanism.reset()
      return 'reset'
    },
    version(words) {
      if (words.length === 0) return null
      device.version = words.join(' ')
      return device.version
    },
    table(words) {
      if (words.length > 0) {
        const [code, country, base, exponent] = [hexByte(words[0]), hexByte(words[1]), whole(words[2], 0, 255), whole(words[3], 0, 9)]
        if (code === null || country === null || base === null || exponent === null) return null
        const at = denominations.findIndex((entry) => entry.code === code)
        denominations.splice(at < 0 ? denominations.length : at, at < 0 ? 0 : 1, { code, country, base, exponent })
      }
      return denominations.map((entry) => `${entry.code.toString(16)}=${entry.country.toString(16)}:${entry.base}e${entry.exponent}`).join(' ')
    },
    'vend-after-power-up': switched((on) => (vendAfterPowerUp = on), 'VEND VALID after 42'),
    'lose-ack': counted((count) => (line.loseAcknowledgements = count), 'acknowledgements to be lost'),
    lose: counted((count) => (line.lose = count), 'replies to be lost'),
    deaf: counted((count) => (line.deaf = count), 'commands to be lost'),
    garble: counted((count) => (line.garble = count), 'replies to be damaged'),
    twice: counted((count) => (line.twice = count), 'replies to come twice'),
    late: counted((ms) => (line.lateMs = ms), 'replies late by milliseconds'),
    async noise([word]) {
      const count = whole(word, 1, 10_000_000)
      if (count === null) return null
      await line.noise(count)
      return `${count} bytes of noise`
    },
    echo: switched((on) => (line.echo = on), 'echo'),
    silent: switched((on) => (line.silent = on), 'silent'),
    unplug() {
      line.unplugged = true
      return 'unplugged: nothing passes either way'
    },
    plug() {
      line.unplugged = false
      return 'plugged in'
    },
    counters() {
      const { code, data } = mechanism.now()
      const { mask, inhibited, truth } = mechanism
      return JSON.stringify({ status: code.toString(16), data, mask, inhibited, mode: device.mode, ...truth, ...line.errors })
    },
  }

  return {
    hand: (spoken) => act(hands, spoken, help),
    stop() {
      mechanism.stop()
      line.stop()
      return Promise.resolve()
    },
  }
}
