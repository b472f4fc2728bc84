import { createHook } from 'node:async_hooks'

/** What Node does in threads beside this one: files, cryptography, pictures. */
const threadWork = /REQUEST$|^FSREQ|^FILEHANDLECLOSEREQ$|^generic$/
/** Cryptography that this house does on the spot: it looks like work as well, but nobody waits for its end. Whatever else does so is forgotten once it is collected. */
const onTheSpot = /^(?:SIGN|RANDOMBYTES)REQUEST$/
const underWay = new Set<number>()
const hooks = {
  init: (id: number, type: string) => void (threadWork.test(type) && !onTheSpot.test(type) && underWay.add(id)),
  after: (id: number) => void underWay.delete(id),
  destroy: (id: number) => void underWay.delete(id),
  // Thousands a second, and none of them is work in a thread.
  trackPromises: false,
}
createHook(hooks).enable()

/** Lets everything run that is ready, and waits for work in threads: after it nothing happens until time goes on. */
export async function settled(): Promise<void> {
  do await new Promise<void>((done) => setImmediate(done))
  while (underWay.size > 0)
}
