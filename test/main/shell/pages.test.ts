import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { languages } from '../../../main/contract/language.ts'
import { faultWords } from '../../../main/i18n/fault-words.ts'
import { listPages, servePages } from '../../../main/shell/pages.ts'
import { troublePage, troubles } from '../../../main/shell/security.ts'

const folder = mkdtempSync(join(tmpdir(), 'shell-pages-'))
afterAll(() => rmSync(folder, { recursive: true }))
beforeAll(() => {
  mkdirSync(join(folder, 'site/assets'), { recursive: true })
  writeFileSync(join(folder, 'secret.html'), 'secret')
  writeFileSync(join(folder, 'site/index.html'), '<!doctype html>')
  writeFileSync(join(folder, 'site/panel.html'), 'panel')
  writeFileSync(join(folder, 'site/out-of-service.html'), '<body><main></main></body>')
  writeFileSync(join(folder, 'site/sheet.html'), '<html lang="en"><title>Cardbooth</title><body></body>')
  writeFileSync(join(folder, 'site/assets/a.wasm'), 'wasm')
  writeFileSync(join(folder, 'site/assets/a.js.map'), 'map')
  symlinkSync(join(folder, 'secret.html'), join(folder, 'site/link.html'))
})
const ask = (address: string, init?: RequestInit) => servePages(listPages(join(folder, 'site')), { demo: true, operator: 'A <b>& Co' })(new Request(address, init))

describe('app://', () => {
  it('serves what was built, with its type and the whole set of headers', async () => {
    const page = await ask('app://cardbooth/index.html?x#y')
    expect([page.status, await page.text(), page.headers.get('content-type')]).toEqual([200, '<!doctype html>', 'text/html; charset=utf-8'])
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(await (await ask('app://cardbooth-panel/panel.html')).text()).toBe('panel')
    expect((await ask('app://cardbooth/assets/a.wasm')).headers.get('content-type')).toBe('application/wasm')
  })

  it.each(troubles)('F11 says of %s in every language what it means, what to do, and its code, without a script', async (trouble) => {
    const page = await ask(troublePage(trouble))
    const text = await page.text()
    expect(page.status).toBe(200)
    for (const language of languages) {
      const { resident, technician, action } = faultWords(trouble, language)
      for (const words of [resident, technician, action]) expect(text).toContain(words)
    }
    expect(text).toContain(`>${trouble}<`)
    expect(text).toContain('>DEMO<')
    expect(text).toContain('A &#60;b&#62;&#38; Co')
    expect(text).not.toContain('<script')
  })

  it('serves the empty sheet of paper, without scripts, to its own window alone', async () => {
    const page = await ask('app://cardbooth-sheet/sheet.html')
    expect(await page.text()).toBe('<html lang="en"><title>Cardbooth</title><body></body>')
    const policy = page.headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/^default-src 'none'; style-src 'self'; font-src 'self';/)
    expect(policy).not.toMatch(/script-src|connect-src|unsafe/)
    for (const other of ['app://cardbooth/sheet.html', 'app://cardbooth-panel/sheet.html', 'app://cardbooth-sheet/index.html']) expect((await ask(other)).status).toBe(404)
  })

  it.each([
    'app://cardbooth/out-of-service.html',
    'app://cardbooth/out-of-service.html?x',
    'app://cardbooth-panel/out-of-service.html?configuration-refused',
    'app://cardbooth/',
    'app://cardbooth/../secret.html',
    'app://cardbooth/%2e%2e/secret.html',
    'app://cardbooth/assets/../../secret.html',
    'app://cardbooth//etc/passwd',
    'app://cardbooth/link.html',
    'app://cardbooth/assets/a.js.map',
    'app://cardbooth/assets',
    'app://cardbooth/__proto__',
    'app://other/index.html',
    'app://cardbooth/panel.html',
    'app://cardbooth-panel/index.html',
    'https://cardbooth/index.html',
  ])('has nothing at %s', async (address) => {
    const answer = await ask(address)
    expect([answer.status, await answer.text()]).toEqual([404, ''])
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  it('takes nothing in', async () => expect((await ask('app://cardbooth/index.html', { method: 'POST', body: 'x' })).status).toBe(404))
})
