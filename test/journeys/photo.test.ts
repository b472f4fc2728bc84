import { createDecipheriv } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { deriveHandOver } from '../../main/hand-over/seal-photo.ts'
import type { Exchange } from '../../main/submissions/exchange.ts'
import { everythingOnDisk } from '../support/on-disk.ts'
import { startWorld } from './support/world.ts'

/** What somebody's telephone does with the link that it scanned. */
async function fetchPhoto(link: string, exchange: Exchange): Promise<Buffer | number> {
  const { id, key, token } = deriveHandOver(Buffer.from(new URL(link).hash.slice(1), 'base64url'))
  const headers = { authorization: `Bearer ${Buffer.from(token).toString('base64url')}` }
  const answer = await exchange({ method: 'POST', path: `/v1/hand-overs/${id}/download`, headers, body: null }, new AbortController().signal)
  if (!answer.ok || answer.reply.status !== 200) return answer.ok ? answer.reply.status : 0
  const sealed = Buffer.from(answer.reply.body)
  const opened = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12)).setAAD(Buffer.from(id, 'hex')).setAuthTag(sealed.subarray(-16))
  return Buffer.concat([opened.update(sealed.subarray(12, -16)), opened.final()])
}

test('R037–R039 a photo for an application by smartphone: paid, measured, and opened twice by whoever scanned the code; nothing of it stays in the booth', async () => {
  let exchange: Exchange | null = null
  const { world, dir, visit, saw } = await startWorld({
    change: (file) => ({ ...file, services: { 'jp-photo': { price: 800 } } }),
    ports(own) {
      exchange = own.exchange
      return own
    },
  })
  await visit({ service: 'jp-photo', answers: { online: 'smartphone' } })
  const shown = saw('delivery')
  expect(saw('photo-review')?.checks.every(({ ok }) => ok)).toBe(true)
  expect(shown).toMatchObject({ delivered: true, handOver: 'ready', sheet: 'none', print: 'printed' })
  expect(world.journal.totals()).toMatchObject([{ inserted: 800, earned: 800, owed: 0, parked: 0, credit: 0 }])
  expect(world.journal.till().counters).toEqual(expect.arrayContaining([{ name: 'sales', currency: 'JPY', ever: 800, since: 800 }, { name: 'sales-number', currency: 'JPY', ever: 1, since: 1 }]))
  expect(readdirSync(join(dir, 'slips'))).toHaveLength(1)

  if (!exchange || !shown?.link) throw new Error('no link')
  const photo = await fetchPhoto(shown.link, exchange)
  if (typeof photo === 'number') throw new Error(`the centre says ${photo}`)
  expect(await sharp(photo).metadata()).toMatchObject({ format: 'jpeg', width: 827, height: 1063, density: 600 })
  expect(await fetchPhoto(shown.link, exchange)).toEqual(photo)
  expect(await fetchPhoto(shown.link, exchange)).toBe(410)

  const secret = new URL(shown.link).hash.slice(1)
  const disk = everythingOnDisk(dir)
  expect(disk.includes(secret)).toBe(false)
  expect(disk.includes(Buffer.from(photo.subarray(1000, 1100)).toString('latin1'))).toBe(false)
})
