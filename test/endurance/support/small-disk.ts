import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** A real file system of a few megabytes, in the mount namespace of a process that only holds it. */
export interface SmallDisk {
  /** Where this process finds it. */
  readonly path: string
  /** Where a program behind `wrapper` finds it. */
  readonly inside: string
  /** Put before a program's command line. */
  readonly wrapper: readonly string[]
  /** Writes until no more than `leave` bytes are free. */
  fill(leave: number): void
  empty(): void
  remount(options: string): Promise<void>
  close(): Promise<void>
}

/** Mounts a tmpfs with these options, e.g. `size=12m`; needs to be root or to be allowed a user namespace. */
export async function smallDisk(options: string): Promise<SmallDisk> {
  const folder = mkdtempSync(join(tmpdir(), 'cardbooth-disk-'))
  const isRoot = process.getuid?.() === 0
  const script = `mount -t tmpfs -o ${options},mode=0700 tmpfs "$0" && echo mounted && while read -r options; do mount -o "remount,$options" "$0" && echo done || echo failed; done`
  const holder = spawn('unshare', [isRoot ? '-m' : '-rm', 'sh', '-c', script, folder], { stdio: ['pipe', 'pipe', 'inherit'] })
  const gone = new Promise<void>((done) => holder.once('exit', () => done()))
  const lines = createInterface({ input: holder.stdout })
  const next = () => Promise.race([new Promise<string>((done) => lines.once('line', done)), gone.then(() => 'gone')])
  if ((await next()) !== 'mounted') throw new Error('no file system of its own can be mounted here')
  const path = `/proc/${holder.pid}/root${folder}`
  const filler = join(path, 'filler')
  return {
    path,
    inside: folder,
    wrapper: ['nsenter', ...(isRoot ? [] : ['-U', '--preserve-credentials']), '-m', '-t', String(holder.pid)],
    fill(leave) {
      const { bavail, bsize } = statfsSync(path)
      writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - leave)), { flag: 'a' })
    },
    empty: () => rmSync(filler, { force: true }),
    async remount(how) {
      const answer = next()
      holder.stdin.write(`${how}\n`)
      if ((await answer) !== 'done') throw new Error(`cannot remount ${how}`)
    },
    async close() {
      holder.stdin.end()
      await gone
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
