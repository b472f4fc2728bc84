import { describe, expect, test } from 'vitest'
import { balanceLines, breakLines, prettyLines } from '../../../main/print/break-lines.ts'

/** Wide characters count two, others one. */
const widthOf = (piece: string) => Array.from(piece, (character) => (character > '\u2e7f' ? 2 : 1)).reduce((sum, width) => sum + width, 0)

describe('lines', () => {
  test('break between words, and lose nothing but the space at the break', () => {
    expect(breakLines('Collect the card with the postcard', widthOf, 12)).toEqual(['Collect the', 'card with', 'the postcard'])
  })

  test('break Japanese between phrases, with particles and endings at their word', () => {
    expect(breakLines('市区町村から通知書が届きます', widthOf, 14)).toEqual(['市区町村から', '通知書が', '届きます'])
  })

  test('never begin with a closing mark or end with an opening one', () => {
    for (const text of ['受付、番号。申請書（交付）を「見ます」。', '您的申請已加密保存在本機，連線恢復後立即送出。', '80%、90%（約）、ー々っ。'])
      for (let maximum = 8; maximum <= 40; maximum += 2)
        for (const line of breakLines(text, widthOf, maximum)) {
          expect(line).not.toMatch(/^[、。，）」』！？％%々ー]/)
          expect(line).not.toMatch(/[（「『]$/)
        }
  })

  test('keep a number with its counter, and a phone or slip number whole', () => {
    expect(breakLines('有効期限は令和8年12月21日', widthOf, 14).join('|')).not.toMatch(/\d\|[年月日]/)
    expect(breakLines('Call 0120-000-000 now', widthOf, 14)).toEqual(['Call', '0120-000-000', 'now'])
    expect(breakLines('800円', widthOf, 5)).toEqual(['800円'])
  })

  test('split a word only when it is wider than a line, and split everything in the end', () => {
    expect(breakLines('Llanfairpwllgwyngyll', widthOf, 8)).toEqual(['Llanfair', 'pwllgwyn', 'gyll'])
    expect(breakLines('個人番号カード交付申請書受付', widthOf, 6).every((line) => widthOf(line) <= 6)).toBe(true)
  })

  test('keep every character, in order', () => {
    const text = 'Put the form 交付申請書 (with its 23 digits, 申請書ID) under the light／光の下に置きます。'
    const letters = (words: string) => words.replaceAll(' ', '')
    for (let maximum = 2; maximum < 60; maximum += 1) expect(letters(breakLines(text, widthOf, maximum).join(''))).toBe(letters(text))
  })

  test('break at a newline, and an empty text is one empty line', () => {
    expect(breakLines('one\ntwo', widthOf, 40)).toEqual(['one', 'two'])
    expect(breakLines('', widthOf, 40)).toEqual([''])
  })
})

test('balanced lines are as few as before and about equally long', () => {
  const text = 'The date printed on the form is about a month away'
  const plain = breakLines(text, widthOf, 44)
  const balanced = balanceLines(text, widthOf, 44)
  expect(balanced).toHaveLength(plain.length)
  const lengths = balanced.map(widthOf)
  expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThan(12)
})

test('a paragraph that would end in a lost word is evened out, and others are left alone', () => {
  const lost = 'This sentence is just a word too long'
  expect(prettyLines(lost, widthOf, 35)).toEqual(balanceLines(lost, widthOf, 35))
  const fine = 'This sentence fills one line and most of the next one'
  expect(prettyLines(fine, widthOf, 36)).toEqual(breakLines(fine, widthOf, 36))
})
