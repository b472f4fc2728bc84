import { cardLine } from '../../../hardware/card-reader/card-line.ts'
import { readAuthorities } from '../../../hardware/card-reader/certificate.ts'
import { makeCardReaderDriver } from '../../../hardware/card-reader/driver.ts'
import type { CardReaderCommand, CardReaderEvent } from '../../../hardware/card-reader/events.ts'
import { virtualClock } from '../../../hardware/clock.ts'
import type { FaultCode } from '../../../hardware/faults.ts'
import { authorityPem, myNumberCard, scriptedReader, text, type Answer, type MyNumberOptions } from './scripted.ts'

export const now = Date.UTC(2026, 10, 22)

/** The driver in front of a scripted reader, and all that it says. */
export async function bench(control?: Parameters<typeof scriptedReader>[0]) {
  const reader = scriptedReader(control)
  const clock = virtualClock(now)
  const events: CardReaderEvent[] = []
  let faults: readonly FaultCode[] = []
  const traced: string[] = []
  const driver = makeCardReaderDriver({ authorities: readAuthorities(authorityPem) })(cardLine(reader), {
    clock,
    emit: (event) => void events.push(event),
    report(held) {
      faults = held
    },
    trace: (_direction, bytes, note) => void traced.push(`${text(bytes)} ${note ?? ''}`),
  })
  await driver.start()
  await clock.advance(0)
  const ask = async (command: CardReaderCommand) => {
    await driver.execute(command)
    return events.at(-1)
  }
  return { reader, driver, events, traced, ask, faults: () => faults }
}

/** A bench with a My Number Card in its reader. */
export async function withCard(options: MyNumberOptions = {}, wrap: (answer: Answer) => Answer = (answer) => answer) {
  const made = await bench()
  const card = myNumberCard(options)
  made.reader.insert(wrap(card.answer))
  return { ...made, ...card }
}
export const check = { kind: 'check', card: 1 } as const
export const change = { kind: 'change-pin', card: 1, pin: 'authentication', old: '1234', new: '5678', lastTry: false } as const
export const signIn = { kind: 'sign-in', card: 1, challengeHex: '00112233445566778899aabbccddeeff', pin: '1234', lastTry: false } as const
export const failed = (act: string, reason: string, tries: number | null = null) => ({ kind: 'failed', card: 1, act, reason, tries })
/** Whether a command shows the card a PIN. */
export const isVerify = (command: string) => command.startsWith('00200080') && command.length > 8
