import { afterEach, expect, test } from 'vitest'
import type { JournalRecord } from '../../../main/session/records.ts'
import { place, type Place } from './journal-fixture.ts'

let here: Place | null = null
afterEach(() => here?.remove())

const tried: JournalRecord = { kind: 'staff-tried', visit: null, body: { who: 'MT' } }
const found = { visit: null, credit: 0, application: null, payouts: [], notes: [], booksAddUp: true }

test('what staff did is there after each start: PINs tried since one was right, who is signed in, and whether the booth is closed', () => {
  here = place()
  const { clock } = here
  let journal = here.journal()
  const again = () => {
    journal.close()
    if (here) journal = here.journal()
    return journal.staffDoor()
  }
  expect(journal.staffDoor()).toEqual({ tries: 0, lastTry: null, signedIn: null, closed: false })
  expect(journal.lastRecovery()).toBe(null)
  journal.append([tried])
  clock.leap(1_000)
  journal.append([tried])
  const at = clock.now()
  expect(again()).toEqual({ tries: 2, lastTry: at, signedIn: null, closed: false })
  journal.append([tried, { kind: 'staff-signed-in', visit: null, body: { who: 'MT' } }, { kind: 'booth-closed', visit: null, body: { by: 'MT' } }])
  expect(again()).toEqual({ tries: 0, lastTry: null, signedIn: 'MT', closed: true })
  journal.append([{ kind: 'staff-signed-out', visit: null, body: { who: 'MT', why: 'restart' } }, tried])
  expect(again()).toEqual({ tries: 1, lastTry: at, signedIn: null, closed: true })
  journal.append([{ kind: 'booth-opened', visit: null, body: { by: 'MT' } }, { kind: 'recovery', visit: null, body: { found, decided: 'held' } }])
  expect(again()).toMatchObject({ closed: false })
  expect(journal.lastRecovery()).toEqual({ at, body: { found, decided: 'held' } })
  journal.close()
})
