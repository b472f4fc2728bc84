import type { SKRSContext2D } from '@napi-rs/canvas'
import { cssFont, makeCanvas } from '../../print/canvas.ts'
import { qrCode } from '../../print/qr-code.ts'
import type { Luminance } from '../../../renderer/decoder/luminance.ts'

/** A drawn form and where its code is. */
export interface Form extends Luminance {
  /** The code's square without its quiet zone, in pixels of the drawing. */
  readonly code: { readonly left: number; readonly top: number; readonly size: number; readonly modules: number }
}

export interface FormOptions {
  /** What the code says; null draws the form without a code. */
  readonly text: string | null
  /** Light for dark, as a screen in night mode shows it. */
  readonly inverted?: boolean
  /** White around the code in modules before something dark begins; null: nothing dark near. */
  readonly quietZone?: number | null
}

/** Width and height of the drawing in pixels, and the side of its code: about 22 mm on a sheet of 80 by 60 mm. */
const sheet = { width: 2600, height: 1950, codeSize: 720, codeLeft: 1080, codeTop: 640 } as const

const paper = '#ffffff'
const ink = '#000000'

/**
 * Draws our own make-believe application form, marked as a sample: the layout is invented and bears no official sign. The code is version 7 or what
 * the text needs, level M.
 */
export function drawForm({ text, inverted = false, quietZone = null }: FormOptions): Form {
  const { context } = makeCanvas(sheet.width, sheet.height)
  drawWords(context)
  const modules = text === null ? null : qrCode(text)
  const size = modules ? Math.floor(sheet.codeSize / modules.length) * modules.length : sheet.codeSize
  if (modules) drawCode(context, modules, size, inverted, quietZone)
  const { data } = context.getImageData(0, 0, sheet.width, sheet.height)
  const grey = new Uint8Array(sheet.width * sheet.height)
  for (let at = 0; at < grey.length; at += 1) grey[at] = data[at * 4] ?? 0
  const code = { left: sheet.codeLeft, top: sheet.codeTop, size, modules: modules?.length ?? 0 }
  return { data: grey, width: sheet.width, height: sheet.height, code }
}

function drawCode(context: SKRSContext2D, modules: readonly (readonly boolean[])[], size: number, inverted: boolean, quietZone: number | null): void {
  const step = size / modules.length
  const around = step * 4
  const { codeLeft: left, codeTop: top } = sheet
  if (quietZone !== null) {
    const gap = quietZone * step
    context.fillStyle = ink
    context.fillRect(left - around, top - around, size + 2 * around, size + 2 * around)
    context.fillStyle = paper
    context.fillRect(left - gap, top - gap, size + 2 * gap, size + 2 * gap)
  } else if (inverted) {
    context.fillStyle = ink
    context.fillRect(left - around, top - around, size + 2 * around, size + 2 * around)
  }
  modules.forEach((row, y) =>
    row.forEach((dark, x) => {
      context.fillStyle = dark === inverted ? paper : ink
      context.fillRect(left + x * step, top + y * step, step, step)
    }),
  )
}

function drawWords(context: SKRSContext2D): void {
  context.fillStyle = ink
  context.strokeStyle = ink
  context.lineWidth = 5
  const write = (words: string, left: number, bottom: number, height: number) => {
    context.font = cssFont({ language: 'ja', size: height, weight: 400 })
    context.fillText(words, left, bottom)
  }
  write('見本 SAMPLE　カード交付申請書（練習用）', 120, 190, 92)
  write('This is not an official form. これは本物の申請書ではありません。', 120, 290, 52)
  context.strokeRect(100, 340, 2400, 1520)
  const rows = ['氏名 Name', '住所 Address', '生年月日 Born', '電話 Phone', '連絡先 Contact']
  rows.forEach((words, row) => {
    context.strokeRect(100, 340 + row * 304, 900, 304)
    write(words, 140, 420 + row * 304, 56)
    write('見本 SAMPLE', 180, 560 + row * 304, 88)
  })
  write('申請書ID　Application form ID', 1080, 420, 56)
  write('スマートフォンで読み取ってください', 1080, 510, 46)
  write('Read this code at the booth. Keep the sheet flat and free of shadow.', 1080, 1520, 42)
  write('字がかすれたり折れたりしているときは、窓口で新しい用紙を受け取ってください。', 1080, 1600, 36)
  write('電子証明書の発行を希望しない場合は、左の欄を黒く塗りつぶしてください。', 1080, 1660, 36)
  write('Sample 0000 0000 0000 0000 0000 000', 1080, 1780, 60)
  for (let line = 0; line < 9; line += 1) write('見本 SAMPLE 見本 SAMPLE', 1900, 700 + line * 80, 48)
}
