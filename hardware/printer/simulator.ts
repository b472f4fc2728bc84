import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../clock.ts'
import type { Simulator } from '../simulator.ts'
import type { ByteTransport } from '../transport.ts'
import { encodePng } from './png.ts'
import { nextCommand, realTimeWatch, type EscPosCommand, type RealTimeCommand } from './simulator-commands.ts'
import { fitRow, graphics, rasterRows, textRows } from './simulator-raster.ts'

/** How the simulated printer is made. */
export interface PrinterSimulatorOptions {
  /** Where slips go as `slip-0001.png`, one for each cut; nothing is kept when not given. */
  readonly outDir?: string
  /** Printable dots a line; 576 when not given. */
  readonly widthDots?: number
  /** Dot rows a second; 1200 (150 mm/s at 203 dpi) when not given. */
  readonly rowsPerSecond?: number
}

const help =
  'pull-paper | load-paper | paper-low | paper-left <rows> | open-cover | close-cover | jam | clear | unplug | plug | late <ms> | ' +
  'silent on|off | garble on|off | last | state | help'
/** How many rows the paper moves between two looks at the sensors. */
const rowsATick = 24
const noBytes = new Uint8Array(0)

/**
 * An ESC/POS printer at the far end of `wire`: real-time commands are obeyed on arrival wherever they stand, everything else in order; an offline
 * printer stops in the middle of its work and goes on with it when the cause is gone, unless its buffers are cleared.
 */
export function makePrinterSimulator(wire: ByteTransport, clock: Clock, options: PrinterSimulatorOptions = {}): Simulator {
  const widthDots = options.widthDots ?? 576
  const tickMs = (rowsATick * 1000) / (options.rowsPerSecond ?? 1200)
  let watch = realTimeWatch()
  /** The receive buffer, the rows that wait for the head, what `GS ( L` stored, and the letters of the line. */
  let buffer: Uint8Array = noBytes
  let waiting: Uint8Array[] = []
  let stored: Uint8Array[] = []
  let letters = 0
  /** What comes when the waiting rows are printed: the cut. */
  let afterRows: (() => void) | null = null
  let slip: Uint8Array[] = []
  let slips = 0
  let last = 'none'

  let plugged = true
  let silent = false
  let garbled = false
  let lateMs = 0
  let coverOpen = false
  /** The cover was opened while something was printing: an error until it is closed. */
  let coverError = false
  let paperLow = false
  let paperLeft = Number.POSITIVE_INFINITY
  let cutterBlocked = false
  let cutterError = false
  let automaticStatus = 0
  let moving: (() => void) | null = null
  const replies = new Set<() => void>()

  const paperOut = () => paperLeft === 0
  const offline = () => !plugged || coverOpen || paperOut() || cutterError
  const busy = () => waiting.length > 0 || buffer.length > 0

  const reply = (...bytes: readonly number[]) => {
    if (silent || !plugged) return
    const sent = Uint8Array.from(bytes, (byte) => (garbled ? byte | 0x81 : byte))
    if (lateMs === 0) return void wire.write(sent)
    const cancel = clock.after(lateMs, () => {
      replies.delete(cancel)
      if (plugged) void wire.write(sent)
    })
    replies.add(cancel)
  }
  const replyBlock = (head: number, text: string) => reply(head, ...Buffer.from(text, 'latin1'), 0)

  const statusByte = (which: 1 | 2 | 3 | 4): number => {
    const fixedBits = 0x12
    switch (which) {
      case 1: // bit 2: drawer connector, high when no drawer is there
        return fixedBits | 0x04 | (offline() ? 0x08 : 0)
      case 2:
        return fixedBits | (coverOpen ? 0x04 : 0) | (paperOut() ? 0x20 : 0) | (cutterError || coverError ? 0x40 : 0)
      case 3:
        return fixedBits | (cutterError ? 0x08 : 0) | (coverError ? 0x40 : 0)
      case 4:
        return fixedBits | (paperLow || paperOut() ? 0x0c : 0) | (paperOut() ? 0x60 : 0)
    }
  }
  const statusBytes = () => [statusByte(1), statusByte(2), statusByte(3), statusByte(4)].join()
  const sensorPairs = () => (paperLow || paperOut() ? 0x03 : 0) | (paperOut() ? 0x0c : 0)

  /** Automatic status back, four bytes, when `GS a` asked for what changed. */
  const statusChanged = (bits = 0xff) => {
    if ((automaticStatus & bits) === 0) return
    const printer = 0x10 | 0x04 | (offline() ? 0x08 : 0) | (coverOpen ? 0x20 : 0)
    reply(printer, (cutterError ? 0x08 : 0) | (coverError ? 0x40 : 0), sensorPairs(), 0)
  }

  const clearBuffers = () => {
    buffer = noBytes
    waiting = []
    stored = []
    letters = 0
    afterRows = null
    moving?.()
    moving = null
  }

  const cut = () => {
    if (cutterBlocked) {
      cutterError = true
      return statusChanged(0x06)
    }
    if (slip.length === 0) return
    slips += 1
    if (options.outDir) {
      mkdirSync(options.outDir, { recursive: true })
      last = join(options.outDir, `slip-${String(slips).padStart(4, '0')}.png`)
      writeFileSync(last, encodePng(slip, widthDots))
    }
    slip = []
  }

  const feed = (rows: number) => waiting.push(...Array.from({ length: rows }, () => noBytes))
  const endLine = (rows: number) => {
    if (letters > 0) waiting.push(...textRows(letters, widthDots))
    feed(Math.max(0, rows - (letters > 0 ? 24 : 0)))
    letters = 0
  }

  const information = new Map([
    [65, '1.00 ESC/POS'],
    [66, 'Cardbooth'],
    [67, 'SIM-80'],
    [68, 'SIM000001'],
  ])

  const carryOut = (command: EscPosCommand) => {
    const [first = 0, second = 0] = command.parameters
    switch (command.name) {
      case 'text':
        letters += 1
        break
      case 'LF':
        endLine(30)
        break
      case 'ESC @':
        letters = 0
        stored = []
        automaticStatus = 0
        break
      case 'ESC J':
        endLine(first)
        break
      case 'ESC d':
        endLine(first * 30)
        break
      case 'GS v':
        waiting.push(...rasterRows(command))
        break
      case 'GS ( L':
      case 'GS 8 L': {
        const wanted = graphics(command)
        if (wanted === 'print') {
          waiting.push(...stored)
          stored = []
        } else if (wanted) stored.push(...wanted.store)
        break
      }
      case 'GS V':
        if (letters > 0) endLine(30)
        if (![0, 1, 48, 49].includes(first)) feed(second)
        afterRows = cut
        break
      case 'GS r':
        if (first === 1 || first === 49) reply(sensorPairs())
        else if (first === 2 || first === 50) reply(0x01)
        break
      case 'GS I':
        if (information.has(first)) replyBlock(0x5f, information.get(first) ?? '')
        else if (first === 1 || first === 49) reply(0x20)
        else if (first === 2 || first === 50) reply(0x02)
        break
      case 'GS a':
        automaticStatus = first
        statusChanged()
        break
      case 'GS ( H': // function 48: says that everything before it is done, with the four characters given
        if (command.parameters[2] === 48) reply(0x37, 0x22, ...command.parameters.subarray(4, 8), 0)
        break
    }
  }
  const work = () => {
    while (!moving && !offline()) {
      if (waiting.length > 0) {
        moving = clock.after(tickMs, tick)
        return
      }
      const then = afterRows
      afterRows = null
      then?.()
      if (offline()) return
      const command = nextCommand(buffer)
      if (!command) return
      buffer = buffer.subarray(command.length)
      carryOut(command)
    }
  }

  const tick = () => {
    moving = null
    for (let row = 0; row < rowsATick && waiting.length > 0 && !offline(); row += 1) {
      slip.push(fitRow(waiting.shift() ?? noBytes, widthDots))
      paperLeft -= 1
      if (paperOut()) statusChanged(0x0a)
    }
    work()
  }

  const obey = (command: RealTimeCommand) => {
    if (command.kind === 'ask') reply(statusByte(command.status))
    else if (command.kind === 'clear') {
      clearBuffers()
      if (!cutterBlocked) cutterError = false
      reply(0x37, 0x25, 0)
    } else if (cutterError && !cutterBlocked) {
      if (!command.restart) clearBuffers()
      cutterError = false
      statusChanged(0x06)
    }
  }

  wire.onData((bytes) => {
    if (!plugged) return
    buffer = Buffer.concat([buffer, bytes])
    for (let index = 0; index < bytes.length; index += 1) {
      const command = watch(bytes[index] ?? 0)
      if (!command) continue
      obey(command)
      // What followed a clearing command stays; the command itself went with the buffer.
      if (command.kind === 'clear') buffer = bytes.slice(index + 1)
    }
    work()
  })

  const hands: Readonly<Record<string, (word: string) => string>> = {
    'pull-paper'() {
      paperLeft = 0
      return 'the roll is out'
    },
    'load-paper'() {
      paperLeft = Number.POSITIVE_INFINITY
      paperLow = false
      return 'a full roll is in'
    },
    'paper-low'() {
      paperLow = true
      return 'the roll is near its end'
    },
    'paper-left'(word) {
      if (!/^\d{1,6}$/.test(word)) return 'error: paper-left <rows>'
      paperLeft = Number(word)
      return `paper for ${word} rows is left`
    },
    'open-cover'() {
      coverError ||= busy()
      coverOpen = true
      return 'the cover is open'
    },
    'close-cover'() {
      coverError = false
      coverOpen = false
      return 'the cover is closed'
    },
    jam() {
      cutterBlocked = true
      cutterError = true
      return 'the cutter is jammed'
    },
    clear() {
      cutterBlocked = false
      return 'the jam is removed; the printer waits to be told to go on (DLE ENQ)'
    },
    unplug() {
      clearBuffers()
      plugged = false
      return 'no power: nothing passes either way, and what it held is lost'
    },
    plug() {
      plugged = true
      watch = realTimeWatch()
      cutterError = cutterBlocked
      return 'power is on'
    },
    late(word) {
      if (!/^\d{1,6}$/.test(word)) return 'error: late <ms>'
      lateMs = Number(word)
      return `answers come ${word} ms late`
    },
    silent(word) {
      silent = word === 'on'
      return silent ? 'answers nothing' : 'answers'
    },
    garble(word) {
      garbled = word === 'on'
      return garbled ? 'answers garbage' : 'answers as it should'
    },
    last: () => last,
    state: () => `${offline() ? 'offline' : 'online'}, ${waiting.length} rows wait, ${slip.length} rows hang out, ${slips} slips cut`,
    help: () => help,
  }

  return {
    hand(line) {
      const [name = '', word = ''] = line.trim().split(/\s+/)
      const act = Object.hasOwn(hands, name) ? hands[name] : undefined
      if (!act) return Promise.resolve(`error: not understood; ${help}`)
      const before = statusBytes()
      const said = act(word)
      if (statusBytes() !== before) statusChanged()
      work()
      return Promise.resolve(said)
    },
    stop() {
      plugged = false
      moving?.()
      for (const cancel of replies) cancel()
      return Promise.resolve()
    },
  }
}
