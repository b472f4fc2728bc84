import { z } from 'zod'
import { checkIds, liveIds } from '../../face/thresholds.ts'
import { inquirySubjects } from '../contract/inquiry.ts'
import { language } from '../contract/language.ts'
import { canBePaid } from '../money/change.ts'
import { receiptKey } from '../contract/receipt.ts'
import { staffId, staffPinHash } from '../contract/staff.ts'
import { isFree, services } from '../services/services.ts'
import { packTrust, vendorTrust } from './vendor-trust.ts'

const milliseconds = (least: number, most: number) => z.int().min(least).max(most)
const hexBytes = z.string().regex(/^(?:[0-9a-f]{2}){0,16}$/)
const pemFile = z.string().startsWith('/', 'an absolute path')

/** With whom the operator agreed, and under which name it is filed. */
const agreement = z.strictObject({ with: z.string().min(1).max(120), reference: z.string().min(1).max(120) })

/** A public key of a receiving office: JWK of curve P-256 with its name. */
const officeKey = z.strictObject({
  id: z.string().min(1).max(80),
  jwk: z.strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string() }),
})

/** Whether an address leads back to the machine that asks (RFC 6761, 6.3; RFC 6890); `URL` has written every form of an IPv4 address as four numbers. */
function isThisMachine(address: string): boolean {
  const host = new URL(address).hostname.replace(/\.$/, '')
  return /^(?:(?:.*\.)?localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1?\]|\[::ffff:(?:7f..:.*|0:0)\])$/.test(host)
}

/** How long each wait lasts; every wait warns first and can be extended (rules.md section 0, 8). */
const times = z.strictObject({
  /** Without a touch: "are you still there?" */
  idleMs: milliseconds(10_000, 600_000).default(60_000),
  /** The same while coins are awaited. */
  payIdleMs: milliseconds(10_000, 600_000).default(120_000),
  /** How long that question stands before the visit ends. */
  stillThereMs: milliseconds(20_000, 120_000).default(20_000),
  /** How often a resident may extend. */
  extensions: z.int().min(10).max(100).default(10),
  /** How long the sending screen waits for the centre before it says "not confirmed". */
  sendMs: milliseconds(1_000, 20_000).default(20_000),
  /** How long an authority's system may take to answer a question before it counts as unreachable. */
  askMs: milliseconds(1_000, 20_000).default(10_000),
  /** How long a slip may take before it counts as not printed. */
  printMs: milliseconds(2_000, 120_000).default(20_000),
  /** How long a hopper may take for one pay-out before a slip stands for what it may have left. */
  payoutMs: milliseconds(10_000, 600_000).default(60_000),
  /** How long the last screens stand. */
  farewellMs: milliseconds(3_000, 120_000).default(12_000),
  /** How long staff stay signed in without a touch. */
  staffIdleMs: milliseconds(10_000, 600_000).default(120_000),
})

/** What has to be free on the disk under the booth's data, in megabytes. */
const disk = z.strictObject({
  /** Kept back so that a visit under way can be finished on a full disk. */
  reserveMb: z.int().min(1).max(1_024).default(16),
  /** With less free than this, nothing is sold. */
  lowMb: z.int().min(1).max(100_000).default(200),
})

/** The configuration of one booth, every key checked and none unknown. */
export const configuration = z
  .strictObject({
    mode: z.enum(['demo', 'production']),
    booth: z.strictObject({ id: z.string().regex(/^[a-z0-9-]{1,40}$/), place: z.string().min(1).max(80) }),
    operator: z.strictObject({
      name: z.string().min(1).max(60),
      phone: z.string().regex(/^[0-9+][0-9 -]{4,20}$/),
      /** Where a slip's number and code are looked up. */
      statusPage: z.url({ protocol: /^https$/ }).max(200),
    }),
    /** In the order in which they are offered; the first is the one the booth rests in. */
    languages: z.array(language).min(1).refine((list) => new Set(list).size === list.length, 'a language stands twice'),
    /** The signed rulebook beside this file; without it the booth runs on the rules of its release. */
    rulebook: vendorTrust.optional(),
    /** Whose signed packs may be installed in the data folder; without it none is taken. */
    packs: packTrust.optional(),
    /** Operator's privacy notice and terms, a JSON file beside this one. */
    pack: z.string().regex(/^[a-z0-9][a-z0-9._-]*\.json$/, 'a file name without folders'),
    /** What this booth offers, by service; what only guides is free. */
    services: z
      .record(z.string(), z.strictObject({ price: z.int().min(0).max(10_000).default(0), photoAttempts: z.int().min(1).max(20).default(6) }))
      .refine((services) => Object.keys(services).length > 0, 'a booth that offers nothing'),
    /** The site's own limits of the photo's checks, by their names; the release's hold for the others. */
    photo: z.strictObject({ thresholds: z.partialRecord(z.enum([...checkIds, ...liveIds]), z.number().min(0).max(1000)).default({}) }).default({ thresholds: {} }),
    /** What the operator may do with cards, by the agreement that allows it; everything else is not offered (rules.md section 0, 20). */
    agreements: z.strictObject({ 'pin-change': agreement.optional(), 'sign-in': agreement.optional(), linking: agreement.optional() }).default({}),
    /** The authorities' own forms as PDF files beside this one, by the sheet whose place they take (`service.sheet`). */
    forms: z.record(z.string().regex(/^[a-z0-9-]{1,40}\.[a-z0-9-]{1,40}$/, 'service.sheet'), z.string().regex(/^[a-z0-9][a-z0-9._-]*\.pdf$/, 'a PDF file without folders')).default({}),
    /** Who may sign in at the booth (main/staff); without anybody there is no way to the sign-in. */
    staff: z.array(z.strictObject({ id: staffId, pin: staffPinHash })).max(8).refine((staff) => new Set(staff.map(({ id }) => id)).size === staff.length, 'a name stands twice').default([]),
    cash: z.strictObject({
      currency: z.enum(['JPY', 'TWD']),
      coins: z
        .array(z.strictObject({ id: z.string().regex(/^[A-Z]{2}[0-9A-Zm.]{3}[A-Z]$/), value: z.int().min(1).max(10_000), currency: z.enum(['JPY', 'TWD']), path: z.int().min(1).max(8).optional() }))
        .min(1)
        .max(16)
        .refine((coins) => new Set(coins.map((coin) => coin.id)).size === coins.length, 'a coin identifier stands twice')
        .refine((coins) => coins.every((coin) => coin.id.startsWith(coin.currency.slice(0, 2))), 'a coin of another currency')
        // Issues of one coin differ in their last letter alone; anything else that is worth the same is a slip of the pen, and money.
        .refine(
          (coins) => coins.every((coin) => coins.every((other) => coin.value !== other.value || coin.id.slice(0, -1) === other.id.slice(0, -1))),
          'two different coins with one value',
        ),
      /** Notes that the validator takes, by identifier as ccTalk writes them (ID-003 notes get the same names). */
      notes: z
        .array(z.strictObject({ id: z.string().regex(/^[A-Z]{2}[0-9K]{4}[A-Z]$/), value: z.int().min(1).max(20_000), currency: z.enum(['JPY', 'TWD']) }))
        .max(16)
        .refine((notes) => new Set(notes.map(({ id }) => id)).size === notes.length, 'a note identifier stands twice')
        .refine((notes) => notes.every(({ id, currency }) => id.startsWith(currency.slice(0, 2))), 'a note of another currency')
        .default([]),
      /** Coins are refused once this much lies in one visit. */
      maximumCredit: z.int().min(1).max(20_000),
      /** Coins of one kind that are taken in a visit. */
      mostPieces: z.int().min(1).max(1_000).default(20),
    }),
    devices: z.strictObject({
      'coin-acceptor': z
        .strictObject({
          path: z.string().startsWith('/dev/').or(z.string().startsWith('/')),
          address: z.int().min(2).max(255).default(2),
          checksum: z.enum(['sum-8', 'crc-16']).default('sum-8'),
          echo: z.enum(['auto', 'on', 'off']).default('auto'),
          baudRate: z.int().min(1200).max(115_200).default(9600),
          pollMs: milliseconds(50, 500).default(100),
        })
        .optional(),
      /** The hoppers of one ccTalk line; it may be the acceptor's (the same path). */
      hopper: z
        .strictObject({
          path: z.string().startsWith('/'),
          checksum: z.enum(['sum-8', 'crc-16']).default('sum-8'),
          echo: z.enum(['auto', 'on', 'off']).default('auto'),
          baudRate: z.int().min(1200).max(115_200).default(9600),
          hoppers: z
            .array(
              z.strictObject({
                address: z.int().min(2).max(255),
                /** The coin in it: one of `cash.coins`. */
                coin: z.string(),
                /** Coins in it when the booth first meets it. */
                filled: z.int().min(0).max(10_000).default(0),
                /** The acceptor's sorter path that leads into it; without one, its coins fall into the cash box. */
                fedBy: z.int().min(1).max(8).optional(),
              }),
            )
            .min(1)
            .max(8)
            .refine((hoppers) => new Set(hoppers.map(({ address }) => address)).size === hoppers.length, 'an address stands twice'),
        })
        .optional(),
      'bill-validator': z
        .strictObject({
          path: z.string().startsWith('/'),
          protocol: z.enum(['id003', 'cctalk']),
          address: z.int().min(2).max(255).default(40),
          checksum: z.enum(['sum-8', 'crc-16']).default('sum-8'),
          echo: z.enum(['auto', 'on', 'off']).default('auto'),
          baudRate: z.int().min(1200).max(115_200).default(9600),
          pollMs: milliseconds(50, 500).default(100),
        })
        .optional(),
      /** Switches and lamp of the cabinet behind one Modbus RTU module. */
      cabinet: z
        .strictObject({
          path: z.string().startsWith('/'),
          baudRate: z.int().min(1200).max(115_200).default(9600),
          parity: z.enum(['none', 'even']).default('none'),
          address: z.int().min(1).max(247).default(1),
          pollMs: milliseconds(50, 1000).default(100),
          inputs: z
            .array(
              z.strictObject({
                input: z.int().min(0).max(63),
                role: z.enum(['door', 'cash-box', 'call-button', 'presence', 'headset']),
                name: z.string().min(1).max(40),
                /** What it reads when a door is open, the box is out, the button pressed, somebody there, the plug in. */
                active: z.literal([0, 1]),
              }),
            )
            .max(64)
            .refine((inputs) => new Set(inputs.map(({ input }) => input)).size === inputs.length, 'an input stands twice')
            .default([]),
          lamp: z.int().min(0).max(63).nullable().default(null),
        })
        .optional(),
      'qr-scanner': z
        .strictObject({ path: z.string().startsWith('/'), baudRate: z.int().min(1200).max(115_200).default(9600), suffixHex: hexBytes.min(2).default('0d'), listenHex: hexBytes.default(''), restHex: hexBytes.default('') })
        .optional(),
      'card-reader': z
        .strictObject({
          /** What the reader's name in pcscd begins with (`device card-reader check` names them); never "the first one". */
          reader: z.string().min(1).max(128),
          /** Only in demonstrations: where cards that are programs come in, in place of pcscd. */
          vpcd: z.int().min(1024).max(65_535).or(z.string().startsWith('/')).optional(),
          /** PEM file of the authorities whose certificates are believed. */
          authorities: pemFile.optional(),
          /** Keys for PINs on the screen stand in another order each time. */
          shuffledKeys: z.boolean().default(false),
        })
        .optional(),
      printer: z.strictObject({ path: z.string().startsWith('/'), baudRate: z.int().min(1200).max(115_200).default(115_200), widthDots: z.int().min(256).max(1024).multipleOf(8).default(576) }).optional(),
      /** A photo printer behind CUPS. */
      'sheet-printer': z
        .strictObject({
          /** The socket of the booth's own CUPS, whose spool lies in memory (build/cups). */
          server: z.string().startsWith('/'),
          queue: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,126}$/, 'a name of a queue in CUPS'),
          paper: z.enum(['l', '4x6in', 'postcard']),
          /** Whether A4 lies in it too: sheets for counters, the police and the resident's own pen. */
          a4: z.boolean().default(false),
          /** Only in demonstrations: a folder whose programs stand in for CUPS's. */
          programs: z.string().startsWith('/').optional(),
          /** The edge that the printer cannot print on, and the room between two photos, in millimetres. */
          marginMm: z.number().min(0).max(10).default(3),
          gapMm: z.number().min(0).max(10).default(2),
          options: z.array(z.string().regex(/^[a-z][a-zA-Z0-9-]*=[\w.-]+$/, 'name=value')).max(20).default([]),
          printMs: milliseconds(10_000, 600_000).default(120_000),
        })
        .optional(),
      /** A camera that gphoto2 knows, for the picture itself; without it, and whenever it fails, the camera of the screen takes it. */
      'still-camera': z
        .strictObject({
          program: z.literal('gphoto2').or(z.string().startsWith('/')).default('gphoto2'),
          model: z.string().max(64).default(''),
          configuration: z.array(z.string().regex(/^[\w/-]+=[^\n]{1,64}$/, 'name=value')).max(20).default([]),
          captureMs: milliseconds(2_000, 60_000).default(20_000),
        })
        .optional(),
      /** The camera of the screen; with a label it is the one whose own label is that or contains it, and no other is ever opened. */
      camera: z.strictObject({ deviceLabel: z.string().max(120).default('') }).optional(),
    }),
    centre: z.strictObject({
      /** A Unix socket (reference centre) or an https address. */
      address: z.string().startsWith('/').or(z.url({ protocol: /^https$/ })),
      office: officeKey,
      /** Where residents open their photo in a telephone; without it no photo is handed over. */
      photoPage: z.url({ protocol: /^https$/ }).max(120).optional(),
      /** Whose systems the operator may ask, by an agreement with them; about everything else nothing leaves the booth, which prepares and explains. */
      inquiries: z.array(z.enum(inquirySubjects)).max(inquirySubjects.length).default([]),
      /** Whose signature under an answer is the centre's; more than one while the centre changes its key. */
      receiptKeys: z.array(receiptKey).min(1).max(4),
      /** For https: PEM files, read anew with each connection. */
      tls: z
        .strictObject({
          /** The operator's own authority instead of the public ones. */
          authority: pemFile.optional(),
          /** The booth's certificate and its key: by them the centre knows the booth. */
          certificate: pemFile.optional(),
          key: pemFile.optional(),
          /** Revocation lists of that authority and of all between; with them, a certificate without a current list is refused. */
          revoked: pemFile.optional(),
        })
        .refine((tls) => (tls.certificate === undefined) === (tls.key === undefined), 'certificate and key stand together')
        .prefault({}),
      /** Whether the operator's centre may command the booth: out of service, back into it, restart when nobody is there. */
      commands: z.boolean().default(false),
      /** More applications than this, or one older than this, and nothing is sold that needs sending. */
      maximumWaiting: z.int().min(1).max(10_000).default(200),
      maximumWaitingHours: z.int().min(1).max(24 * 30).default(72),
      /** Whether the booth sells while the line is down; the resident is told and agrees before paying (section 0, 13). */
      sellWhileUnreachable: z.boolean().default(false),
    }),
    times: times.prefault({}),
    disk: disk.prefault({}),
    screen: z.strictObject({ pxPerMm: z.number().min(1).max(20).default(4.03) }).prefault({}),
    /** Only in demonstrations: the socket that takes hands, and the film that the simulated camera sees. */
    bench: z.strictObject({ socket: z.string().startsWith('/'), camera: z.string().startsWith('/').optional() }).optional(),
  })
  .superRefine((config, context) => {
    const refuse = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message })
    const demoKey = config.centre.office.id.includes('DEMO')
    if (config.mode === 'production') {
      if (config.bench) refuse(['bench'], 'a production booth has no bench')
      if (config.devices['card-reader']?.vpcd !== undefined) refuse(['devices', 'card-reader', 'vpcd'], 'a production booth has no cards that are programs')
      if (config.devices['sheet-printer']?.programs !== undefined) refuse(['devices', 'sheet-printer', 'programs'], 'a production booth prints on a printer')
      if (demoKey) refuse(['centre', 'office', 'id'], 'a production booth refuses a DEMO key')
      for (const [name, agreed] of Object.entries(config.agreements)) if (agreed?.reference.includes('DEMO')) refuse(['agreements', name, 'reference'], 'a production booth refuses a DEMO agreement')
      for (const name of ['rulebook', 'packs'] as const)
        for (const [index, { id }] of (config[name]?.keys ?? []).entries()) if (id.includes('DEMO')) refuse([name, 'keys', index, 'id'], 'a production booth refuses a DEMO key')
      for (const [index, { id }] of config.centre.receiptKeys.entries())
        if (id.includes('DEMO')) refuse(['centre', 'receiptKeys', index, 'id'], 'a production booth refuses a DEMO key')
      for (const [index, { id, pin }] of config.staff.entries())
        if (id.includes('DEMO') || pin.includes('$DEMO')) refuse(['staff', index], 'a production booth refuses the PIN of the demonstration')
      if (config.centre.address.startsWith('/')) refuse(['centre', 'address'], 'a production booth sends by https')
      else if (isThisMachine(config.centre.address)) refuse(['centre', 'address'], 'a production booth sends to another machine')
      if (config.centre.photoPage !== undefined && isThisMachine(config.centre.photoPage)) refuse(['centre', 'photoPage'], 'residents cannot reach this machine')
      if (isThisMachine(config.operator.statusPage)) refuse(['operator', 'statusPage'], 'residents cannot reach this machine')
    } else if (!demoKey) refuse(['centre', 'office', 'id'], 'a demo booth seals only to a key that has DEMO in its name')
    for (const [id, { price }] of Object.entries(config.services)) {
      const service = services.find((candidate) => candidate.id === id)
      const values = config.cash.coins.map(({ value }) => value)
      if (!service) refuse(['services', id], `no such service: there are ${services.map((known) => known.id).join(', ')}`)
      else if (service.steps.some(({ kind }) => kind === 'deliver') && config.centre.photoPage === undefined) refuse(['services', id], 'needs centre.photoPage: whoever pays for a photo can take it home by code')
      else if (price > 0 && isFree(service)) refuse(['services', id, 'price'], 'this service is free')
      if (price > config.cash.maximumCredit) refuse(['cash', 'maximumCredit'], `less than the price of ${id}`)
      else if (!canBePaid(price, values)) refuse(['services', id, 'price'], 'cannot be paid exactly with the coins taken')
      else if (!canBePaid(price, [...values, ...config.cash.notes.map(({ value }) => value)], config.cash.mostPieces)) refuse(['cash', 'mostPieces'], `too few pieces for the price of ${id}`)
    }
    for (const [index, coin] of config.cash.coins.entries()) if (coin.currency !== config.cash.currency) refuse(['cash', 'coins', index, 'currency'], 'a coin of another currency')
    for (const [index, note] of config.cash.notes.entries()) {
      if (note.currency !== config.cash.currency) refuse(['cash', 'notes', index, 'currency'], 'a note of another currency')
      if (note.value > config.cash.maximumCredit) refuse(['cash', 'notes', index, 'value'], 'more than a visit may hold')
    }
    if (config.cash.notes.length > 0 && !config.devices['bill-validator']) refuse(['cash', 'notes'], 'there is no note validator')
    for (const [index, { coin, fedBy }] of (config.devices.hopper?.hoppers ?? []).entries()) {
      const approved = config.cash.coins.find(({ id }) => id === coin)
      if (!approved) refuse(['devices', 'hopper', 'hoppers', index, 'coin'], 'not one of the coins taken')
      else if (fedBy !== undefined && approved.path !== fedBy) refuse(['devices', 'hopper', 'hoppers', index, 'fedBy'], 'its coin is not sent that way')
    }
  })

export type Configuration = z.infer<typeof configuration>
