import type { BillValidatorCommand, BillValidatorEvent } from './bill-validator/events.ts'
import type { StillCameraCommand, StillCameraEvent } from './camera/events.ts'
import type { CardReaderCommand, CardReaderEvent } from './card-reader/events.ts'
import type { CabinetCommand, CabinetEvent, CabinetInput } from './cabinet/events.ts'
import type { CoinAcceptorCommand, CoinAcceptorEvent } from './coin-acceptor/events.ts'
import type { DeviceHealth, DeviceKind } from './device.ts'
import type { HopperCommand, HopperEvent } from './hopper/events.ts'
import type { PrinterCommand, PrinterEvent } from './printer/events.ts'
import type { QrScannerCommand, QrScannerEvent } from './qr-scanner/events.ts'
import type { SheetPrinterCommand, SheetPrinterEvent } from './sheet-printer/events.ts'

/** What each device tells the booth, and what the booth asks of it. */
interface Talk {
  readonly 'coin-acceptor': { readonly event: CoinAcceptorEvent; readonly command: CoinAcceptorCommand }
  readonly hopper: { readonly event: HopperEvent; readonly command: HopperCommand }
  readonly 'bill-validator': { readonly event: BillValidatorEvent; readonly command: BillValidatorCommand }
  readonly cabinet: { readonly event: CabinetEvent; readonly command: CabinetCommand }
  readonly 'qr-scanner': { readonly event: QrScannerEvent; readonly command: QrScannerCommand }
  readonly 'card-reader': { readonly event: CardReaderEvent; readonly command: CardReaderCommand }
  readonly printer: { readonly event: PrinterEvent; readonly command: PrinterCommand }
  readonly 'sheet-printer': { readonly event: SheetPrinterEvent; readonly command: SheetPrinterCommand }
  readonly 'still-camera': { readonly event: StillCameraEvent; readonly command: StillCameraCommand }
}

/** What the device process tells the booth. */
export type DeviceEvent = { readonly [Kind in keyof Talk]: { readonly device: Kind; readonly event: Talk[Kind]['event'] } }[keyof Talk]

/** How a device is. */
export interface HealthEvent {
  readonly device: DeviceKind
  readonly health: DeviceHealth
}

export type HostMessage = ({ readonly kind: 'event' } & DeviceEvent) | ({ readonly kind: 'health' } & HealthEvent)

/** What the booth asks of a device. A command to a device that is not there is dropped: its health says so. */
export type DeviceCommand = { readonly [Kind in keyof Talk]: { readonly device: Kind; readonly command: Talk[Kind]['command'] } }[keyof Talk]

/** The device process as the booth sees it, whether it is another process or the same one. */
export interface DeviceHost {
  send(command: DeviceCommand): void
  onMessage(listen: (message: HostMessage) => void): void
  /** Inhibits coins, brings all devices to rest and closes their lines. */
  stop(): Promise<void>
}

/** Where and how each device is reached; a missing key: the booth has no such device. */
export interface DeviceSettings {
  readonly 'coin-acceptor'?: undefined | {
    readonly path: string
    /** ccTalk address 2..255 (CT3 table 1: 2 for the first acceptor). */
    readonly address: number
    readonly checksum: 'sum-8' | 'crc-16'
    readonly echo: 'auto' | 'on' | 'off'
    readonly baudRate: number
    /** Milliseconds between polls, 50..500. */
    readonly pollMs: number
  }
  readonly hopper?: undefined | {
    readonly path: string
    readonly checksum: 'sum-8' | 'crc-16'
    readonly echo: 'auto' | 'on' | 'off'
    readonly baudRate: number
    /** The hoppers on this line: ccTalk address (CT3 table 1: 3 for the first one) and coin, for a hopper that does not tell its own. */
    readonly hoppers: readonly { readonly address: number; readonly coin: string }[]
  }
  readonly 'bill-validator'?: undefined | {
    readonly path: string
    /** JCM ID-003 (9600 8E1) or ccTalk (9600 8N1). */
    readonly protocol: 'id003' | 'cctalk'
    /** Only ccTalk: address (CT3 table 1: 40 for the first validator), checksum and echo. */
    readonly address: number
    readonly checksum: 'sum-8' | 'crc-16'
    readonly echo: 'auto' | 'on' | 'off'
    readonly baudRate: number
    /** Milliseconds between polls, 50..500. */
    readonly pollMs: number
  }
  readonly cabinet?: undefined | {
    readonly path: string
    readonly baudRate: number
    readonly parity: 'none' | 'even'
    /** Modbus station, 1..247. */
    readonly address: number
    /** Milliseconds between polls, 50..1000. */
    readonly pollMs: number
    readonly inputs: readonly CabinetInput[]
    /** Number of the lamp's coil; null without a lamp. */
    readonly lamp: number | null
  }
  readonly 'qr-scanner'?: undefined | {
    readonly path: string
    readonly baudRate: number
    /** What the scanner sends after each code, as hexadecimal bytes, e.g. `0d`. */
    readonly suffixHex: string
    /** What the scanner wants to hear to light up and go dark, as hexadecimal bytes; empty for a scanner that always looks. */
    readonly listenHex: string
    readonly restHex: string
  }
  readonly 'card-reader'?: undefined | {
    /** What the reader's name in pcscd begins with; never "the first one". */
    readonly reader: string
    /** Only in demonstrations: where cards that are programs come in (a port of this machine, or the path of a Unix socket), in place of pcscd. */
    readonly vpcd?: number | string | undefined
    /** PEM file of the authorities whose certificates are believed; without it the centre judges alone. */
    readonly authorities?: string | undefined
  }
  readonly printer?: undefined | {
    readonly path: string
    readonly baudRate: number
    /** Dots a line: 576 for 80 mm paper, 384 for 58 mm, at 203 dpi. */
    readonly widthDots: number
  }
  readonly 'sheet-printer'?: undefined | {
    /** The Unix socket of CUPS. */
    readonly server: string
    /** In demonstrations: a folder whose programs are run in the place of CUPS's. */
    readonly programs?: string | undefined
    readonly queue: string
    /** What else `lp -o` is told, e.g. `print-quality=5`. */
    readonly options: readonly string[]
    /** Milliseconds that a sheet may take. */
    readonly printMs: number
  }
  readonly 'still-camera'?: undefined | {
    /** gphoto2, or where it is. */
    readonly program: string
    /** The camera's name in `gphoto2 --auto-detect`; empty for the first one. */
    readonly model: string
    /** What is set before each picture, `name=value` as gphoto2 knows it, e.g. `capturetarget=0`. */
    readonly configuration: readonly string[]
    /** Milliseconds that a picture may take, with its way to the booth. */
    readonly captureMs: number
  }
}
