// The devices of a full ccTalk bus at the end of a serial line, as slow as 9600 baud: acceptor, two hoppers, validator. Sends its parent the time between two polls of the acceptor, in milliseconds.
import { makeCctalkBillSimulator } from '../../../hardware/bill-validator/cctalk/simulator.ts'
import { realClock } from '../../../hardware/clock.ts'
import { makeCoinAcceptorSimulator } from '../../../hardware/coin-acceptor/simulator.ts'
import { makeHopperSimulator } from '../../../hardware/hopper/simulator.ts'
import { openSerial } from '../../../hardware/transports/serial.ts'
import { sharedDevice } from '../../../main/commands/demo/socket.ts'

const [path = ''] = process.argv.slice(2)
const paceBaud = 9600
const byteMs = 10_000 / paceBaud
const credits = 229
const acceptor = 2
const clock = realClock()
const wire = await openSerial(path, { baudRate: paceBaud, clock })
if (!wire) throw new Error(`${path} cannot be opened`)
let last: number | null = null
/** A command has come when its last byte would have. */
const slow = {
  ...wire,
  onData: (listen: (bytes: Uint8Array) => void) =>
    wire.onData((bytes) => {
      const now = performance.now()
      if (bytes[0] === acceptor && bytes[3] === credits) {
        if (last !== null) process.send?.(now - last)
        last = now
      }
      clock.after(bytes.length * byteMs, () => listen(bytes))
    }),
}
const [one, two, three, four] = sharedDevice(slow, 4)
if (!one || !two || !three || !four) throw new Error('four ends')
makeCoinAcceptorSimulator(one, clock, { paceBaud })
makeHopperSimulator(two, clock, { paceBaud, address: 3, serial: 1003, coin: 'JP100A' })
makeHopperSimulator(three, clock, { paceBaud, address: 4, serial: 1004, coin: 'JP010A' })
makeCctalkBillSimulator(four, clock, { paceBaud })
process.on('disconnect', () => process.exit(0))
