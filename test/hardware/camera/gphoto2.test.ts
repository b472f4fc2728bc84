import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { errorNumber, isJpeg, readDetected, readFiles, readSummary, reasonOf } from '../../../hardware/camera/gphoto2.ts'
import { realClock } from '../../../hardware/clock.ts'
import { programRunner } from '../../../hardware/program.ts'

const run = programRunner(realClock())
const picture = new URL('../../fixtures/photo/grace-hopper.jpg', import.meta.url).pathname

test('the real gphoto2 brings a file over memory: where it works nobody can make a file', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'cardbooth-camera-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  copyFileSync(picture, join(dir, 'a.jpg'))
  const ran = await run('gphoto2', ['--camera=Directory Browse', `--port=disk:${dir}`, '--get-file=1', '--stdout-size'], { limitMs: 60_000 })
  expect(ran).toMatchObject({ ended: 'exited', exitCode: 0, complaints: '' })
  expect(readFiles(ran.output)).toEqual([readFileSync(picture)])
  expect(() => writeFileSync('/proc/tmpfileAAAAAA', '')).toThrow('ENOENT')
})

test('the real gphoto2 without a camera says what the driver understands', async () => {
  const detected = await run('gphoto2', ['--auto-detect'], { limitMs: 60_000 })
  expect(detected).toMatchObject({ ended: 'exited', exitCode: 0 })
  expect(readDetected(detected.output.toString())).toEqual([])
  const captured = await run('gphoto2', ['--port=usb:001,002', '--capture-image-and-download', '--stdout-size'], { limitMs: 60_000 })
  expect(captured.exitCode).toBe(1)
  expect(readFiles(captured.output)).toEqual([])
  expect(reasonOf(captured.complaints)).toBe('lost')
})

test('the table of cameras is read whatever the names are', () => {
  const head = 'Model                          Port            \n----------------------------------------------------------\n'
  expect(readDetected(`${head}Canon EOS 700D                 usb:001,005     \nNikon DSC D750 (PTP mode)      ptpip:192.168.1.1:15740\n`)).toEqual([
    { model: 'Canon EOS 700D', port: 'usb:001,005' },
    { model: 'Nikon DSC D750 (PTP mode)', port: 'ptpip:192.168.1.1:15740' },
  ])
  expect(readDetected(head)).toEqual([])
  expect(readDetected('')).toEqual([])
  expect(readDetected(`${head}not a line of it\n`)).toEqual([])
})

test('a summary that says nothing gives an identity without words', () => {
  expect(readSummary('')).toEqual({ manufacturer: '', product: '', serial: '', software: '' })
  expect(readSummary('Manufacturer: Sony Corporation\nModel: ILCE-7M3\n  Version: 4.0\n  Serial Number: None\n')).toEqual({
    manufacturer: 'Sony Corporation',
    product: 'ILCE-7M3',
    serial: 'None',
    software: '4.0',
  })
})

test.each([
  ['nothing', '', []],
  ['one file', '3\nabc', ['abc']],
  ['two files, the second of them beginning like a length', '3\nabc5\n12\nde', ['abc', '12\nde']],
  ['an empty file', '0\n', ['']],
  ['a file and advice behind it', '3\nabcFor debugging messages', ['abc']],
  ['half a file', '30\nabc', []],
  ['advice alone', 'For debugging messages, please', []],
  ['a length that is none', '12345678901\nabc', []],
])('files in the output: %s', (_what, output, files) => {
  expect(readFiles(Buffer.from(output)).map(String)).toEqual(files)
})

test('only a whole JPEG is one', () => {
  const whole = readFileSync(picture)
  expect(isJpeg(whole)).toBe(true)
  expect(isJpeg(Buffer.concat([whole, Buffer.alloc(100)]))).toBe(true)
  expect(isJpeg(whole.subarray(0, -1))).toBe(false)
  expect(isJpeg(whole.subarray(1))).toBe(false)
  expect(isJpeg(Buffer.alloc(10))).toBe(false)
  expect(isJpeg(Buffer.alloc(0))).toBe(false)
})

test('the last number of an error counts', () => {
  expect(errorNumber("*** Error (-105: 'Unknown model') ***       \n*** Error (-53: 'Could not claim the USB device') ***")).toBe(-53)
  expect(errorNumber('nothing')).toBeNull()
  expect(reasonOf("*** Error (-52: 'Could not find the requested device on the USB port') ***")).toBe('lost')
  expect(reasonOf("*** Error (-110: 'I/O in progress') ***")).toBe('failed')
})

test('a program that floods is ended, and one that lies elsewhere is missing', async () => {
  expect(await run('yes', [], { limitMs: 60_000, mostBytes: 100_000 })).toMatchObject({ ended: 'flooded', exitCode: null })
  expect(await run('/nowhere/at/all', [], { limitMs: 60_000 })).toMatchObject({ ended: 'missing', exitCode: null })
  expect(await run('sh', ['-c', 'exit 127'], { limitMs: 60_000 })).toMatchObject({ ended: 'exited', exitCode: 127 })
  expect(await run('cat', [], { limitMs: 60_000, input: Buffer.from('in and out') })).toMatchObject({ output: Buffer.from('in and out') })
})
