import type { z } from 'zod'
import { cashSets } from '../../config/cash-sets.ts'
import type { configuration } from '../../config/configuration.ts'
import { inquirySubjects } from '../../contract/inquiry.ts'
import { services } from '../../services/services.ts'
import { demoHoppers } from './hopper-bus.ts'

/** A configuration as it is written in a file, before defaults are filled in. */
export type ConfigurationFile = z.input<typeof configuration>

/** Where the parts of a demonstration are to be found. */
export interface DemoPlaces {
  readonly coinAcceptor: string
  /** Without them no change is given, and no notes are taken. */
  readonly hopper?: string
  readonly billValidator?: string
  readonly qrScanner: string
  readonly printer: string
  /** Programs that stand in for those of CUPS; without them nothing is printed on sheets. */
  readonly sheetPrinter?: string
  /** Where virtual cards come in, and the PEM file of the authorities that signed them; without them there is no card reader. */
  readonly cards?: { readonly socket: string; readonly authorities: string }
  readonly centre: string
  readonly office: ConfigurationFile['centre']['office']
  readonly receiptKey: ConfigurationFile['centre']['receiptKeys'][number]
  /** The vendor whose signed rulebook lies beside the configuration, and whose packs are taken; without it the release's own rules hold. */
  readonly vendorKey?: NonNullable<ConfigurationFile['rulebook']>['keys'][number]
  /** The socket that takes hands, and the film that the simulated camera sees; without them there is no panel. */
  readonly bench?: NonNullable<ConfigurationFile['bench']>
}

/** Nobody agreed to anything: the demonstration shows what an agreement would allow. */
const demoAgreement = { with: 'nobody: this is a demonstration', reference: 'DEMO' }

/** The technician of the demonstration; main/staff/README.md says the PIN, and a production booth refuses it. */
const demoStaff = { id: 'DEMO-1', pin: 'scrypt$15$8$1$DEMOcardboothStaffPinA$Yhu1E0rSIJ9OyQGwrmAHV2nDugqtkmF5sDOdWkUZKjk' }

/** The configuration of the demonstration booth: every service, 800 yen, five coins, two notes where there is a validator, three languages, every device. */
export function demoConfiguration(places: DemoPlaces): ConfigurationFile {
  const { currency, coins, notes } = cashSets.japan
  return {
    mode: 'demo',
    booth: { id: 'demo-booth-1', place: 'Demonstration' },
    operator: { name: 'Demo Booths', phone: '03-0000-0000', statusPage: 'https://status.demo-booths.example/s' },
    languages: ['ja', 'en', 'zh-Hant'],
    pack: 'pack.json',
    services: { ...Object.fromEntries(services.map(({ id }) => [id, {}])), 'jp-mynumber-application': { price: 800 }, 'jp-photo': { price: 800 } },
    agreements: { 'pin-change': demoAgreement, 'sign-in': demoAgreement, linking: demoAgreement },
    staff: [demoStaff],
    cash: {
      currency,
      coins,
      ...(places.billValidator ? { notes } : {}),
      maximumCredit: 2000,
    },
    devices: {
      'coin-acceptor': { path: places.coinAcceptor },
      ...(places.hopper ? { hopper: { path: places.hopper, hoppers: [...demoHoppers] } } : {}),
      ...(places.billValidator ? { 'bill-validator': { path: places.billValidator, protocol: 'id003' as const } } : {}),
      'qr-scanner': { path: places.qrScanner },
      printer: { path: places.printer },
      ...(places.sheetPrinter ? { 'sheet-printer': { server: places.sheetPrinter, programs: places.sheetPrinter, queue: 'photo', paper: 'postcard' as const, a4: true } } : {}),
      ...(places.cards ? { 'card-reader': { reader: 'Virtual reader', vpcd: places.cards.socket, authorities: places.cards.authorities } } : {}),
      camera: {},
    },
    centre: { address: places.centre, office: places.office, receiptKeys: [places.receiptKey], photoPage: 'https://photo.demo-booths.example/photo', inquiries: [...inquirySubjects] },
    ...(places.vendorKey ? { rulebook: { file: 'rulebook.json', vendor: 'cardbooth', keys: [places.vendorKey] }, packs: { hardware: 'demo', vendor: 'cardbooth', keys: [places.vendorKey] } } : {}),
    ...(places.bench ? { bench: places.bench } : {}),
  }
}
