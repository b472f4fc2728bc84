import type { CardApplication } from './card-files.ts'
import type { CardProfile, CardState } from './card-state.ts'
import { makeHicosCard } from './hicos-card.ts'
import { makeJicsapCard } from './jicsap-card.ts'
import { moicaFiles } from './moica.ts'
import { myNumberApplications, myNumberObjects, myNumberPins } from './my-number.ts'
import type { VirtualCard } from './virtual-card.ts'

const myNumberAtr = '3bda13ff8131fb468012392f31c173c601c03b'

/** Answers to reset, from public lists; a hint at most, since a contactless reader makes up its own. */
const answersToReset: Readonly<Record<CardProfile, string>> = {
  'my-number': myNumberAtr,
  'phone-token': '3b80800101',
  'juki-card': '3be000ff8131fe4514',
  'moica-1': '3bb813008131fa524348544d4f494341a5',
  'moica-2': '3bd8960081b1fe451f0743485447504b494add',
  nhi: '3bee00008131fe4580318066409093060f17830f9000f3',
  unknown: '3b80800101',
}

/** The answer to reset of a card of that profile. */
export const answerToReset = (profile: CardProfile): Uint8Array => new Uint8Array(Buffer.from(answersToReset[profile], 'hex'))

const serials: Partial<Record<CardProfile, string>> = { 'moica-1': 'TP99999999999901', 'moica-2': 'TP99999999999902', nhi: '000099999901' }

/** A new card of an invented person, issued at `now` (milliseconds since 1970). */
export function newCardState(profile: CardProfile, now: number): CardState {
  const japanese = profile === 'my-number' || profile === 'phone-token' || profile === 'juki-card'
  const holder = japanese
    ? { name: 'ＴＥＳＴ　花子', address: '東京都試験区見本町１丁目２番３号', birth: '19900401', sex: '2' }
    : { name: '測試', address: '', birth: '19900401', sex: '2' }
  const expiry = `${new Date(now).getUTCFullYear() + 9}0401`
  // The first PIN of a MOICA card: the day of birth, in years of the Republic.
  const moica = { moica: { value: '790401', left: 3, most: 3 } }
  return {
    profile,
    issued: now,
    serial: serials[profile] ?? '999999900000001',
    expiry,
    holder,
    certificates: { authentication: 'valid', signature: 'valid' },
    pins: japanese ? myNumberPins(holder, expiry) : profile.startsWith('moica') ? moica : {},
    files: {},
  }
}

/** The health-insurance card: an application, and one object with the person's data in it, the last part of which is not to be asked for. */
function healthInsuranceCard({ serial, holder }: CardState): CardApplication {
  const text = (value: string, bytes: number) => Buffer.concat([Buffer.from(value, 'latin1'), new Uint8Array(bytes)]).subarray(0, bytes)
  // The two characters of "test" in Big5, which Node does not write.
  const name = Buffer.concat([Buffer.from('b4fab8d5', 'hex'), new Uint8Array(16)])
  const republic = `0${Number(holder.birth.slice(0, 4)) - 1911}`.slice(-3) + holder.birth.slice(4)
  const object = Buffer.concat([text(serial, 12), name, text('Z999999999', 10), text(republic, 7), text('F', 1), text('1150101', 7)])
  return { name: 'nhi', aid: 'd1580000010000000000000000001100', files: new Map(), objects: new Map([[0x1100, new Uint8Array(object)]]) }
}

/** The chip that remembers `state`, which it changes: `changed` is called after each change that must survive a loss of power. */
export function makeCard(state: CardState, changed: () => void): VirtualCard {
  const { profile, pins } = state
  const none = new Map<number, Uint8Array>()
  switch (profile) {
    case 'my-number':
      return makeJicsapCard({
        applications: myNumberApplications(state),
        objects: myNumberObjects(state, answerToReset(profile)),
        pins,
        changed,
      })
    case 'phone-token':
    case 'juki-card':
      return makeJicsapCard({ applications: myNumberApplications(state), objects: none, pins, changed })
    case 'moica-1':
    case 'moica-2':
      return makeHicosCard({ generation: profile === 'moica-1' ? 1 : 2, root: moicaFiles(state), pins, changed })
    case 'nhi':
      return makeJicsapCard({ applications: [healthInsuranceCard(state)], objects: none, pins, changed })
    case 'unknown':
      return makeJicsapCard({ applications: [], objects: none, pins, changed })
  }
}
