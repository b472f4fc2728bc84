import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PassThrough } from 'node:stream'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import { fromServed, toServed } from './addresses.ts'
import { connectCdp } from './cdp.ts'
import { toJson } from './json-only.ts'
import { readLaunchArguments } from './launch-arguments.ts'
import { noOps } from './no-ops.ts'
import { onlyKnown, strict } from './not-implemented.ts'
import { acceptSocket } from './web-socket.ts'

describe('what the stand-in lacks', () => {
  it('throws by its name', () => {
    const menu = strict('Menu', { known: () => 1 })
    expect(menu.known()).toBe(1)
    expect(() => Reflect.get(menu, 'buildFromTemplate')).toThrow('not implemented: Menu.buildFromTemplate')
    expect(() => onlyKnown('BrowserWindow', { width: 1, transparent: true }, ['width'])).toThrow('not implemented: BrowserWindow: transparent')
  })

  it('keeps private fields within reach of what it has', () => {
    class Counter {
      #count = 0
      next() {
        this.#count += 1
        return this.#count
      }
    }
    const counter = strict('Counter', new Counter())
    expect([counter.next(), counter.next()]).toEqual([1, 2])
  })

  it('is passed over in silence only where the list says so', () => {
    const list = Object.entries(noOps).map(([name, why]) => `  ${name}: ${why}`)
    process.stderr.write(`The stand-in for Electron does nothing on:\n${list.join('\n')}\n`)
    expect(list.length).toBeGreaterThan(0)
  })
})

describe('values between processes', () => {
  it('cross when JSON carries them unchanged', () => {
    const value = { text: 'あ\u0000"', list: [1, -0.5, null, true], nested: { empty: {} } }
    expect(JSON.parse(toJson(value))).toEqual(value)
    expect(toJson(undefined)).toBe('null')
  })

  it.each<[string, unknown]>([
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['bytes', new Uint8Array(1)],
    ['a bigint', 1n],
    ['a function', () => {}],
    ['not a number', Number.NaN],
  ])('throw when %s is among them', (_name, value) => expect(() => toJson({ value: [value] })).toThrow('not implemented: structured clone'))

  it('throw on a cycle', () => {
    const circle: unknown[] = []
    circle.push(circle)
    expect(() => toJson(circle)).toThrow('not implemented: structured clone of a cycle')
  })
})

describe('addresses', () => {
  it('of a scheme are served as https and come back', () => {
    const addresses = ['app://cardbooth/index.html', 'app://cardbooth', 'app://cardbooth/a/b.js?x=1#y']
    expect(addresses.map(toServed)[0]).toBe('https://cardbooth.app.invalid/index.html')
    expect(addresses.map((address) => fromServed(toServed(address)))).toEqual(addresses)
  })

  it('of the web stay what they are', () => {
    for (const address of ['https://example.com/x', 'http://a.b.example/', 'data:text/html,x', 'about:blank'])
      expect([toServed(address), fromServed(address)]).toEqual([address, address])
  })
})

describe('the command line', () => {
  it('is read as a test driver writes it', () => {
    const given = readLaunchArguments(['-r', '/loader.js', '--no-sandbox', '--inspect=0', '--remote-debugging-port=0', '/app', '--config', '/c'])
    expect(given).toMatchObject({ preloads: ['/loader.js'], application: '/app', inspectPort: 0, debuggingPort: true })
    expect(given.switches.has('no-sandbox')).toBe(true)
  })

  it('must name an application', () => expect(() => readLaunchArguments(['--no-sandbox'])).toThrow('which application'))
})

describe('the pipe to Chromium', () => {
  it('puts messages together from any pieces, and answers by number', async () => {
    const write = new PassThrough()
    const read = new PassThrough()
    const cdp = connectCdp(write, read)
    const events: string[] = []
    cdp.onEvent(({ method }) => events.push(method))
    const asked = cdp.send('Browser.getVersion')
    const refused = cdp.send('Nonsense')
    const bytes = Buffer.from('{"method":"A","params":{}}\0{"id":1,"result":{"product":"あ"}}\0{"id":2,"error":{"message":"no"}}\0')
    for (const byte of bytes) read.write(Buffer.from([byte]))
    expect(await asked).toEqual({ product: 'あ' })
    await expect(refused).rejects.toThrow('Nonsense: no')
    expect(events).toEqual(['A'])
  })
})

describe('the WebSocket for test drivers', () => {
  const server = createServer()
  server.on('upgrade', (request, stream) => {
    const socket = acceptSocket(
      request,
      stream,
      (message) => socket.send(message),
      () => {},
    )
  })
  afterAll(() => void server.close())

  it.each([0, 1, 125, 126, 65_535, 65_536, 1_000_000])('echoes a message of %i characters', async (size) => {
    if (!server.listening) await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    onTestFinished(() => client.close())
    await new Promise((done) => client.addEventListener('open', done, { once: true }))
    const message = 'ä'.repeat(size)
    const echo = new Promise<string>((done) => client.addEventListener('message', ({ data }) => done(String(data)), { once: true }))
    client.send(message)
    expect((await echo) === message).toBe(true)
  })
})
