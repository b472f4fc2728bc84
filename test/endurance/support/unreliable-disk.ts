import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { closeSync, cpSync, existsSync, openSync, readFileSync, readSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const source = join(import.meta.dirname, 'unreliable-disk.c')

/** Kinds of operations, as the source names them. */
const kinds = { write: 1, 'log-flush': 2, 'file-flush': 4, 'folder-flush': 8, name: 16, open: 32 } as const
export type Operation = keyof typeof kinds
export const flushes: readonly Operation[] = ['log-flush', 'file-flush', 'folder-flush']
export const operations = Object.keys(kinds) as Operation[]

const acts = { 'kill-before': 1, 'kill-after': 2, fail: 3, delay: 4 } as const

/** Error numbers of Linux. */
export const errors = { EIO: 5, ENOSPC: 28, EROFS: 30 } as const

export interface Order {
  readonly kinds: readonly Operation[]
  /** How many of them go well first; 0 when not said. */
  readonly after?: number
  /** How many then do not; all of them when not said. */
  readonly times?: number
  readonly act: keyof typeof acts
  /** Error number, or microseconds. */
  readonly value?: number
}

/** A disk under one folder of one process that fails on order. */
export interface UnreliableDisk {
  /** Put before a program's command line, it makes the program use this disk. */
  readonly wrapper: readonly string[]
  order(order: Order): void
  /** How many of the ordered operations there have been. */
  seen(): number
  /** How many flushes there have been since the disk was made. */
  flushes(): number
  /** Makes the folder what a power cut at this moment leaves of it. */
  cutPower(): void
}

/** Compiles the shim, once for each text of its source. */
function library(): string {
  const file = join(tmpdir(), `cardbooth-unreliable-disk-${createHash('sha256').update(readFileSync(source)).digest('hex').slice(0, 16)}.so`)
  if (existsSync(file)) return file
  const beside = `${file}.${process.pid}`
  const { status, stderr } = spawnSync('cc', ['-shared', '-fPIC', '-O1', '-o', beside, source, '-ldl', '-lpthread'], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`cc could not compile ${source}: ${stderr}`)
  renameSync(beside, file)
  return file
}

/** Makes the disk under `dir`, an absolute path without links; with `shadow`, a folder to be made, it can lose its power. */
export function unreliableDisk(dir: string, options: { readonly orders: string; readonly shadow?: string }): UnreliableDisk {
  const { orders, shadow } = options
  const numbers = new BigInt64Array(10)
  writeFileSync(orders, Buffer.from(numbers.buffer))
  const restore = () => {
    if (!shadow) return
    rmSync(shadow, { recursive: true, force: true })
    cpSync(dir, shadow, { recursive: true })
  }
  restore()
  const read = (index: number) => {
    const descriptor = openSync(orders, 'r')
    const bytes = Buffer.alloc(8)
    readSync(descriptor, bytes, 0, 8, index * 8)
    closeSync(descriptor)
    return Number(bytes.readBigInt64LE())
  }
  return {
    wrapper: ['/usr/bin/env', `LD_PRELOAD=${library()}`, `DISK_DIR=${dir}`, `DISK_ORDERS=${orders}`, ...(shadow ? [`DISK_SHADOW=${shadow}`] : [])],
    order(order) {
      const mask = order.kinds.reduce((sum, kind) => sum | kinds[kind], 0)
      const next = [0, mask, order.after ?? 0, order.times ?? 2 ** 40, acts[order.act], order.value ?? 0].map(BigInt)
      const descriptor = openSync(orders, 'r+')
      writeSync(descriptor, Buffer.from(BigInt64Array.from(next).buffer), 0, 48, 0)
      closeSync(descriptor)
    },
    seen: () => read(0),
    flushes: () => read(6),
    cutPower() {
      if (!shadow) throw new Error('this disk keeps no shadow')
      rmSync(dir, { recursive: true, force: true })
      cpSync(shadow, dir, { recursive: true })
      restore()
    },
  }
}
