import type { StillCameraCommand, StillCameraEvent } from './camera/events.ts'
import type { CoinAcceptorCommand, CoinAcceptorEvent } from './coin-acceptor/events.ts'
import type { DeviceHealth, DeviceKind } from './device.ts'
import type { PrinterCommand, PrinterEvent } from './printer/events.ts'
import type { QrScannerCommand, QrScannerEvent } from './qr-scanner/events.ts'
import type { SheetPrinterCommand, SheetPrinterEvent } from './sheet-printer/events.ts'

/** What the device process tells the booth. */
export type DeviceEvent =
  | { readonly device: 'coin-acceptor'; readonly event: CoinAcceptorEvent }
  | { readonly device: 'qr-scanner'; readonly event: QrScannerEvent }
  | { readonly device: 'printer'; readonly event: PrinterEvent }
  | { readonly device: 'sheet-printer'; readonly event: SheetPrinterEvent }
  | { readonly device: 'still-camera'; readonly event: StillCameraEvent }

/** How a device is. */
export interface HealthEvent {
  readonly device: DeviceKind
  readonly health: DeviceHealth
}

export type HostMessage = ({ readonly kind: 'event' } & DeviceEvent) | ({ readonly kind: 'health' } & HealthEvent)

/** What the booth asks of a device. A command to a device that is not there is dropped: its health says so. */
export type DeviceCommand =
  | { readonly device: 'coin-acceptor'; readonly command: CoinAcceptorCommand }
  | { readonly device: 'qr-scanner'; readonly command: QrScannerCommand }
  | { readonly device: 'printer'; readonly command: PrinterCommand }
  | { readonly device: 'sheet-printer'; readonly command: SheetPrinterCommand }
  | { readonly device: 'still-camera'; readonly command: StillCameraCommand }

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
  readonly 'qr-scanner'?: undefined | {
    readonly path: string
    readonly baudRate: number
    /** What the scanner sends after each code, as hexadecimal bytes, e.g. `0d`. */
    readonly suffixHex: string
    /** What the scanner wants to hear to light up and go dark, as hexadecimal bytes; empty for a scanner that always looks. */
    readonly listenHex: string
    readonly restHex: string
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
