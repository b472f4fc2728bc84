import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Simulator } from '../simulator.ts'

/** A printer without paper, a cover, and what its CUPS would say of it (RFC 8011, 5.4.12). */
const moods = {
  well: 'well',
  'paper-out': 'media-empty-error',
  'paper-low': 'media-low-warning',
  'open-cover': 'cover-open-error',
  'ink-out': 'marker-supply-empty-error',
  offline: 'offline-error',
} as const

/** Stands in for `lp`, `lpstat` and `cancel`, as far as the driver asks them: a file `mood` says how the printer is, what is printed becomes a file. */
const program = `#!/bin/sh
dir=$(dirname "$(dirname "$0")")
read -r mood < "$dir/mood"
name() { basename "$1" "$2"; }
case $(basename "$0") in
  lp)
    read -r last < "$dir/count"
    number=$((last + 1))
    echo $number > "$dir/count"
    cat > "$dir/$number.job"
    case $mood in well | *-warning) mv "$dir/$number.job" "$dir/$number.pdf" ;; esac
    echo "request id is photo-$number (0 file(s))" ;;
  cancel) rm -f "$dir"/*.job ;;
  *)
    case "$1 $2" in
      '-l -p')
        alerts=none
        [ "$mood" = well ] || alerts=$mood
        printf 'printer photo is idle.  enabled since now\\n\\tDescription: Simulated sheet printer\\n\\tAlerts: %s\\n' "$alerts" ;;
      '-W not-completed') for job in "$dir"/*.job; do [ -e "$job" ] && echo "photo-$(name "$job" .job) nobody 0 now"; done ;;
      *) for job in "$dir"/*.pdf; do [ -e "$job" ] && printf 'photo-%s nobody 0 now\\n\\tStatus: \\n\\tAlerts: job-completed-successfully\\n' "$(name "$job" .pdf)"; done ;;
    esac ;;
esac
exit 0
`

/** A printer behind CUPS that is none: programs of CUPS's names in a folder, which the driver runs in their place. */
export interface SheetPrinterSimulator extends Simulator {
  /** Where the programs stand. */
  readonly programs: string
}

/** Makes one whose printed pages lie in `dir` as 1.pdf, 2.pdf… and can be looked at. */
export function makeSheetPrinterSimulator(dir: string): SheetPrinterSimulator {
  const programs = join(dir, 'bin')
  mkdirSync(programs, { recursive: true })
  for (const name of ['lp', 'lpstat', 'cancel']) writeFileSync(join(programs, name), program, { mode: 0o755 })
  const feel = (mood: keyof typeof moods) => writeFileSync(join(dir, 'mood'), `${moods[mood]}\n`)
  feel('well')
  if (!existsSync(join(dir, 'count'))) writeFileSync(join(dir, 'count'), '0\n')
  return {
    programs,
    hand(line) {
      const word = line.trim()
      if (word === 'help') return Promise.resolve([...Object.keys(moods), 'pages'].join(' | '))
      if (word === 'pages') return Promise.resolve(readdirSync(dir).filter((name) => name.endsWith('.pdf')).map((name) => join(dir, name)).join(' ') || 'none')
      if (!Object.hasOwn(moods, word)) return Promise.resolve(`error: not understood; help lists the words`)
      feel(word as keyof typeof moods)
      return Promise.resolve('ok')
    },
    stop: () => Promise.resolve(),
  }
}
