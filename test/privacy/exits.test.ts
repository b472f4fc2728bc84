import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeIdPhoto } from '../../main/photo/id-photo.ts'
import { canaryOf, face, kept, needlesOf, needlesOfPicture } from './support/canary.ts'
import { filesUnder, foundIn, foundInFiles, jpegText, wholeStrings, type Wanted } from './support/search.ts'
import { inMidVisit, visitEnds, type VisitEnd } from './support/visit-ends.ts'

const program = fileURLToPath(new URL('./support/canary-visits.ts', import.meta.url))

let folder: string
let temporary: string
let said: string
let pictures: readonly Wanted[]
const wordsOf = ({ name }: VisitEnd): Wanted => ({ what: `words of “${name}”`, needles: needlesOf(canaryOf(name)) })
const words = visitEnds.map(wordsOf)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cardbooth-privacy-'))
  temporary = mkdtempSync(join(tmpdir(), 'cardbooth-privacy-tmp-'))
  const options = { env: { ...process.env, TMPDIR: temporary, NODE_OPTIONS: '' }, maxBuffer: 64 << 20 }
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [wholeStrings, program, folder], options)
  said = stdout + stderr
  const photo = await makeIdPhoto(face())
  if (!photo.ok) throw new Error(photo.code)
  pictures = [
    { what: 'the face', needles: needlesOfPicture(face()) },
    { what: 'the photo', needles: needlesOfPicture(photo.jpeg) },
  ]
})
afterAll(() => {
  for (const made of [folder, temporary]) rmSync(made, { recursive: true, force: true })
})

describe('F55 20 seconds after a visit, however it ended', () => {
  it('every visit came to its end', () => {
    expect(JSON.parse(said) as unknown).toMatchObject({ booths: visitEnds.length + 1 })
  })

  it('nothing of it is on the disk in clear: journal with its log, sealed files, slips, keys, log, temporary files, and what the centre keeps', () => {
    const files = filesUnder([folder, temporary]).filter((file) => !file.endsWith('.heapsnapshot'))
    for (const name of ['journal.db', 'journal.db-wal', 'centre.db', '.jwe', '.png', 'log.json', 'view.json'])
      expect(files.some((file) => file.endsWith(name)), name).toBe(true)
    expect(foundInFiles(files, [...words, wordsOf(inMidVisit), ...pictures])).toEqual([])
  })

  it('nothing of it was said aloud', () => expect(foundIn(said, [...words, ...pictures])).toEqual([]))

  it('nothing of it is in the heap: no number, no date, no picture', () => {
    const whole = readFileSync(join(folder, 'heap.heapsnapshot'))
    // What stands before the strings is numbers.
    const heap = whole.subarray(whole.indexOf('"strings":'))
    const control = { what: 'the picture that is kept', needles: needlesOfPicture(kept()) }
    expect(foundIn(heap, [...words, wordsOf(inMidVisit), ...pictures, jpegText, control])).toEqual(['words of “still at the review”', 'the picture that is kept'])
  })

  it('and would be found if it were there', () => {
    const { formId } = canaryOf('received')
    expect(foundIn(`…${formId}…`, words)).toEqual(['words of “received”'])
    expect(foundIn(Buffer.from(`…${Buffer.from(formId).toString('hex')}…`), words)).toEqual(['words of “received”'])
    const [picture] = pictures
    for (const text of [face(), face().toString('base64'), `x${Buffer.concat([Buffer.alloc(1), face()]).toString('base64')}`, face().toString('hex')])
      expect(foundIn(text, picture ? [picture] : [])).toEqual(['the face'])
  })
})
