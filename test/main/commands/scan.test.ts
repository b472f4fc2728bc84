import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { realClock } from '../../../hardware/clock.ts'
import { measureScan, type ScanMeasurement } from '../../../main/commands/measure-scan.ts'
import { openDecoder } from '../../../main/commands/open-decoder.ts'
import { scanFile, type ScanLine } from '../../../main/commands/scan.ts'
import type { CodeDecoder } from '../../../renderer/decoder/code-decoder.ts'
import { byteSegment, drawSymbols, numericSegment, pngOf, qrSymbol, structuredAppend, type Bits } from '../../support/qr-symbol.ts'

const folder = mkdtempSync(join(tmpdir(), 'cardbooth-scan-'))
const command = fileURLToPath(new URL('../../../main/commands/scan.ts', import.meta.url))
const id = '20261121000000000012345'
const address = `https://net.kojinbango-card.go.jp/?id=${id}`
const latin = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'))
const hex = (text: string) => Buffer.from(text, 'latin1').toString('hex')
/** Valid by its check digit (ordinance 85 of 2014 of the Ministry of Internal Affairs, article 5), and nobody's. */
const individualNumber = '123456789018'

let decoder: CodeDecoder
beforeAll(async () => {
  decoder = await openDecoder()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function file(name: string, ...contents: readonly Bits[]): Promise<string> {
  const path = join(folder, name)
  writeFileSync(path, await pngOf(drawSymbols(contents.map((content) => qrSymbol(content, 9)))))
  return path
}

async function scanned(...contents: readonly Bits[]): Promise<ScanLine> {
  return scanFile('code.png', await file('code.png', ...contents), decoder, realClock())
}

describe('scanning a picture', () => {
  it('Q01 takes the code of a form and shows the last four digits of its ID', async () => {
    const taken = { accepted: true, reason: null, applicationIdLast4: '2345' }
    expect(await scanned(byteSegment(latin(address)))).toMatchObject({ file: 'code.png', text: address, bytesHex: hex(address), ...taken })
    expect(await scanned(numericSegment(id))).toMatchObject({ text: id, bytesHex: hex(id), ...taken })
  })

  it('Q25 of an Individual Number, alone or beside a form, nothing is shown', async () => {
    for (const segment of [numericSegment(individualNumber), byteSegment(latin(`id=${individualNumber}`))]) {
      const line = await scanned(segment)
      expect(line).toMatchObject({ text: null, bytesHex: null, accepted: false, reason: 'individual-number', applicationIdLast4: null })
      expect(JSON.stringify(line)).not.toContain('3456')
    }
    const beside = await scanned(numericSegment(individualNumber), byteSegment(latin(address)))
    expect(beside).toMatchObject({ text: address, accepted: true })
  })

  it('Q22 of two forms in view none is taken and none is shown', async () => {
    const [one, other] = [byteSegment(latin(address)), byteSegment(latin(`${address.slice(0, -1)}6`))]
    expect(await scanned(one, other)).toMatchObject({ text: null, bytesHex: null, accepted: false, reason: 'two-codes', applicationIdLast4: null })
  })

  it('Q02 Q06 Q17 shows what else was in the code, as text only where it is text', async () => {
    const refused = { accepted: false, reason: 'not-application', applicationIdLast4: null }
    const short = address.slice(0, -1)
    expect(await scanned(byteSegment(latin(short)))).toMatchObject({ text: short, bytesHex: hex(short), ...refused })
    const withNul = 'https://net.kojinbango-card.go.jp/\u0000?id='
    expect(await scanned(byteSegment(latin(withNul)))).toMatchObject({ text: withNul, bytesHex: hex(withNul), ...refused })
    expect(await scanned(byteSegment(Uint8Array.of(0xff, 0xfe, 0xc0, 0x80)))).toMatchObject({ text: null, bytesHex: 'fffec080', ...refused })
  })

  it('Q24 of one part of a code in parts nothing is passed on', async () => {
    const part = await scanned([...structuredAppend, ...byteSegment(latin(address))])
    expect(part).toMatchObject({ text: '', bytesHex: '', accepted: false, reason: 'not-application' })
  })

  it('says that there is no code, or no picture', async () => {
    const white = join(folder, 'white.png')
    await sharp({ create: { width: 300, height: 300, channels: 3, background: '#ffffff' } }).png().toFile(white)
    expect(await scanFile('white.png', white, decoder, realClock())).toMatchObject({ accepted: false, reason: 'no-code', text: null })
    expect(await scanFile('scan.ts', command, decoder, realClock())).toMatchObject({ accepted: false, reason: 'not-a-picture' })
  })

  it('reads black on transparent, CMYK and 16 bit pictures', async () => {
    const { data, width, height } = drawSymbols([qrSymbol(byteSegment(latin(address)), 9)])
    const raw = { raw: { width, height, channels: 1 } } as const
    const variants = {
      'transparent.png': sharp(Buffer.from([...data].flatMap((grey) => [0, 255 - grey])), { raw: { width, height, channels: 2 } }).png(),
      'cmyk.jpg': sharp(data, raw).toColourspace('cmyk').jpeg(),
      'sixteen.png': sharp(data, raw).toColourspace('rgb16').png(),
    }
    for (const [name, picture] of Object.entries(variants)) {
      await picture.toFile(join(folder, name))
      expect(await scanFile(name, join(folder, name), decoder, realClock()), name).toMatchObject({ accepted: true })
    }
  })
})

describe('npm run scan', () => {
  const run = async (...files: readonly string[]) => {
    const environment = { ...process.env, INIT_CWD: folder }
    const ended = await promisify(execFile)(process.execPath, [command, ...files], { cwd: tmpdir(), env: environment }).then(
      ({ stdout }) => ({ code: 0, stdout }),
      (error: { readonly code: number; readonly stdout: string }) => error,
    )
    return { code: ended.code, lines: ended.stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line) as ScanLine) }
  }

  it('prints one line a file in their order, finds files from INIT_CWD, and ends with 0 only when all were accepted', async () => {
    await Promise.all([file('good.png', byteSegment(latin(address))), file('bad.png', byteSegment(latin('javascript:alert(1)//')))])
    const good = await run('good.png')
    expect(good.code).toBe(0)
    expect(good.lines.map((line) => Object.keys(line))).toEqual([['file', 'text', 'bytesHex', 'ms', 'accepted', 'reason', 'applicationIdLast4']])
    const mixed = await run('good.png', 'missing.png', 'bad.png')
    expect(mixed.code).toBe(1)
    expect(mixed.lines.map(({ file: name, reason }) => [name, reason])).toEqual([
      ['good.png', null],
      ['missing.png', 'not-a-picture'],
      ['bad.png', 'not-application'],
    ])
    expect((await run()).code).toBe(2)
  })
})

it('the measurement counts what was read, beside zxing-wasm alone', async () => {
  const lines: ScanMeasurement[] = []
  for await (const line of measureScan({ only: ['nominal', 'low-light', 'empty'], seeds: 1, widths: [640] })) lines.push(line)
  const line = (name: string) => lines.find((each) => each.name === name)
  expect(lines.every(({ area }) => area === 'scan')).toBe(true)
  expect(line('rate nominal')).toMatchObject({ n: 1, p50: 100, ratio: 1, unit: '%' })
  expect(line('rate')).toMatchObject({ n: 4 })
  expect(line('gain')?.p50).toBeGreaterThanOrEqual(0)
  expect(line('wrong')).toMatchObject({ n: 6, p50: 0 })
  expect(line('cpu')?.ratio).toBeGreaterThan(0)
})

