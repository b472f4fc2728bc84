import type { Block } from '../contract/block.ts'
import { calendarFile } from '../contract/calendar.ts'
import type { Catalogue, Language } from '../contract/language.ts'
import type { Slip } from '../contract/slip.ts'
import { text, type Text } from '../contract/text.ts'
import type { PhoneLine } from '../contract/view.ts'
import { formatText } from '../i18n/format.ts'
import { makePage, type TextStyle } from './page.ts'
import { qrCode } from './qr-code.ts'

export interface SlipSetting {
  /** Dots a line, 256..1024: 576 for 80 mm paper, 384 for 58 mm, at 203 dpi (8 dots are 1 mm). */
  readonly widthDots: number
  readonly catalogues: (language: Language) => Catalogue
  readonly operator: { readonly name: string; readonly phone: string }
  readonly booth: string
  /** Marks the slip as a demonstration, above and below. */
  readonly demo: boolean
  /** Marks the slip as the second print of the same. */
  readonly markCopy?: boolean
}

export interface SlipPicture {
  /** One bit a dot, 1 = black, most significant bit left, rows padded to whole bytes. */
  readonly raster: Uint8Array
  readonly widthDots: number
  readonly heightDots: number
}

/** Type sizes in dots on 80 mm paper: large for the resident's language, small for that of the counters beneath it. */
const sizes = {
  heading: { large: 40, small: 26 },
  paragraph: { large: 30, small: 22 },
  value: { large: 30, small: 22 },
  label: { large: 24, small: 20 },
  number: { large: 48, small: 24 },
  note: { large: 20, small: 18 },
} as const
type Size = keyof typeof sizes

/** The largest module of a code, in dots, and the widest that a code with its quiet zone of four modules on each side may be. */
const largestModule = 6
const quietModules = 4
const widestCode = 480

/**
 * Draws a slip: each sentence large in the resident's language, that of the counters small beneath it (Japanese, or where the slip says so Chinese), both from the catalogues by the same key.
 * Says who runs the booth, marks demonstrations and copies, and names the owner of the trademark when a QR code is on it (R016). Throws when a
 * code's payload is longer than a QR code holds.
 */
export function drawSlip(slip: Slip, setting: SlipSetting): SlipPicture {
  const { language, original: counters = 'ja' } = slip
  const page = makePage(setting.widthDots)
  const scale = setting.widthDots >= 512 ? 1 : 0.84
  const margin = Math.round(setting.widthDots * 0.035)
  const [left, right] = [margin, setting.widthDots - margin]
  const gap = Math.round(16 * scale)

  const languageNames = new Intl.DisplayNames(language, { type: 'language' })
  const inOwn = (words: Text) => formatText(setting.catalogues(language), language, words)
  /** The words of the counters' language; null when the resident's words hold them already, as numbers and official terms do. */
  const original = (words: Text): string | null => {
    const native = formatText(setting.catalogues(counters), counters, words)
    return inOwn(words).includes(native) ? null : native
  }
  const dots = (size: number) => Math.round(size * scale)
  const own = (size: Size, style: Partial<TextStyle> = {}): TextStyle => ({ language, size: dots(sizes[size].large), weight: 400, ...style })
  const small = (size: Size, style: Partial<TextStyle> = {}): TextStyle => ({ ...style, language: counters, size: dots(sizes[size].small), weight: 400 })

  /** One sentence in both languages. */
  const both = (words: Text, size: Size, style: Partial<TextStyle> = {}, from = left, to = right) => {
    page.text(inOwn(words), own(size, style), from, to)
    const native = original(words)
    if (native !== null) page.text(native, small(size, style), from, to)
  }

  /** A few words in both languages, on one line if there is room. */
  const label = (words: Text, size: Size, from = left, to = right) => {
    const native = original(words)
    const taken = page.measure(inOwn(words), own(size)) + gap / 2
    if (native === null || taken + page.measure(native, small(size)) > to - from) return both(words, size, {}, from, to)
    page.beside(
      () => page.text(inOwn(words), own(size), from, to),
      () => {
        page.space((own(size).size - small(size).size) * 1.01)
        page.text(native, small(size), from + Math.ceil(taken), to)
      },
    )
  }
  const widthOf = (words: Text, size: Size, style: Partial<TextStyle> = {}) =>
    Math.max(page.measure(inOwn(words), own(size, style)), page.measure(original(words) ?? '', small(size, style)))

  const field = (name: Text, value: Text) => {
    const valueWidth = Math.ceil(widthOf(value, 'value', { weight: 700 }))
    const valueFrom = right - valueWidth
    const together = widthOf(name, 'label') + 2 * gap + valueWidth <= right - left
    if (together) {
      page.beside(
        () => {
          page.space(own('value').size - own('label').size)
          label(name, 'label', left, valueFrom - gap)
        },
        () => both(value, 'value', { weight: 700, align: 'right' }, valueFrom - 1),
      )
    } else {
      label(name, 'label')
      both(value, 'value', { weight: 700, align: 'right' }, left + 2 * gap)
    }
    page.space(gap / 2)
  }

  /** Large, on one line. */
  const large = (value: string) => {
    const style = own('number', { weight: 700 })
    const fitting = Math.min(1, (right - left) / page.measure(value, style))
    page.text(value, { ...style, size: Math.max(Math.floor(style.size * fitting), own('paragraph').size) }, left, right)
    page.space(gap / 2)
  }

  const number = (name: Text, value: string) => {
    label(name, 'label')
    large(value)
  }

  /** Whether somebody answers now is for the screen: paper is read later. */
  const line = ({ number: digits, purpose, language: spoken }: PhoneLine) => {
    const name = languageNames.of(spoken) ?? spoken
    page.text(`${inOwn(text(`ui.phone.${purpose}`))} · ${name}`, own('label'), left, right)
    large(digits)
  }

  /** To read out over the phone or to show at a counter: in that country's language, large, and what it means beneath. */
  const sentence = (words: Text, spoken: 'ja' | 'zh-Hant') => {
    const said = formatText(setting.catalogues(spoken), spoken, words)
    const inset = left + gap
    page.text(said, { ...own('paragraph', { weight: 700 }), language: spoken, size: dots(sizes.heading.large) }, inset, right)
    if (inOwn(words) !== said) page.text(inOwn(words), own('label'), inset, right)
    page.space(gap)
  }

  const steps = (texts: readonly Text[]) => {
    const style = own('paragraph', { weight: 700 })
    const indent = left + Math.ceil(page.measure(`${texts.length}.`, style)) + gap
    for (const [index, step] of texts.entries()) {
      page.beside(
        () => page.text(`${index + 1}.`, style, left, indent),
        () => both(step, 'paragraph', {}, indent),
      )
      page.space(gap / 2)
    }
    page.space(gap / 2)
  }

  const code = (payload: string, caption: Text) => {
    const rows = qrCode(payload)
    const room = Math.min(widestCode, setting.widthDots)
    const dots = Math.max(1, Math.min(largestModule, Math.floor(room / (rows.length + 2 * quietModules))))
    const from = Math.round((setting.widthDots - dots * rows.length) / 2)
    const quiet = quietModules * dots
    page.space(quiet)
    page.draw(dots * rows.length, (context, top) => {
      context.fillStyle = '#000'
      for (const [y, row] of rows.entries())
        for (const [x, black] of row.entries()) if (black) context.fillRect(from + x * dots, top + y * dots, dots, dots)
    })
    page.space(quiet)
    both(caption, 'label', { align: 'centre', balanced: true })
  }

  const rule = () => {
    page.space(gap / 2)
    page.draw(2, (context, top) => {
      context.fillStyle = '#000'
      context.fillRect(left, top, right - left, 2)
    })
    page.space(gap)
  }

  const block = (piece: Block) => {
    switch (piece.kind) {
      case 'heading':
        both(piece.text, 'heading', { weight: 700, balanced: true })
        return page.space(gap)
      case 'paragraph':
        both(piece.text, 'paragraph')
        return page.space(gap)
      case 'steps':
        return steps(piece.texts)
      case 'field':
        return field(piece.label, piece.value)
      case 'number':
        return number(piece.label, piece.value)
      case 'line':
        return line(piece.line)
      case 'sentence':
        return sentence(piece.text, piece.language)
      case 'code':
        code(piece.payload, piece.caption)
        return page.space(gap)
      case 'calendar':
        code(calendarFile(piece.days.map(({ title, ...day }) => ({ ...day, title: inOwn(title) })), piece.made), piece.caption)
        return page.space(gap)
      case 'rule':
        return rule()
    }
  }

  const ribbon = (act: () => void) =>
    page.band(gap / 2, () => {
      page.text(inOwn(text('slip.demo')), own('heading', { align: 'centre', weight: 700 }), left, right)
      act()
    })

  const copyMark = () => {
    const words = inOwn(text('slip.copy'))
    const style = own('heading', { weight: 700 })
    const frame = Math.round(6 * scale)
    const width = page.measure(words, style) + 4 * gap
    const from = (setting.widthDots - width) / 2
    const top = page.y
    page.space(gap)
    page.text(words, { ...style, align: 'centre' }, left, right)
    page.space(gap)
    const bottom = page.y
    page.draw(0, (context) => {
      context.strokeStyle = '#000'
      context.lineWidth = frame
      context.strokeRect(from, top + frame / 2, width, bottom - top - frame)
    })
  }

  if (setting.demo) ribbon(() => both(text('slip.demo-note'), 'note', { align: 'centre', balanced: true }))
  page.space(gap)
  if (setting.markCopy) {
    copyMark()
    page.space(gap)
  }
  for (const piece of slip.blocks) block(piece)
  rule()
  both(text('slip.operator', { operator: setting.operator.name }), 'label')
  page.space(gap / 2)
  page.text(inOwn(text('slip.operator-phone', { phone: setting.operator.phone })), own('value', { weight: 700 }), left, right)
  label(text('slip.at-booth', { booth: setting.booth }), 'note')
  if (slip.blocks.some((piece) => piece.kind === 'code' || piece.kind === 'calendar')) both(text('slip.trademark'), 'note')
  page.space(gap)
  if (setting.demo) ribbon(() => {})
  return page.raster()
}
