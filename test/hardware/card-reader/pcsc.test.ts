import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { cardStand, hand, states, summary } from './card-stand.ts'
import { until } from '../../support/until.ts'

/** The real driver through the real pcscd, against virtual cards behind vpcd. */
const { pcscd, run, reader, insert, slots } = cardStand()
const untouched = { denied: [], spent: {}, end: 'reset' }

describe('a reader behind pcscd', () => {
  it('tells each kind of card apart, touches nothing that it must not, spends no try, and resets the card at the end', async () => {
    const card = await insert('my-number')
    const watch = reader('watch')
    const expected = [
      ['my-number', { kind: 'my-number', token: 'card', signature: true, authentication: { problem: null }, tries: { authentication: 3, signature: 5 } }],
      ['phone-token', { kind: 'my-number', token: 'phone' }],
      ['juki-card', { kind: 'my-number', token: 'juki' }],
      ['moica-1', { kind: 'moica', generation: 1, number: 'TP••••••••••9901', certificates: [{ problem: null }, { problem: null }] }],
      ['moica-2', { kind: 'moica', generation: 2, number: 'TP••••••••••9902', certificates: [{ problem: null }, { problem: null }] }],
      ['nhi', { kind: 'health-insurance' }],
      ['unknown', { kind: 'unknown', atrHash: createHash('sha256').update(Buffer.from('3b80800101', 'hex')).digest('hex').slice(0, 16) }],
    ] as const
    for (const [index, [profile, facts]] of expected.entries()) {
      if (index > 0) {
        await hand(card, 'remove')
        await until(() => expect(states(watch).at(-1)).toBe('absent'))
        await hand(card, `swap ${profile}`)
        await hand(card, 'forget')
        await hand(card, 'insert')
      }
      await until(() => expect(watch.of('card').at(-1)).toMatchObject({ state: 'checked', card: index + 1, facts }))
      await until(async () => expect(await summary(card)).toMatchObject(untouched))
    }
    watch.interrupt()
    expect(await watch.ended).toBe(0)
    expect(watch.of('identity')).toMatchObject([{ device: 'card-reader', product: expect.stringMatching(/^Virtual PCD/) as unknown }])
  })

  it('check: 0 for a card that the booth knows, 1 for another one, and 1 for none', async () => {
    const none = reader('check')
    expect(await none.ended).toBe(1)
    const card = await insert('my-number')
    const known = reader('check')
    expect(await known.ended).toBe(0)
    expect(known.of('card').at(-1)).toMatchObject({ state: 'checked', facts: { kind: 'my-number' } })
    expect(await summary(card)).toMatchObject(untouched)
    await hand(card, 'swap unknown')
    await slots(true)
    const other = reader('check')
    const missing = run('device', ['card-reader', '--reader', 'No Such Reader', 'check'])
    expect(await other.ended).toBe(1)
    expect(await missing.ended).toBe(1)
    expect(missing.of('fault')).toMatchObject([{ fault: 'card-reader-lost' }])
  })

  it('apdu sends what the allow-list lets through and nothing else, and never repeats a PIN on the screen', async () => {
    const card = await insert('my-number')
    const allowed = reader('apdu', '00A4040C0AD392F000260100000001', '00 A4 02 0C 02 00 18', '00200080', '00:20:00:80:04:30:30:30:30')
    expect(await allowed.ended).toBe(0)
    expect(allowed.of('apdu').map(({ status }) => status)).toEqual(['9000', '9000', '63c3', '63c2'])
    expect(JSON.stringify(allowed.lines)).not.toContain('30303030')
    await hand(card, 'forget')
    const denied = reader('apdu', '00A4040C0AD3921000310001010402', '00A4040C0AD3921000310001010408', '00A4020C020001', '00B0810000', '00A4020C020002')
    expect(await denied.ended).toBe(1)
    expect(denied.of('apdu').map(({ status, reason }) => status ?? reason)).toEqual(['refused', '9000', 'refused', 'refused', '9000'])
    expect(await summary(card)).toMatchObject({ apdus: 2, ...untouched })
  })

  it('A13 two cards in two slots are one too many', async () => {
    await insert('my-number')
    const watch = reader('watch')
    await until(() => expect(states(watch)).toContain('checked'))
    const second = await insert('nhi', pcscd().port + 1)
    await until(() => expect(states(watch).at(-1)).toBe('several'))
    await hand(second, 'remove')
    await until(() => expect(watch.of('card').at(-1)).toMatchObject({ state: 'checked', facts: { kind: 'my-number' } }))
  })

  it('a card that lies in either slot when the reader is opened was found there: no slot shows up late with a card that seems to be put in', async () => {
    for (const slot of [0, 1]) {
      const card = await insert('my-number', pcscd().port + slot)
      await slots(true)
      // Which of the two is heard of first is the machine's to say.
      for (let round = 0; round < 6; round += 1) {
        const { out } = await pcscd().run(process.execPath, [fileURLToPath(new URL('found-cards.ts', import.meta.url))])
        expect(JSON.parse(out.toString())).toEqual(['card'])
      }
      await hand(card, 'remove')
      await slots(false)
    }
  })

  it('is looked for as long as it takes without a connection more: pcscd takes 200', async () => {
    const { out } = await pcscd().run(process.execPath, [fileURLToPath(new URL('many-opens.ts', import.meta.url))])
    const [early = 0, late = Infinity] = JSON.parse(out.toString()) as number[]
    expect(late - early).toBeLessThanOrEqual(2)
  })

  it('a reader that another program holds is told as busy, and is taken as soon as it is free', async () => {
    await insert('my-number')
    const holder = reader('apdu')
    await until(() => expect(holder.of('identity')).toHaveLength(1))
    const watch = reader('watch')
    await until(() => expect(watch.of('fault')).toMatchObject([{ fault: 'card-reader-busy' }]))
    expect(watch.of('card').at(-1)).toMatchObject({ state: 'failed', reason: 'busy' })
    holder.end()
    expect(await holder.ended).toBe(0)
    await until(() => expect(watch.of('fault-cleared')).toMatchObject([{ fault: 'card-reader-busy' }]))
  })

  it('F47 when the card service dies the reader is lost with its reason, and found again by itself', async () => {
    const card = await insert('my-number')
    const watch = reader('watch')
    await until(() => expect(states(watch).at(-1)).toBe('checked'))
    await pcscd().kill()
    await until(() => expect(watch.of('fault').at(-1)).toMatchObject({ fault: 'card-service-lost' }))
    await pcscd().start()
    await until(() => expect(watch.of('state').at(-1)).toMatchObject({ state: 'ready' }))
    await until(() => expect(states(watch).filter((state) => state === 'checked')).toHaveLength(2))
    expect(watch.of('card').at(-1)).toMatchObject({ facts: { kind: 'my-number' } })
    expect(await summary(card)).toMatchObject({ denied: [], spent: {} })
    expect(watch.complaints()).not.toMatch(/Error/)
  })
})
