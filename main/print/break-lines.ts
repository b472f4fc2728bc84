/** Characters that must not begin a line, and those that must not end one (kinsoku, JIS X 4051, the common ones; they serve Chinese too). */
const notFirst = new Set('、。，．・：；！？）］｝〕〉》」』】’”％℃々ゝゞーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ,.:;!?)]}%…‥～〜')
const notLast = new Set('（［｛〔〈《「『【‘“([{¥￥$＃#')
/** Counters that stay with their number: 8年12月21日, 800円, 23桁. */
const counters = new Set('年月日時分円元歳歲個か回枚桁位')
const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u
const digit = /\p{Nd}/u
const letter = /\p{L}/u
const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u
/** In Japanese, endings and particles belong to the word before them, and so does a single 書 or 者 behind other Chinese characters. */
const ending = /^\p{Script=Hiragana}+$/u
const suffix = /^\p{Script=Han}$/u
const han = /\p{Script=Han}/u
/** A word and what hangs on to it stays whole up to this many characters. */
const longestPhrase = 9

const words = new Intl.Segmenter('ja', { granularity: 'word' })
const graphemes = new Intl.Segmenter('ja', { granularity: 'grapheme' })

/** Whether two characters must stay on one line. */
const bound = (before: string, after: string) => notFirst.has(after) || notLast.has(before) || (digit.test(before) && counters.has(after))

/** Whether a line may end between two words; `phrase` is all that hangs together before `word`. */
function mayBreak(phrase: string, word: string, japanese: boolean): boolean {
  const before = phrase.slice(-1)
  const after = word.slice(0, 1)
  if (phrase === '' || before === ' ' || after === ' ') return true
  if (bound(before, after)) return false
  const hangsOn = (wide.test(before) && ending.test(word)) || (han.test(before) && suffix.test(word))
  if (japanese && hangsOn) return phrase.length + word.length > longestPhrase
  if (wide.test(before) || wide.test(after)) return true
  return before === '/' || (before === '-' && letter.test(after))
}

/** Pieces that stay whole as long as they fit on a line; spaces are pieces of their own. */
function phrases(text: string): readonly string[] {
  const japanese = kana.test(text)
  const found: string[] = []
  for (const { segment } of words.segment(text)) {
    const last = found.at(-1) ?? ''
    if (mayBreak(last, segment, japanese)) found.push(segment)
    else found[found.length - 1] = last + segment
  }
  return found
}

/** The characters of a phrase that is wider than a line, with the marks that must not stand alone at its begin or end. */
function characters(phrase: string): readonly string[] {
  const found: string[] = []
  for (const { segment } of graphemes.segment(phrase)) {
    const last = found.at(-1)
    if (last !== undefined && bound(last.slice(-1), segment)) found[found.length - 1] = last + segment
    else found.push(segment)
  }
  return found
}

/**
 * Breaks `text` into lines of at most `maximum` as `widthOf` measures: between words, never against kinsoku, and inside a word only when it is wider
 * than a line. A newline always breaks.
 */
export function breakLines(text: string, widthOf: (piece: string) => number, maximum: number): readonly string[] {
  const lines: string[] = []
  for (const paragraph of text.split('\n')) {
    // Most words on paper fit: measured in one piece.
    if (widthOf(paragraph) <= maximum) {
      lines.push(paragraph.trim())
      continue
    }
    let line = ''
    let width = 0
    const add = (piece: string) => {
      const pieceWidth = widthOf(piece)
      if (line !== '' && width + pieceWidth > maximum) {
        lines.push(line.trimEnd())
        line = ''
        width = 0
      }
      if (line === '' && piece.trim() === '') return
      line += piece
      width += pieceWidth
    }
    for (const phrase of phrases(paragraph)) {
      if (widthOf(phrase) <= maximum) add(phrase)
      else for (const piece of characters(phrase)) add(piece)
    }
    lines.push(line.trimEnd())
  }
  return lines
}

/** As `breakLines`, with lines of about the same length and no more lines than needed. */
export function balanceLines(text: string, widthOf: (piece: string) => number, maximum: number): readonly string[] {
  let best = breakLines(text, widthOf, maximum)
  let [tooNarrow, enough] = [maximum / 2, maximum]
  while (best.length > 1 && enough - tooNarrow > 8) {
    const middle = (tooNarrow + enough) / 2
    const tried = breakLines(text, widthOf, middle)
    if (tried.length > best.length) tooNarrow = middle
    else {
      enough = middle
      best = tried
    }
  }
  return best
}

/** As `breakLines`, but evened out when the last line would be a lost word. */
export function prettyLines(text: string, widthOf: (piece: string) => number, maximum: number): readonly string[] {
  const lines = breakLines(text, widthOf, maximum)
  const lost = lines.length > 1 && widthOf(lines.at(-1) ?? '') < maximum / 4
  return lost ? balanceLines(text, widthOf, maximum) : lines
}
