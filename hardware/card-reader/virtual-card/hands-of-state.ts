import { certificateKinds, type CardState, type CertificateKind } from './card-state.ts'

type StateHand = (state: CardState, words: readonly string[]) => string | null

const whole = (word: string | undefined, most: number): number | null => {
  const value = word !== undefined && /^\d{1,2}$/.test(word) ? Number(word) : null
  return value !== null && value <= most ? value : null
}
const isKind = (word: string | undefined): word is CertificateKind => certificateKinds.some((kind) => kind === word)

/** Hands that change what a card remembers. Each answers in one line; null when the words mean nothing. */
export const handsOfState: Readonly<Record<string, StateHand>> = {
  tries(state, [name = '', word]) {
    const pin = Object.hasOwn(state.pins, name) ? state.pins[name] : undefined
    const left = whole(word, pin?.most ?? 0)
    if (!pin || left === null) return null
    pin.left = left
    return `${name}: ${left} of ${pin.most} tries left`
  },
  pin(state, [name = '', value]) {
    const pin = Object.hasOwn(state.pins, name) ? state.pins[name] : undefined
    if (!pin || value === undefined) return null
    pin.value = value
    pin.left = pin.most
    return `${name} is another`
  },
  pins: ({ pins }) =>
    Object.entries(pins)
      .map(([name, { left, most }]) => `${name} ${left}/${most}`)
      .join(', '),
  certificate(state, [which, kind]) {
    if ((which !== 'authentication' && which !== 'signature') || !isKind(kind)) return null
    state.certificates[which] = kind
    return `the certificate for ${which} is ${kind}`
  },
  expiry(state, [date]) {
    if (date === undefined || !/^\d{8}$/.test(date)) return null
    state.expiry = date
    return `the card is good until ${date}`
  },
  serial(state, [serial]) {
    if (serial === undefined || !/^[A-Z0-9]{1,16}$/.test(serial)) return null
    state.serial = serial
    return `serial number ${serial}`
  },
  holder(state, words) {
    const [name, address, birth, sex, ...more] = words.join(' ').split('|')
    if (name === undefined || address === undefined || birth === undefined || sex === undefined || more.length > 0) return null
    state.holder = { name, address, birth, sex }
    return 'the holder is another person'
  },
  file(state, [place, content]) {
    if (place === undefined || !/^[a-z0-9-]+\/[0-9A-F]{4}$/.test(place)) return null
    if (content === undefined || !/^(?:(?:[0-9a-f]{2})*|own)$/i.test(content)) return null
    const others = Object.entries(state.files).filter(([other]) => other !== place)
    state.files = Object.fromEntries(content === 'own' ? others : [...others, [place, content.toLowerCase()]])
    return content === 'own' ? `${place} has its own content again` : `${place} has ${content.length / 2} bytes`
  },
}

/** How the hands are called. */
export const handsOfStateHelp =
  'tries <pin> <n> | pin <pin> <value> | pins | certificate authentication|signature <kind> | expiry <YYYYMMDD> | serial <digits> | ' +
  'holder <name>|<address>|<YYYYMMDD>|<sex> | file <application>/<ID> <hex>|own'
