import { describe, expect, test } from 'vitest'
import {
  groupId, isApplicationFormId, maskId, readApplicationCode, readApplicationCodes, readTypedId, type CodeReason,
} from '../../../main/rulebook/application-qr.ts'
import { builtInRulebook } from '../../../main/rulebook/built-in.ts'
import type { ApplicationCodePatterns } from '../../../main/rulebook/rulebook.ts'
import { fastest } from '../../support/fastest.ts'
import badInputs from '../../fixtures/bad-inputs.json' with { type: 'json' }

const { applicationCode: applicationCodePatterns } = builtInRulebook
const id = '12345678901234567890123'
const otherId = '32109876543210987654321'
const host = 'shinsei.example.jp'
const patterns: ApplicationCodePatterns = { ...applicationCodePatterns, hosts: [{ name: host, subdomains: false }], suffixes: ['\r\n', '\t'] }

const bytes = (text: string) => new TextEncoder().encode(text)
const read = (text: string) => readApplicationCode(bytes(text), patterns)
const address = (path: string) => read(`https://${host}${path}`)
const refused = (reason: CodeReason) => ({ ok: false, reason })
const taken = { ok: true, id }

/** The bytes of a row of the catalogue. */
function payload(row: string): Uint8Array {
  const input = badInputs.inputs.find((entry) => entry.id === row)
  if (input?.payload_hex === undefined) throw new Error(`no payload ${row}`)
  return Uint8Array.from(Buffer.from(input.payload_hex, 'hex'))
}
const readRow = (row: string) => readApplicationCode(payload(row), patterns)

describe('the code of the application form', () => {
  test('Q01 R047 an address of the allowed host with 23 digits is taken, and only its last 4 are shown', () => {
    expect(readRow('Q01')).toEqual(taken)
    expect(maskId(id)).toBe('0123')
  })

  test('R047 the 23 digits alone are taken, with the scanner\'s suffix or without', () => {
    expect(read(id)).toEqual(taken)
    expect(read(`${id}\r\n`)).toEqual(taken)
    expect(readApplicationCode(bytes(id), { ...patterns, bareId: false })).toEqual(refused('not-application'))
  })

  test.each([
    ['Q02', '22 digits'],
    ['Q03', '24 digits'],
    ['Q04', 'full-width digits'],
    ['Q05', 'Arabic-Indic digits'],
    ['Q06', 'NUL among the digits'],
    ['Q08', 'the host as the beginning of another'],
    ['Q09', 'the host as a user name'],
    ['Q10', 'a look-alike host'],
    ['Q11', 'http'],
    ['Q12', 'javascript:'],
    ['Q13', 'markup'],
    ['Q14', 'SQL'],
    ['Q15', 'a shell command'],
    ['Q16', 'right-to-left override and zero width'],
    ['Q17', 'bytes that are no UTF-8'],
    ['Q20', 'control characters'],
    ['Q27', 'two different IDs'],
  ])('%s %s: not the code on the form, and nothing of it comes back', (row) => {
    expect(readRow(row)).toEqual(refused('not-application'))
  })

  test.each([['Q18', '2900 bytes'], ['Q19', 'a bomb for regular expressions']])('%s %s: refused by length, unread', (row) => {
    expect(fastest(100, () => expect(readRow(row)).toEqual(refused('too-long')))).toBeLessThan(5)
  })

  test('Q19 the longest code that is read takes no time either', () => {
    const longest = ['a'.repeat(511) + '!', `https://${'a.'.repeat(252)}`, `https://${host}/?${'&'.repeat(480)}`, '1'.repeat(512), '%25'.repeat(170)]
    for (const text of longest) expect(fastest(10, () => void read(text)), text.slice(0, 20)).toBeLessThan(5)
  })

  test('Q04 Q05 digits of other scripts alone are not the code either', () => {
    expect(read([...id].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join(''))).toEqual(refused('not-application'))
    expect(read([...id].map((digit) => String.fromCodePoint(0x660 + Number(digit))).join(''))).toEqual(refused('not-application'))
  })

  test('Q06 the text that a decoder shows for NUL is no NUL, and no digit', () => {
    expect(read('1234567890123<NUL>567890123')).toEqual(refused('not-application'))
  })

  test('Q07 exactly the configured suffix is taken off, once, and then the rule is strict', () => {
    expect(readRow('Q07')).toEqual(taken)
    expect(read(`${id}\t`)).toEqual(taken)
    for (const end of ['\r\n\r\n', '\t\t', '\n', '\r', ' ', '\0', '\r\nx']) expect(read(id + end)).toEqual(refused('not-application'))
    expect(readApplicationCode(payload('Q07'), { ...patterns, suffixes: ['\t'] })).toEqual(refused('not-application'))
  })

  test.each([
    `https://${host}.evil.example/?appid=${id}`, `https://evil-${host}/?appid=${id}`,
    `https://sub.${host}/?appid=${id}`, `https://${host}./?appid=${id}`,
    `https://evil.example/${host}/?appid=${id}`, `https://evil.example?${host}/${id}`,
  ])('Q08 %s is another host', (text) => {
    expect(read(text)).toEqual(refused('not-application'))
  })

  test('Q08 a sub-domain is let in only where the patterns say so, and never by its ending alone', () => {
    const real = (text: string) => readApplicationCode(bytes(text), applicationCodePatterns)
    expect(real(`https://net.kojinbango-card.go.jp/SS_SERVICE_OUT/FA01S001Action.do?id=${id}`)).toEqual(taken)
    expect(real(`HTTPS://NET.KOJINBANGO-CARD.GO.JP/${id}`)).toEqual(taken)
    expect(real(`https://net.kojinbango-card.go.jp.evil.example/${id}`)).toEqual(refused('not-application'))
    expect(real(`https://evilkojinbango-card.go.jp/${id}`)).toEqual(refused('not-application'))
  })

  test.each([`https://${host}@evil.example/${id}`, `https://user:word@${host}/${id}`, `https://user@${host}/${id}`, `https://@${host}/${id}`])(
    'Q09 %s has a user name', (text) => {
      expect(read(text)).toEqual(refused('not-application'))
    },
  )

  test.each(['xn--shnsei-9xf', 'shínsei', 'ｓhinsei'])('Q10 %s.example.jp only looks alike', (name) => {
    expect(read(`https://${name}.example.jp/${id}`)).toEqual(refused('not-application'))
  })

  test.each([
    `http://${host}/?appid=${id}`, `https://${host}:8443/?appid=${id}`, `https://${host}:443/${id}`,
    `https://${host}/?appid=${id}#x`, `https://${host}/#${id}`,
    `https://${host}/a/../b?appid=${id}`, `https://${host}/..?appid=${id}`, `https://${host}/./?appid=${id}`, `https://${host}/%2e%2e/?appid=${id}`,
    `https://${host}/..%2f${id}`, `https://${host}/..\\${id}`, `https://${host}\\@evil.example/${id}`, `https:/${host}/${id}`, `https:${host}/${id}`,
    `//${host}/${id}`, `https:\\\\${host}\\${id}`, `\thttps://${host}/${id}`, `https://${host}/\t${id}`, `URL:https://${host}/${id}`,
  ])('Q11 %j is refused', (text) => {
    expect(read(text)).toEqual(refused('not-application'))
  })

  test('Q11 the path must begin as the patterns say', () => {
    const narrow = { ...patterns, pathPrefixes: ['/service/'] }
    expect(readApplicationCode(bytes(`https://${host}/service/x?appid=${id}`), narrow)).toEqual(taken)
    expect(readApplicationCode(bytes(`https://${host}/other?appid=${id}`), narrow)).toEqual(refused('not-application'))
    expect(readApplicationCode(bytes(`https://${host}?appid=${id}`), narrow)).toEqual(refused('not-application'))
    expect(address(`?appid=${id}`)).toEqual(taken)
  })

  test.each([
    `javascript:alert(1)//${id}`, `data:text/html,<p>${id}`, 'file:///etc/passwd',
    `file://${host}/${id}`, `intent://${host}/${id}#Intent;end`, `ftp://${host}/${id}`,
  ])('Q12 %s is refused', (text) => {
    expect(read(text)).toEqual(refused('not-application'))
  })

  test('Q13 Q14 Q15 a refusal holds a reason and nothing else, so nothing of a payload can be shown, stored or run', () => {
    for (const row of ['Q13', 'Q14', 'Q15']) expect(Object.keys(readRow(row)).sort()).toEqual(['ok', 'reason'])
  })

  test('Q16 whatever cannot be seen makes a code another code', () => {
    for (const unseen of ['\u202e', '\u200b', '\ufeff', '\u00ad']) {
      expect(read(unseen + id)).toEqual(refused('not-application'))
      expect(address(`/?appid=${id}&x=${encodeURIComponent(unseen)}`)).toEqual(refused('not-application'))
    }
  })

  test('Q17 no sequence of two bytes before an ID fails or is taken', () => {
    for (let pair = 0; pair < 65_536; pair += 251) {
      const result = readApplicationCode(Uint8Array.from([pair >> 8, pair & 255, ...bytes(id)]), { ...patterns, suffixes: [] })
      expect(result.ok).toBe(false)
    }
    expect(readApplicationCode(new Uint8Array(), patterns)).toEqual(refused('not-application'))
  })

  test('Q20 every control character is refused at every end', () => {
    for (let code = 0; code < 32; code += 1) {
      const control = String.fromCharCode(code)
      expect(read(control + id).ok).toBe(false)
      expect(read(`https://${host}/?appid=${id}&x=${control}y`).ok).toBe(false)
    }
  })

  test('Q22 two different valid codes in view: none is taken; one alone, or the same twice, is', () => {
    const codes = (...texts: string[]) => readApplicationCodes(texts.map(bytes), patterns)
    expect(codes(id, otherId)).toEqual({ ok: false, reason: 'two-codes' })
    expect(codes(`https://${host}/${id}`, otherId, 'x')).toEqual({ ok: false, reason: 'two-codes' })
    expect(codes(id, id)).toEqual(taken)
    expect(codes(id, `https://${host}/?appid=${id}`)).toEqual(taken)
    expect(codes('https://example.com', id, '123456789018')).toEqual(taken)
    expect(codes('https://example.com', '123456789018')).toEqual(refused('individual-number'))
    expect(codes('https://example.com')).toEqual(refused('not-application'))
    expect(codes('x'.repeat(600), 'y')).toEqual(refused('too-long'))
    expect(codes()).toEqual(refused('not-application'))
  })

  test('Q25 R004 the code on the back of the card, 12 digits, is known for what it is and dropped', () => {
    expect(readRow('Q25')).toEqual(refused('individual-number'))
    expect(JSON.stringify(readRow('Q25'))).not.toMatch(/[0-9]/)
  })

  test.each([
    ['123456789012', 'with a wrong check digit'],
    ['1234 5678 9012', 'in groups'],
    ['1234-5678-9018\r\n', 'with dashes and a suffix'],
    ['１２３４５６７８９０１２', 'full-width'],
    ['๑๒๓๔๕๖๗๘๙๐๑๒', 'Thai'],
    ['0123456789018', 'with a 0 before it'],
    ['%31%32%33%34%35%36%37%38%39%30%31%32', 'percent-encoded'],
    [`https://${host}/?appid=${id}&n=123456789012`, 'beside a valid ID'],
    [`https://${host}/123456789012`, 'in the place of the ID'],
    [`https://example.com/?n=%EF%BC%91%EF%BC%92%EF%BC%93456789012`, 'on another host, half encoded'],
    [`${id} 123456789012`, 'after a bare ID'],
  ])('Q25 R004 %j (%s) is refused as an Individual Number', (text) => {
    expect(read(text)).toEqual(refused('individual-number'))
  })

  test('Q25 R004 12 full-width digits in Shift_JIS are refused as an Individual Number', () => {
    const shiftJis = [...'123456789012'].flatMap((digit) => [0x82, 0x4f + Number(digit)])
    expect(readApplicationCode(Uint8Array.from(shiftJis), patterns)).toEqual(refused('individual-number'))
  })

  test('Q25 no ID of 23 digits is ever taken for an Individual Number', () => {
    let state = 7
    const random = () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648
    for (let round = 0; round < 2000; round += 1) {
      const some = Array.from({ length: 23 }, () => Math.floor(random() * 10)).join('')
      expect(read(some)).toEqual({ ok: true, id: some })
      expect(address(`/entry?appid=${some}&v=1`)).toEqual({ ok: true, id: some })
      expect(read(some.slice(1))).toEqual(refused('not-application'))
    }
  })

  test('Q26 __proto__ in the query is a name like any other and changes no prototype', () => {
    expect(readRow('Q26')).toEqual(taken)
    expect(({} as { a?: unknown }).a).toBeUndefined()
    expect((Object as { b?: unknown }).b).toBeUndefined()
  })

  test('Q27 an ID given twice is refused, the same or another, in any place', () => {
    expect(address(`/?appid=${id}&appid=${otherId}`)).toEqual(refused('not-application'))
    expect(address(`/?appid=${id}&appid=${id}`)).toEqual(refused('not-application'))
    expect(address(`/?appid=${id}&appid=1`)).toEqual(refused('not-application'))
    expect(address(`/${id}?appid=${otherId}`)).toEqual(refused('not-application'))
    expect(address(`/?appid=${id}%26appid=${otherId}`)).toEqual(refused('not-application'))
  })

  test('Q28 percent escapes are taken out once, then the rule is strict', () => {
    expect(readRow('Q28')).toEqual(taken)
    const once = [...id].map((digit) => `%3${digit}`).join('')
    expect(address(`/?appid=${once}`)).toEqual(taken)
    expect(address(`/?appid=${once.replaceAll('%', '%25')}`)).toEqual(refused('not-application'))
    expect(address(`/?appid=%31${id}`).ok).toBe(false)
    expect(address(`/?appid=${id}%00`)).toEqual(refused('not-application'))
    expect(address(`/?appid=${id}&x=%zz`)).toEqual(refused('not-application'))
    expect(read(once)).toEqual(refused('not-application'))
  })
})

describe('the application form ID', () => {
  test('R047 is exactly 23 ASCII digits', () => {
    expect(isApplicationFormId(id)).toBe(true)
    const others = [id.slice(1), `${id}4`, `${id}\n`, ` ${id}`, `${id.slice(1)}a`, `${id.slice(1)}１`, '']
    expect(others.filter(isApplicationFormId)).toEqual([])
  })

  test('R047 is read in groups of four, the last of three', () => {
    expect(groupId(id)).toBe('1234 5678 9012 3456 7890 123')
  })

  test('R047 typed with spaces or full-width digits it is the same ID', () => {
    expect(readTypedId(id)).toEqual(taken)
    expect(readTypedId(groupId(id))).toEqual(taken)
    expect(readTypedId('１２３４　５６７８　９０１２　３４５６　７８９０　１２３')).toEqual(taken)
  })

  test.each(['', '1', id.slice(1), `${id}4`, '12345678901', '1234567890123', 'abc', `${id}x`, '١'.repeat(23)])('R047 typed %j is not one', (text) => {
    expect(readTypedId(text)).toEqual({ ok: false, reason: 'length' })
  })

  test.each(['123456789012', '123456789018', '1234 5678 9012', '１２３４５６７８９０１２', '1234-5678-9012', '๑๒๓๔๕๖๗๘๙๐๑๒', '۱۲۳۴۵۶۷۸۹۰۱۲'])(
    'R004 typed %s is refused as an Individual Number, whatever its check digit', (text) => {
      expect(readTypedId(text)).toEqual({ ok: false, reason: 'individual-number' })
    },
  )
})
