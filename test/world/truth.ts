import type { ConfigurationFile } from '../../main/commands/demo/configuration.ts'
import { demoHoppers } from '../../main/commands/demo/hopper-bus.ts'
import { services } from '../../main/services/services.ts'
import type { History } from './history.ts'
import type { Plan } from './plan.ts'

/** The booth of a plan: every service, every device that hangs on a line. */
export function boothOf({ sellsLater, notes, pollMs, bowls }: Plan): (file: ConfigurationFile) => ConfigurationFile {
  const closed = { role: 'door', active: 0 } as const
  return (file) => ({
    ...file,
    services: Object.fromEntries(services.map(({ id }) => [id, id === 'jp-mynumber-application' || id === 'jp-photo' ? { price: 800 } : {}])),
    cash: { ...file.cash, notes: ['JP1000A', 'JP1000B'].map((id) => ({ id, value: 1000, currency: 'JPY' as const })) },
    devices: {
      ...file.devices,
      'coin-acceptor': { path: '/coins', pollMs },
      'bill-validator': { path: '/notes', protocol: notes, pollMs },
      hopper: { path: '/hoppers', hoppers: demoHoppers.map(({ address, coin }, index) => ({ address, coin, filled: bowls[index]?.filled ?? 0 })) },
      cabinet: {
        path: '/cabinet',
        pollMs: 500,
        inputs: [{ input: 0, name: 'service', ...closed }, { input: 1, name: 'cash', ...closed }, { input: 2, role: 'cash-box', name: 'coins', active: 0 }],
        lamp: 0,
      },
    },
    centre: { ...file.centre, sellWhileUnreachable: sellsLater },
  })
}

type Truth = Pick<History, 'fell' | 'worth' | 'notes' | 'bowls' | 'slips'>

/** What the devices say of themselves in the end. */
export async function truthOf({ bowls, notes }: Plan, hand: (line: string) => Promise<string>): Promise<Truth> {
  const counters = async <Told>(device: string) => JSON.parse(await hand(`${device} counters`)) as Told
  const coins = await counters<{ readonly byPosition: readonly number[] }>('coin-acceptor')
  const box = await counters<{ readonly inserted: number; readonly returned: number; readonly stacked: Readonly<Record<string, number>> }>('bill-validator')
  const [, slips = '0'] = /(\d+) slips cut/.exec(await hand('printer state')) ?? []
  return {
    fell: coins.byPosition,
    worth: [10, 50, 100, 500, 500],
    notes: {
      inserted: box.inserted,
      returned: box.returned,
      // ID-003 names its notes by escrow code, ccTalk by type.
      boxed: { JP1000A: box.stacked[notes === 'id003' ? '61' : '1'] ?? 0, JP1000B: box.stacked[notes === 'id003' ? '62' : '2'] ?? 0 },
    },
    bowls: await Promise.all(
      demoHoppers.map(async ({ address }, index) => {
        const { coins: inside, left } = await counters<{ readonly coins: number; readonly left: number }>(`hopper-${address}`)
        const { filled = 0, missing = 0 } = bowls[index] ?? {}
        return { serial: String(1000 + address), missing: Math.min(missing, filled), inside, left }
      }),
    ),
    slips: Number(slips),
  }
}
