import { chmodSync, copyFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Simulator } from '../simulator.ts'

/** What the next runs of the program meet. */
const moods = [
  'well',
  /** Another program holds the camera. */
  'claimed',
  /** The lens finds nothing to focus on. */
  'no-focus',
  /** Takes the picture and never ends. */
  'hang',
  /** The cable is pulled while the picture is taken. */
  'pulled',
  /** Sends RAW and JPEG of each picture; RAW alone. */
  'raw-and-jpeg',
  'raw',
  /** The card is write-protected: it sends the picture and cannot delete it. */
  'keeps',
  /** Sends half of the picture and ends. */
  'cut',
] as const

/**
 * gphoto2 2.5.28 with a camera, as far as the driver uses it: its words, its table, its messages on the right stream, and its exit codes, which are
 * 0 for most failed captures (gphoto2, main.c, capture_generic).
 */
const script = `#!/bin/sh
here=\${0%/*}
read -r mood < "$here/mood"
read -r port < "$here/port"
echo "$*" >> "$here/calls"
act=
asked=
for word; do
  case $word in
    --auto-detect | --summary | --reset | --capture-image-and-download) act=$word ;;
    --port=*) asked=\${word#--port=} ;;
    --stdout-size | --set-config-value=*=*) ;;
    *) printf '%s: unknown option\\n' "$word" >&2; exit 1 ;;
  esac
done

advice() {
  printf '*** Error (%s: '"'%s'"') ***       \\n\\n' "$1" "$2" >&2
  printf 'For debugging messages, please use the --debug option.\\nDebugging messages may help finding a solution to your problem.\\n'
  exit 1
}
trouble() { printf '\\n*** Error ***              \\n%s\\n' "$1" >&2; }
no_capture() { printf 'ERROR: Could not capture image.\\nERROR: Could not capture.\\n' >&2; }
file() { wc -c < "$1" | tr -d ' '; cat "$1"; }

if [ "$act" = --auto-detect ]; then
  printf '%-30s %-16s\\n' Model Port
  echo ----------------------------------------------------------
  [ "$port" = none ] || printf '%-30s %-16s\\n' 'Canon EOS 700D' "$port"
  exit 0
fi
if [ "$port" = none ] || [ "$asked" != "$port" ]; then
  trouble 'Could not detect any camera'
  advice -105 'Unknown model'
fi
if [ "$mood" = claimed ]; then
  trouble "An error occurred in the io-library ('Could not claim the USB device'): Could not claim interface 0 (Device or resource busy). Make sure no other program (gvfs-gphoto2-volume-monitor) or kernel module (such as sdc2xx, stv680, spca50x) is using the device and you have read/write access to the device."
  [ "$act" = --capture-image-and-download ] && no_capture
  advice -53 'Could not claim the USB device'
fi
case $act in
  --reset) exit 0 ;;
  --summary)
    echo 'Camera summary:                                                                '
    printf 'Manufacturer: Canon Inc.\\nModel: Canon EOS 700D\\n  Version: 3-1.1.4\\n  Serial Number: 7c5c7b4d1a0e4f9\\nVendor Extension ID: 0xb (2.0)\\n\\nCapture Formats: JPEG\\n'
    exit 0 ;;
esac
case $mood in
  well | keeps) file "$here/picture.jpg" ;;
  raw-and-jpeg) file "$here/picture.cr2"; file "$here/picture.jpg" ;;
  raw) file "$here/picture.cr2" ;;
  cut) wc -c < "$here/picture.jpg"; head -c 20000 "$here/picture.jpg" ;;
  no-focus) trouble 'PTP Out of Focus'; no_capture ;;
  pulled) echo none > "$here/port"; trouble 'PTP I/O Error'; no_capture ;;
  hang) file "$here/picture.jpg" | head -c 20000; echo $$ > "$here/hanging"; exec sleep 600 ;;
esac
if [ "$mood" = keeps ]; then
  printf 'ERROR: Could not delete image.\\nERROR: Could not capture.\\n' >&2
fi
exit 0
`

export interface StillCameraSimulator extends Simulator {
  /** The program that stands for gphoto2. */
  readonly program: string
}

/** A camera that hangs on a program: writes the program and its state into the folder `dir`; `picture` is the JPEG that it takes. */
export function makeStillCameraSimulator(dir: string, picture: string): StillCameraSimulator {
  const program = join(dir, 'gphoto2')
  const put = (name: string, content: string | Uint8Array) => writeFileSync(join(dir, name), content)
  let plugged = 5
  const plug = () => put('port', `usb:001,${String(plugged).padStart(3, '0')}\n`)
  put('mood', 'well\n')
  plug()
  put('picture.cr2', Buffer.concat([Buffer.from('II*\0\x10\0\0\0CR\x02\0', 'latin1'), Buffer.alloc(50_000, 7)]))
  copyFileSync(picture, join(dir, 'picture.jpg'))
  put('gphoto2', script)
  chmodSync(program, 0o700)
  const words = `plug · unplug · mood <${moods.join('|')}> · help`

  return {
    program,
    hand(line) {
      const [verb, mood] = line.trim().split(/\s+/)
      if (verb === 'help') return Promise.resolve(words)
      if (verb === 'unplug') put('port', 'none\n')
      else if (verb === 'plug') {
        // The bus gives another number each time.
        plugged += 1
        plug()
      } else if (verb === 'mood' && moods.some((one) => one === mood)) put('mood', `${mood}\n`)
      else return Promise.resolve(`error: not understood; ${words}`)
      return Promise.resolve(line.trim())
    },
    stop: () => Promise.resolve(),
  }
}
