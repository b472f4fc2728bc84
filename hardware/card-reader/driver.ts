import type { DeviceIdentity, MakeDriver } from '../device.ts'
import { plainText } from '../plain-text.ts'
import type { Slot } from '../transport.ts'
import type { CardLine } from './card-line.ts'
import { inSession, readAuthenticationCertificate, selectApplication } from './card-session.ts'
import { parseCertificate, type Authorities } from './certificate.ts'
import { changePin } from './change-pin.ts'
import { checkCard } from './check.ts'
import type { CardAct, CardFault, CardReaderCommand, CardReaderEvent } from './events.ts'
import { isRefusal, refusal, type PinRefusal } from './pin.ts'
import { signIn } from './sign-in.ts'

export interface CardReaderOptions {
  readonly authorities: Authorities
}

const stateOf = { empty: 'absent', card: 'present', mute: 'mute', several: 'several' } as const

/** A driver for a chip card reader. Every act takes the card, does its work and lets the card go, reset; what it is, and what holds it up, is in README.md beside this file. */
export function makeCardReaderDriver({ authorities }: CardReaderOptions): MakeDriver<CardReaderCommand, CardReaderEvent, CardLine> {
  return (line, { clock, emit, report, trace }) => {
    let slot: Slot = { state: 'empty' }
    /** Cards seen so far; the one that lies in the reader has this number. */
    let card = 0
    /** Serial number of the certificate on the card that was checked: what tells it from another. */
    let checked: string | null = null
    let open = true
    let busy = false

    line.onClose(() => {
      open = false
    })
    line.onTrace(trace)

    const tell = (next: Slot) => {
      slot = next
      checked = null
      if (next.state === 'card') card += 1
      emit({ kind: 'card', state: stateOf[next.state], card })
    }

    const setBusy = (held: boolean) => {
      if (held === busy) return
      busy = held
      report(held ? ['card-reader-busy'] : [])
    }

    const fail = (act: CardAct, named: number, { reason, tries }: PinRefusal) => {
      if (reason === 'busy') setBusy(true)
      if (reason === 'no-answer') emit({ kind: 'card', state: 'silent', card })
      emit({ kind: 'failed', card: named, act, reason, tries })
    }

    /** Why nothing may be done with the card that a command names; null when it lies there. */
    const misses = (named: number): CardFault | null => {
      if (slot.state !== 'card') return slot.state === 'empty' ? 'no-card' : slot.state
      return named === card ? null : 'exchanged'
    }

    /** A card can be exchanged faster than a reader looks: before a PIN is shown, the card says again who it is. */
    const isAnother = async (): Promise<CardFault | null> => {
      if (checked === null) return null
      const application = await selectApplication(line, 'jpki')
      if (typeof application === 'string') return application
      const der = await readAuthenticationCertificate(line)
      if (typeof der === 'string') return der
      return parseCertificate(der)?.serialNumber.toLowerCase() === checked ? null : 'exchanged'
    }

    const check = async (named: number) => {
      const { atr } = slot.state === 'card' ? slot : { atr: new Uint8Array(0) }
      const outcome = await inSession(line, true, async () => {
        const found = await checkCard(line, { now: clock.now(), authorities, atr })
        if (typeof found === 'string') return found
        const verifies = await line.hasPad('verify')
        return { facts: found, pad: { signIn: verifies, changePin: verifies && (await line.hasPad('modify')) } }
      })
      if (typeof outcome === 'string') return fail('check', named, refusal(outcome))
      const { facts, pad } = outcome
      setBusy(false)
      if (misses(named)) return fail('check', named, refusal('exchanged'))
      if (facts.kind === 'my-number') checked = typeof facts.authentication === 'object' ? (facts.authentication?.serial ?? null) : null
      emit({ kind: 'checked', card: named, facts, pad })
    }

    /** Does what needs a PIN, once; undefined when it was refused, and then that was told. */
    const withPin = async <Value extends object | null>(
      command: Extract<CardReaderCommand, { kind: 'change-pin' | 'sign-in' }>,
      use: () => Promise<Value | PinRefusal>,
    ): Promise<Value | undefined> => {
      const outcome: Value | PinRefusal | CardFault = await inSession(line, false, async () => {
        const another = await isAnother()
        return another ? refusal(another) : use()
      })
      const refused = typeof outcome === 'string' ? refusal(outcome) : outcome
      if (!isRefusal(refused)) return refused
      fail(command.kind, command.card, refused)
      return undefined
    }

    const act = async (command: CardReaderCommand): Promise<void> => {
      const missing = misses(command.card)
      if (missing) return fail(command.kind, command.card, refusal(missing))
      switch (command.kind) {
        case 'check':
          return check(command.card)
        case 'change-pin': {
          const done = await withPin(command, () => changePin(line, command))
          if (done !== undefined) emit({ kind: 'pin-changed', card: command.card, pin: command.pin })
          return
        }
        case 'sign-in': {
          const request = { challenge: Uint8Array.from(Buffer.from(command.challengeHex, 'hex')), now: clock.now(), authorities }
          const signed = await withPin(command, () => signIn(line, { ...request, pin: command.pin, lastTry: command.lastTry }))
          if (!signed) return
          const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
          emit({
            kind: 'signed-in',
            card: command.card,
            certificateBase64: base64(signed.certificate),
            signatureBase64: base64(signed.signature),
          })
        }
      }
    }

    return {
      start() {
        const identity: DeviceIdentity = { manufacturer: '', product: plainText(Buffer.from(line.name)), serial: '', software: '' }
        // Whoever hears of a card may ask for it at once, and nothing can be asked before the start has ended.
        clock.after(0, () => line.onSlot(tell))
        return Promise.resolve(open ? identity : null)
      },
      async heartbeat() {
        // Whoever held the reader does not tell us when it is free again.
        if (busy) setBusy((await inSession(line, false, () => Promise.resolve(null))) === 'busy')
        return open
      },
      execute: act,
      async stop() {
        checked = null
        await line.disconnect()
      },
    }
  }
}
