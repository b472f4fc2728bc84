import { calendarFile } from '../contract/calendar.ts'
import type { Catalogue, Language } from '../contract/language.ts'
import type { Sheet, SheetBlock, SheetPage } from '../contract/sheet.ts'
import { text, type Text } from '../contract/text.ts'
import { formatText } from '../i18n/format.ts'
import { qrCode } from './qr-code.ts'

export interface SheetSetting {
  readonly catalogues: (language: Language) => Catalogue
  readonly operator: { readonly name: string; readonly phone: string }
  readonly booth: string
  /** Marks the sheet as a demonstration. */
  readonly demo: boolean
}

/** Puts words in one language into a place of the page; what they mean in the other stands beside. */
type Inside = (say: (words: Text) => string) => string

const quietModules = 4
/** On screens the counter's own term stands in brackets behind the resident's; on a sheet it stands beside. */
const inBrackets = / ?[(（]([^()（）]+)[)）]/g

const escaped = (words: string) => words.replaceAll(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
const element = (name: string, kind: string, inside: string) => `<${name} class="${kind}">${inside}</${name}>`

/** A QR code as a picture of squares; `words` is what it is for somebody who does not see it. */
function codePicture(payload: string, words: string): string {
  const rows = qrCode(payload)
  const squares = rows.flatMap((row, y) => row.flatMap((black, x) => (black ? [`M${x} ${y}h1v1h-1z`] : [])))
  const box = `${-quietModules} ${-quietModules} ${rows.length + 2 * quietModules} ${rows.length + 2 * quietModules}`
  return `<svg class="code" viewBox="${box}" role="img" aria-label="${escaped(words)}"><path d="${squares.join('')}"/></svg>`
}

/**
 * Puts a sheet into words: each sentence in the resident's language and, beside it, in the language of the counter; once where both are the same. Says
 * who runs the booth and, on a draft, that no authority made it. Throws when a code's payload is longer than a QR code holds.
 */
export function sheetPage(sheet: Sheet, language: Language, setting: SheetSetting): SheetPage {
  const format = (tongue: Language, words: Text) => formatText(setting.catalogues(tongue), tongue, words)
  const sayIn = (tongue: Language) => (words: Text) => {
    const said = format(tongue, words)
    return tongue === sheet.native ? said : said.replaceAll(inBrackets, (whole, inside: string) => (format(sheet.native, words).includes(inside) ? '' : whole))
  }
  const languages = [...new Set<Language>([language, sheet.native])]
  const [own, native] = [sayIn(language), sayIn(sheet.native)]

  /** The same in each language, side by side; once where nothing differs, as with numbers. */
  const beside = (name: string, kind: string, inside: Inside) => {
    const said = languages.map((tongue) => inside((words) => escaped(sayIn(tongue)(words))))
    const both = new Set(said).size === 1 ? [language] : languages
    const cells = both.map((tongue, index) => `<${name} lang="${tongue}">${said[index]}</${name}>`)
    return element('div', `pair ${kind}`, cells.join(''))
  }
  const words = (name: string, kind: string, sentence: Text) => beside(name, kind, (say) => say(sentence))
  /** A few words in both languages, one behind the other. */
  const inLine = (sentence: Text) => {
    const said = languages.map((tongue) => escaped(sayIn(tongue)(sentence)))
    return languages.flatMap((tongue, index) => (said.indexOf(said[index] ?? '') === index ? [`<span lang="${tongue}">${said[index]}</span>`] : [])).join(' ')
  }

  const block = (piece: SheetBlock): string => {
    switch (piece.kind) {
      case 'heading':
        return words('h2', 'heading', piece.text)
      case 'paragraph':
        return words('p', piece.tone ?? 'paragraph', piece.text)
      case 'steps':
        return `<ol>${piece.texts.map((step) => `<li>${words('p', 'step', step)}</li>`).join('')}</ol>`
      case 'field':
        return beside('p', 'field', (say) => `${element('span', 'label', say(piece.label))} ${element('span', 'value', say(piece.value))}`)
      case 'number':
        return element('p', 'number', `${element('span', 'label', inLine(piece.label))} ${element('span', 'value', escaped(piece.value))}`)
      case 'sentence': {
        const said = sayIn(piece.language)(piece.text)
        const meaning = own(piece.text)
        const beneath = meaning === said ? '' : `<p class="meaning" lang="${language}">${escaped(meaning)}</p>`
        return element('blockquote', 'sentence', `<p lang="${piece.language}">${escaped(said)}</p>${beneath}`)
      }
      case 'line':
        return element('p', 'number', `${element('span', 'label', inLine(text(`ui.phone.${piece.line.purpose}`)))} ${element('span', 'value', escaped(piece.line.number))}`)
      case 'code':
      case 'calendar': {
        const payload = piece.kind === 'code' ? piece.payload : calendarFile(piece.days.map(({ title, ...day }) => ({ ...day, title: own(title) })), piece.made)
        return element('figure', 'scan', `${codePicture(payload, own(piece.caption))}<figcaption>${inLine(piece.caption)}</figcaption>`)
      }
      case 'rule':
        return '<hr>'
      case 'blank':
        return element('div', 'blank', `${element('p', 'label', inLine(piece.label))}${'<div class="line"></div>'.repeat(piece.lines ?? 1)}`)
      case 'ticks': {
        const options = piece.options.map((option) => `<li><span class="box"></span>${inLine(option)}</li>`)
        return element('div', 'ticks', `${element('p', 'label', inLine(piece.label))}<ul>${options.join('')}</ul>`)
      }
    }
  }

  const hasCode = sheet.blocks.some(({ kind }) => kind === 'code' || kind === 'calendar')
  const above = [
    setting.demo ? element('p', 'ribbon', inLine(text('slip.demo'))) : '',
    words('h1', 'title', sheet.name),
    sheet.draft ? words('p', 'attention', text('sheet.draft')) : '',
  ]
  const below = [
    inLine(text('slip.operator', { operator: setting.operator.name })),
    inLine(text('slip.operator-phone', { phone: setting.operator.phone })),
    inLine(text('slip.at-booth', { booth: setting.booth })),
    hasCode ? inLine(text('slip.trademark')) : '',
  ]
  const footer = below.filter((line) => line !== '').map((line) => `<p>${line}</p>`)
  const html = `<main>${[...above, ...sheet.blocks.map(block)].join('\n')}</main>\n<footer>${footer.join('')}</footer>`
  return { language, title: native(sheet.name) === own(sheet.name) ? own(sheet.name) : `${own(sheet.name)} · ${native(sheet.name)}`, html }
}
