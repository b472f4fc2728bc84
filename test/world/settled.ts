import { createHook } from 'node:async_hooks'
import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'

/** What Node does in threads beside this one: files, cryptography, pictures. */
const threadWork = /REQUEST$|^FSREQ|^FILEHANDLECLOSEREQ$|^generic$/
/** Cryptography that this house does on the spot looks like work in a thread as well, but nobody waits for its end: by its name, … */
const onTheSpot = /^(?:SIGN|RANDOMBYTES)REQUEST$/
/** … or, where others of its name are work in a thread, while it is being done. */
let isOnTheSpot = false
const doneOnTheSpot = ['generateKeyPairSync', 'hkdfSync', 'scryptSync', 'diffieHellman'] as const
for (const name of doneOnTheSpot) {
  const own = crypto[name] as (...args: unknown[]) => unknown
  const told = (...args: unknown[]) => {
    isOnTheSpot = true
    try {
      return own(...args)
    } finally {
      isOnTheSpot = false
    }
  }
  Object.assign(crypto, { [name]: told })
}
syncBuiltinESMExports()

const underWay = new Set<number>()
const hooks = {
  init: (id: number, type: string) => void (threadWork.test(type) && !onTheSpot.test(type) && !isOnTheSpot && underWay.add(id)),
  after: (id: number) => void underWay.delete(id),
  destroy: (id: number) => void underWay.delete(id),
  // Thousands a second, and none of them is work in a thread.
  trackPromises: false,
}
createHook(hooks).enable()

/** Lets everything run that is ready, and waits for work in threads: after it nothing happens until time goes on. */
export async function settled(): Promise<void> {
  for (let round = 0; round === 0 || underWay.size > 0; round += 1)
    // What takes long is waited for without taking its processor away from it.
    await new Promise<void>((done) => (round < 200 ? setImmediate(done) : setTimeout(done, 1)))
}
