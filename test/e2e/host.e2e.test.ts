import type { ConsoleMessage, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { combinations } from '../main/shell/key-combinations.ts'
import { launchBooth, type LaunchedBooth } from './support/launch.ts'
import { processesWith } from './support/processes.ts'

/** The screen that stands on the glass. */
const screenOf = (page: Page) => page.locator('main[data-screen]').getAttribute('data-screen')
const reaches = (page: Page, screen: string) => page.locator(`main[data-screen=${screen}]`).waitFor()

describe('the booth’s window', () => {
  let booth: LaunchedBooth
  beforeAll(async () => {
    booth = await launchBooth()
    await reaches(booth.page, 'attract')
  })
  afterAll(() => booth.close())

  /** Runs in the page, as a script that had got there would. */
  const inPage = <Value>(script: () => Promise<Value> | Value) => booth.page.evaluate(script)
  const address = () => inPage(() => location.pathname)

  it('runs sandboxed, isolated, without Node, webviews and developer tools of its own', async () => {
    // Not in Electron's documentation, but what its own tests read.
    const preferences = await booth.app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents ?? {}
      return Reflect.apply(Reflect.get(contents, 'getLastWebPreferences') as () => object, contents, [])
    })
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      disableDialogs: true,
      navigateOnDragDrop: false,
    })
    expect(await inPage(() => [typeof Reflect.get(globalThis, 'require'), typeof Reflect.get(globalThis, 'process')])).toEqual([
      'undefined',
      'undefined',
    ])
  })

  it('gives the page two functions and nothing else, and the page cannot change them', async () => {
    expect(
      await inPage(() => {
        const bridge = Reflect.get(globalThis, 'cardbooth') as Record<string, unknown>
        const replaced = Reflect.set(globalThis, 'cardbooth', {}) || Reflect.set(bridge, 'request', () => 0)
        const kinds = Object.entries(bridge).map(([name, value]) => `${name}: ${typeof value}`)
        return [kinds, Object.isFrozen(bridge), Object.isFrozen(bridge['request']), replaced]
      }),
    ).toEqual([['request: function', 'subscribe: function'], true, true, false])
  })

  it('answers garbage with a code and goes on', async () => {
    const ask = (name: unknown, input: unknown) =>
      booth.page.evaluate(
        async ([command, value]) => {
          const bridge = Reflect.get(globalThis, 'cardbooth') as { request(name: unknown, input: unknown): Promise<{ error?: { code: string } }> }
          return (await bridge.request(command, value)).error?.code
        },
        [name, input],
      )
    expect(await ask('format-disk', {})).toBe('unknown-command')
    expect(await ask('__proto__', {})).toBe('unknown-command')
    expect(await ask(7, {})).toBe('bad-input')
    expect(await ask('begin', 'now')).toBe('bad-input')
    expect(await ask('begin', { extra: 1 })).toBe('bad-input')
    expect(await ask('drew', { revision: -1 })).toBe('bad-input')
    // Only the panel has hands, and what a window is the page does not say.
    expect(await ask('hand', { line: 'help' })).toBe('not-allowed')
    expect(await screenOf(booth.page)).toBe('attract')
  })

  it('is served with the policy as a header, and keeps to it through its own start', async () => {
    const complaints: string[] = []
    const listen = (message: ConsoleMessage) =>
      void (/Content Security Policy|TrustedHTML|TrustedScript/.test(message.text()) && complaints.push(message.text()))
    booth.page.on('console', listen)
    await booth.page.addInitScript(() => {
      const seen: string[] = []
      Reflect.set(globalThis, 'violations', seen)
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => seen.push(`${violatedDirective} ${blockedURI}`))
    })
    const response = await booth.page.reload()
    const headers = await response?.allHeaders()
    expect(headers?.['content-security-policy']).toMatch(
      /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval';.*trusted-types cardbooth; sandbox allow-scripts allow-same-origin$/,
    )
    await reaches(booth.page, 'attract')
    expect(await inPage(() => Reflect.get(globalThis, 'violations') as unknown)).toEqual([])
    expect(complaints).toEqual([])
    booth.page.off('console', listen)
  })

  it('K10 gives the page the camera, and nothing else that a page can ask for', async () => {
    expect(
      await inPage(() =>
        navigator.mediaDevices.getUserMedia({ video: true }).then((stream) => stream.getTracks().map((track) => (track.stop(), track.kind)), String),
      ),
    ).toEqual(['video'])
    const asked = await inPage(async () => {
      const outcome = (promise: Promise<unknown>) =>
        promise.then(
          () => 'granted',
          (error: Error) => error.name,
        )
      const device = (name: string, method: string) => {
        const api = Reflect.get(navigator, name) as Record<string, (options: object) => Promise<unknown>> | undefined
        return api?.[method] ? outcome(api[method]({ filters: [], acceptAllDevices: true })) : 'absent'
      }
      return {
        microphone: await outcome(navigator.mediaDevices.getUserMedia({ audio: true })),
        screen: await outcome(navigator.mediaDevices.getDisplayMedia({ video: true })),
        geolocation: await new Promise((done) =>
          navigator.geolocation.getCurrentPosition(
            () => done('granted'),
            () => done('refused'),
          ),
        ),
        notifications: await Notification.requestPermission(),
        clipboardRead: await outcome(navigator.clipboard.readText()),
        clipboardWrite: await outcome(navigator.clipboard.writeText('x')),
        midi: await outcome(navigator.requestMIDIAccess()),
        fullscreen: await outcome(document.documentElement.requestFullscreen()),
        usb: await device('usb', 'requestDevice'),
        serial: await device('serial', 'requestPort'),
        hid: await device('hid', 'requestDevice'),
        bluetooth: await device('bluetooth', 'requestDevice'),
      }
    })
    for (const [what, outcome] of Object.entries(asked)) expect(['granted', 'default'], what).not.toContain(outcome)
  })

  it('K09 opens no window, goes nowhere and shows no dialog, whatever a script in the page tries', async () => {
    const before = await address()
    const tried = await inPage(() => {
      const link = Object.assign(document.createElement('a'), { href: 'https://example.com/', target: '_blank' })
      document.body.append(link)
      link.click()
      link.target = ''
      link.click()
      link.remove()
      // Each would stand and wait for an answer that nobody can give.
      alert('x')
      print()
      return {
        opened: window.open('https://example.com/'),
        confirmed: confirm('x'),
        prompted: prompt('x'),
      }
    })
    expect(tried).toEqual({ opened: null, confirmed: false, prompted: null })
    for (const go of ['https://example.com/', 'file:///etc/passwd', '/panel.html', 'data:text/html,x'])
      await booth.page.evaluate((to) => void location.assign(to), go)
    await inPage(() => history.back())
    expect(await booth.page.evaluate(() => fetch('/index.html').then(({ status }) => status))).toBe(200)
    expect(await address()).toBe(before)
    expect(booth.app.windows()).toHaveLength(1)
    expect(await screenOf(booth.page)).toBe('attract')
  })

  it('runs no script but what it was built with', async () => {
    const outcomes = await inPage(async () => {
      // A turn later: what a test driver evaluates itself is let off the policy.
      await new Promise((done) => setTimeout(done))
      const attempt = (act: () => unknown) => {
        try {
          act()
          return 'passed'
        } catch (error) {
          return (error as Error).name
        }
      }
      const inline = attempt(() => {
        const script = document.createElement('script')
        script.textContent = 'globalThis.ran = 1'
        document.body.append(script)
      })
      const markup = attempt(() => {
        document.createElement('div').innerHTML = '<img src=x onerror="globalThis.ran = 1">'
      })
      const handler = attempt(() => document.body.setAttribute('onclick', 'globalThis.ran = 1'))
      document.body.click()
      return {
        inline,
        markup,
        handler,
        evaluated: attempt(() => Reflect.apply(Reflect.get(globalThis, 'eval') as () => unknown, null, ['1'])),
        ran: Reflect.get(globalThis, 'ran') as unknown,
      }
    })
    expect(outcomes).toMatchObject({ inline: 'TypeError', markup: 'TypeError', handler: 'TypeError', evaluated: 'EvalError' })
    expect(outcomes.ran).toBeUndefined()
  })

  it('reaches no network', async () => {
    const reached = await inPage(async () => {
      const failed = (act: (done: () => void, refused: () => void) => void) =>
        new Promise((answer) =>
          act(
            () => answer(false),
            () => answer(true),
          ),
        )
      return {
        fetch: await fetch('https://example.com/').then(
          () => false,
          () => true,
        ),
        image: await failed((done, refused) => Object.assign(new Image(), { onload: done, onerror: refused, src: 'https://example.com/x.png' })),
        socket: await failed((done, refused) => {
          try {
            Object.assign(new WebSocket('wss://example.com/'), { onopen: done, onerror: refused })
          } catch {
            refused()
          }
        }),
        beacon: await Promise.resolve(
          !navigator.sendBeacon('https://example.com/', 'x') || performance.getEntriesByName('https://example.com/').length === 0,
        ),
      }
    })
    expect(reached).toEqual({ fetch: true, image: true, socket: true, beacon: true })
  })

  it('K01 lets none of 39 key combinations have an effect, and lets the focus move', async () => {
    await inPage(() => {
      const seen: string[] = []
      Reflect.set(globalThis, 'seenKeys', seen)
      window.addEventListener('keydown', ({ key }) => seen.push(key), true)
    })
    const seen = () => inPage(() => (Reflect.get(globalThis, 'seenKeys') as string[]).splice(0))
    for (const { name } of combinations) await booth.page.keyboard.press(name)
    expect((await seen()).filter((key) => key !== 'Shift')).toEqual([])
    expect([booth.app.windows().length, await address(), await screenOf(booth.page)]).toEqual([1, '/index.html', 'attract'])
    // So many keys at once look like a code reader that types, whose last key is not let through either; a hand comes later.
    await expect
      .poll(async () => {
        await booth.page.keyboard.press('Tab')
        return seen()
      })
      .toEqual(['Tab'])
  })

  it('has the preload in the page only, not in a frame that a script puts into it', async () => {
    expect(
      await inPage(() => {
        const frame = document.createElement('iframe')
        document.body.append(frame)
        const inside = typeof Reflect.get(frame.contentWindow ?? {}, 'cardbooth')
        frame.remove()
        return inside
      }),
    ).toBe('undefined')
  })

  it('comes back by itself when its renderer crashes, on the screen where it was', async () => {
    await booth.page.evaluate(() =>
      (Reflect.get(globalThis, 'cardbooth') as { request(name: string, input: object): Promise<unknown> }).request('begin', {}),
    )
    await booth.page.locator('main[data-screen]:not([data-screen=attract])').waitFor()
    const before = await screenOf(booth.page)
    // The page object of the test driver ends with the renderer; from here on the application is asked.
    const screenNow = () =>
      booth.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]
          ?.webContents.executeJavaScript('document.querySelector("main[data-screen]")?.dataset.screen')
          .catch(() => null),
      )
    await booth.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer())
    await expect.poll(() => booth.said()).toContain('the resident page is gone')
    await expect.poll(screenNow).toBe(before)
  })
})

describe('the panel of hands', () => {
  it('is a window of its own that moves the simulators, and can neither see nor act for the resident', async () => {
    const booth = await launchBooth({ panel: true })
    try {
      await reaches(booth.page, 'attract')
      const panel = booth.panel ?? expect.fail('no panel')
      const ask = (name: string, input: object) =>
        panel.evaluate(
          ([command, value]) =>
            (Reflect.get(globalThis, 'cardbooth') as { request(name: unknown, input: unknown): Promise<unknown> }).request(command, value),
          [name, input],
        )
      expect(await ask('hand', { line: 'help' })).toMatchObject({ ok: true })
      expect(await ask('begin', {})).toEqual({ ok: false, error: { code: 'not-allowed' } })
      expect(
        await panel.evaluate(() =>
          navigator.mediaDevices.getUserMedia({ video: true }).then(
            () => 'granted',
            (error: Error) => error.name,
          ),
        ),
      ).toBe('NotAllowedError')
      await panel.keyboard.press('Control+t')
      expect(booth.app.windows()).toHaveLength(2)
    } finally {
      await booth.close()
    }
  })
})

describe('the processes behind the window', () => {
  it('come back when the booth process is killed, with “one moment” on the glass meanwhile', async () => {
    const booth = await launchBooth()
    try {
      await reaches(booth.page, 'attract')
      const processOf = () => processesWith(`dist/booth/main.js --config ${booth.data}`)
      const [first] = processOf()
      process.kill(first?.id ?? 0, 'SIGKILL')
      await reaches(booth.page, 'starting')
      await booth.page.locator('main[data-screen]:not([data-screen=starting])').waitFor()
      expect(processOf().map(({ id }) => id)).not.toContain(first?.id)
    } finally {
      await booth.close()
    }
  })

  it('leave nothing behind when the shell is killed', async () => {
    const booth = await launchBooth()
    try {
      await reaches(booth.page, 'attract')
      expect(processesWith(booth.data).length).toBeGreaterThan(3)
      const shell = booth.app.process()
      const profile = `cardbooth-profile-${shell.pid}-`
      expect(processesWith(profile).length).toBeGreaterThan(1)
      shell.kill('SIGKILL')
      // The bench is not the shell's; it ends with the test.
      await expect
        .poll(() => [...processesWith('dist/booth/main.js'), ...processesWith('dist/devices/main.js')].filter(({ command }) => command.includes(booth.data)))
        .toEqual([])
      await expect.poll(() => processesWith(profile)).toEqual([])
    } finally {
      await booth.close()
    }
  })
})
