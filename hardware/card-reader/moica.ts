import { apdu } from './apdu.ts'
import type { CardLine } from './card-line.ts'
import { ok, readBinary, readCertificate, selectApplication } from './card-session.ts'
import { certificateFacts } from './certificate.ts'
import type { CheckOptions } from './check.ts'
import type { CardFacts, CardFault, CertificateFacts, ContentFault } from './events.ts'
import { isFirstMoica, maskMoicaNumber } from './files.ts'

/** How the two generations differ in what is read of them. */
const generations = {
  1: { cla: 0x80, select: '80A4000002', le: '', number: ['3F00', '0900', '0903'], certificates: ['3F00', '5030', '08F2'] },
  2: { cla: 0x00, select: '00A4000402', le: '00', number: ['0900', '0903'], certificates: ['7FFF', '5030', '08F2'] },
} as const
type Generation = keyof typeof generations

/** Where in 08F2 the holder's two certificates begin. */
const certificateOffsets = [0x0e00, 0x1500] as const
/** These cards read at most C8 bytes at a time. */
const chunk = 0xc8

/** Selects one file after the other; whether all were there. */
async function walk(line: CardLine, generation: Generation, path: readonly string[]): Promise<boolean | CardFault> {
  const { select, le } = generations[generation]
  for (const file of path) {
    const reply = await line.send(apdu(`${select}${file}${le}`))
    if (typeof reply === 'string') return reply
    if (reply.status !== ok) return false
  }
  return true
}

async function readFacts(line: CardLine, generation: Generation, { now, authorities }: CheckOptions): Promise<CardFacts | CardFault> {
  const { cla, number, certificates } = generations[generation]
  const atNumber = await walk(line, generation, number)
  if (typeof atNumber === 'string') return atNumber
  const digits = atNumber ? await readBinary(line, 16, { cla, chunk }) : new Uint8Array(0)
  if (typeof digits === 'string') return digits

  const atCertificates = await walk(line, generation, certificates)
  if (typeof atCertificates === 'string') return atCertificates
  const found: (CertificateFacts | ContentFault)[] = []
  for (const offset of atCertificates ? certificateOffsets : []) {
    const der = await readCertificate(line, { cla, offset, chunk })
    if (typeof der === 'string') return der
    // An empty slot is no certificate that went bad.
    if (der.some((byte) => byte !== 0x00 && byte !== 0xff)) found.push(certificateFacts(der, { now, authorities, naming: true }))
  }
  return { kind: 'moica', generation, number: maskMoicaNumber(digits), certificates: found }
}

/** Reads a MOICA card of the second generation; null when this is none. No PIN, ever: the ministry's own programs alone may show one. */
export async function checkSecondMoica(line: CardLine, options: CheckOptions): Promise<CardFacts | CardFault | null> {
  const aid = await selectApplication(line, 'moica-2')
  if (typeof aid === 'string') return aid
  return aid.status === ok ? readFacts(line, 2, options) : null
}

/** Reads a MOICA card of the first generation, which answers class 80 alone; null when this is none. */
export async function checkFirstMoica(line: CardLine, options: CheckOptions): Promise<CardFacts | CardFault | null> {
  const there = await walk(line, 1, ['3F00', '0900', '0905'])
  if (typeof there === 'string') return there
  if (!there) return null
  const generation = await readBinary(line, 8, { cla: 0x80, chunk: 8 })
  if (typeof generation === 'string') return generation
  return isFirstMoica(generation) ? readFacts(line, 1, options) : null
}
