import type { Clock } from '../hardware/clock.ts'
import type { DeviceHost } from '../hardware/wire.ts'
import type { Configuration } from './config/configuration.ts'
import type { CameraCheck } from './contract/camera-check.ts'
import type { SheetPage } from './contract/sheet.ts'
import type { Slip } from './contract/slip.ts'
import type { BoothReport } from './contract/staff.ts'
import { isFull } from './disk/full.ts'
import { catalogueOf } from './i18n/catalogue.ts'
import type { Journal } from './journal/journal.ts'
import type { Log } from './log/log.ts'
import type { PhotoCheck } from './contract/photo.ts'
import { base64Of, type IdPhoto, type MadeIdPhoto } from './photo/id-photo.ts'
import { wipe } from './photo/still.ts'
import { isPin } from './staff/pin.ts'
import { drawSlip, type SlipPicture } from './print/draw-slip.ts'
import { a4Media, layoutSheet, papers } from './print/sheet-layout.ts'
import { sheetPage } from './print/sheet-page.ts'
import { sheetPdf } from './print/sheet-pdf.ts'
import type { Inquiry, Reply } from './services/service.ts'
import type { BoothEvent, Effect } from './session/events.ts'
import { seal } from './vault/seal.ts'
import { deleteSealed, sealedFileOf, writeSealed } from './vault/sealed-files.ts'

/** What effects need of the rest of the booth. */
export interface EffectPorts {
  readonly clock: Clock
  readonly configuration: Configuration
  readonly devices: DeviceHost
  readonly journal: Journal | null
  readonly sealedDir: string
  /** Gives its reserve to an application that has no room. */
  readonly disk?: { release(): boolean } | undefined
  readonly submit: (key: string) => void
  /** Asks an authority's system; never throws. */
  readonly ask: (inquiry: Inquiry) => Promise<Reply>
  /** Empties the journal's log, now or as soon as the disk lets it. */
  readonly checkpoint: () => void
  readonly makePhoto: MakePhoto
  /** Judges how the camera stands by a still and the milliseconds that it took. */
  readonly checkCamera: CheckCamera
  /** Brings the photo to the centre, sealed, and gives its link; null where the booth hands nothing over. */
  readonly handOver: ((jpeg: Uint8Array) => Promise<HandedOver | null>) | null
  /** Draws a sheet as PDF; null when it cannot. */
  readonly drawSheet?: ((page: SheetPage) => Promise<Uint8Array | null>) | undefined
  /** The authority's own form that the operator has put in the place of a sheet (`service.sheet`), as PDF; null where there is none. */
  readonly form?: ((name: string) => Promise<Uint8Array | null>) | undefined
  /** What the journal knows for staff; null without a journal. */
  readonly report?: (() => BoothReport | null) | undefined
  /** Ends the booth process in order; whoever started it starts it again. */
  readonly restart?: (() => void) | undefined
  readonly dispatch: (event: BoothEvent) => void
  readonly log: Log
}

/** Makes the photo out of a still, and says what was checked on it. */
export type MakePhoto = (image: Uint8Array) => Promise<MadeIdPhoto & { readonly checks?: readonly PhotoCheck[] }>

/** Says how the camera stands. */
export type CheckCamera = (image: Uint8Array, ms: number) => Promise<CameraCheck>

/** What opens a photo at the centre, and until when (milliseconds since 1970). */
export interface HandedOver {
  readonly link: string
  readonly until: number
}

/** Carries out what a step asked for; what takes time comes back as an event. Holds the photo of the visit, and nothing else of it. */
export interface Effects {
  perform(effect: Effect): void
  /** The photo as it will be sent; null when there is none. */
  photo(): IdPhoto | null
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? 'error'

/** Makes the performer of effects. */
export function createEffects(ports: EffectPorts): Effects {
  const { configuration, dispatch, log } = ports
  let photo: IdPhoto | null = null
  /** Counts what was wanted: a photo that is ready only when nobody wants it any more is nobody's, least of all the next resident's. */
  let wanted = 0

  const dropPhoto = () => {
    wanted += 1
    if (photo) wipe(photo.jpeg)
    photo = null
  }

  const makePhoto = async ({ visit, attempt, imageBase64 }: Extract<Effect, { kind: 'make-photo' }>) => {
    dropPhoto()
    const mine = wanted
    const image = Buffer.from(imageBase64, 'base64')
    const made = await ports.makePhoto(image).finally(() => wipe(image))
    if (mine !== wanted) {
      if (made.ok) wipe(made.jpeg)
    } else if (made.ok) {
      photo = made
      const checks = (made.checks ?? []).map(({ id, ok }) => ({ id, ok }))
      dispatch({ kind: 'photo-made', visit, attempt, widthPx: made.widthPx, heightPx: made.heightPx, checks })
    } else dispatch({ kind: 'photo-refused', visit, attempt, reason: made.code })
  }

  const sealApplication = async ({ visit, application, remarks }: Extract<Effect, { kind: 'seal' }>) => {
    const { key } = application
    try {
      if (!photo) throw new Error('no photo')
      const { jpeg, widthPx, heightPx, dpi } = photo
      const sealed = await seal(
        { ...application, photo: { jpegBase64: base64Of(jpeg), widthPx, heightPx, dpi, ...remarks } },
        configuration.centre.office,
      )
      const write = () => writeSealed(ports.sealedDir, key, sealed)
      const written = await write().catch((error: unknown) => {
        if (!isFull(error) || !ports.disk?.release()) throw error
        return write()
      })
      dispatch({ kind: 'sealed', visit, key, ...written })
    } catch (error) {
      log({ event: 'effect-failed', effect: 'seal', code: codeOf(error) })
      dispatch({ kind: 'not-sealed', visit, key })
    }
  }

  const deleteUnneeded = async (key: string) => {
    const file = sealedFileOf(key)
    try {
      if (ports.journal && !ports.journal.sealedFiles().has(file)) await deleteSealed(ports.sealedDir, file)
    } catch (error) {
      log({ event: 'effect-failed', effect: 'delete-sealed', code: codeOf(error) })
    }
  }

  const print = (job: string, slip: Slip, copy: boolean) => {
    const { printer } = configuration.devices
    if (!printer) {
      dispatch({ kind: 'slip-lost', job })
      return
    }
    const setting = {
      widthDots: printer.widthDots,
      catalogues: catalogueOf,
      operator: configuration.operator,
      booth: configuration.booth.id,
      demo: configuration.mode === 'demo',
      markCopy: copy,
    }
    let picture: SlipPicture
    try {
      picture = drawSlip(slip, setting)
    } catch (error) {
      // A booth that ended of it would draw the same slip again after each start.
      log({ event: 'effect-failed', effect: 'print', code: codeOf(error) })
      dispatch({ kind: 'slip-lost', job })
      return
    }
    const { raster, widthDots, heightDots } = picture
    ports.devices.send({
      device: 'printer',
      command: { kind: 'print', job, rasterBase64: Buffer.from(raster).toString('base64'), widthDots, heightDots },
    })
  }

  const drawSheet = async ({ job, service, sheet, language }: Extract<Effect, { kind: 'draw-sheet' }>) => {
    try {
      const setting = { catalogues: catalogueOf, operator: configuration.operator, booth: configuration.booth.id, demo: configuration.mode === 'demo' }
      const pdf = (await ports.form?.(`${service}.${sheet.id}`)) ?? (await ports.drawSheet?.(sheetPage(sheet, language, setting)))
      if (!pdf) return dispatch({ kind: 'sheet-not-drawn', job })
      ports.devices.send({ device: 'sheet-printer', command: { kind: 'print', job, pdfBase64: base64Of(pdf), media: a4Media, copies: 1 } })
    } catch (error) {
      log({ event: 'effect-failed', effect: 'draw-sheet', code: codeOf(error) })
      dispatch({ kind: 'sheet-not-drawn', job })
    }
  }

  const printSheet = (job: string) => {
    const { 'sheet-printer': printer } = configuration.devices
    if (!photo || !printer) return dispatch({ kind: 'sheet-lost', job })
    const pdf = sheetPdf(layoutSheet(printer), photo)
    ports.devices.send({ device: 'sheet-printer', command: { kind: 'print', job, pdfBase64: base64Of(pdf), media: papers[printer.paper].media, copies: 1 } })
    wipe(pdf)
  }

  const handOver = async (visit: string) => {
    const kept = photo && ports.handOver ? await ports.handOver(photo.jpeg) : null
    dispatch({ kind: 'handed-over', visit, kept })
  }

  const checkPin = async (who: string, pin: string) => {
    const stored = configuration.staff.find(({ id }) => id === who)?.pin
    dispatch({ kind: 'pin-checked', who, right: stored !== undefined && (await isPin(pin, stored)) })
  }

  const checkCamera = async ({ asked, imageBase64, ms }: Extract<Effect, { kind: 'check-camera' }>) => {
    const image = Buffer.from(imageBase64, 'base64')
    const check = await ports.checkCamera(image, ms).finally(() => wipe(image))
    dispatch({ kind: 'camera-checked', asked, check })
  }

  const report = () => {
    const read = ports.report?.()
    if (read) dispatch({ kind: 'reported', report: read })
  }

  return {
    photo: () => photo,
    perform(effect) {
      switch (effect.kind) {
        case 'device':
          return ports.devices.send(effect.command)
        case 'make-photo':
          return void makePhoto(effect)
        case 'draw-sheet':
          return void drawSheet(effect)
        case 'print-sheet':
          return printSheet(effect.job)
        case 'hand-over':
          return void handOver(effect.visit)
        case 'drop-photo':
          return dropPhoto()
        case 'ask':
          return void ports.ask(effect.inquiry).then((reply) => dispatch({ kind: 'replied', visit: effect.visit, asked: effect.asked, reply }))
        case 'seal':
          return void sealApplication(effect)
        case 'submit':
          return ports.submit(effect.key)
        case 'delete-sealed':
          return void deleteUnneeded(effect.key)
        case 'print':
          return print(effect.job, effect.slip, effect.copy)
        case 'check-pin':
          return void checkPin(effect.who, effect.pin)
        case 'check-camera':
          return void checkCamera(effect)
        case 'report':
          return report()
        case 'restart':
          return ports.restart?.()
        case 'wipe':
          dropPhoto()
          ports.checkpoint()
      }
    },
  }
}
