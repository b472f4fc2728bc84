import { demoFormCode } from '../../../main/commands/demo/form-code.ts'
import { demoPortrait } from '../../../main/commands/demo/portrait.ts'
import { residentActs, type Resident } from '../../../main/commands/demo/resident.ts'
import type { View } from '../../../main/contract/view.ts'
import { readJournal } from '../../e2e/support/journal-copy.ts'
import { moment, type Life, type Surroundings } from './headless.ts'

const somebody: Resident = { language: 'ja', coins: [500, 500], code: demoFormCode, answers: {}, portrait: demoPortrait, stopAt: null }

/** Whether nobody is in the booth and all of it can be sold. */
export const rests = (view: View): boolean => view.screen === 'attract' && view.services.every(({ available }) => available)

/**
 * Plays a resident, one act a view, until the booth rests again, for sale or not, or is gone (false), or `until` says so of a view. Pays 1000 for what costs 800, so that a claim comes with the
 * receipt.
 */
export async function visit(life: Life, place: Surroundings, resident: Partial<Resident> = {}, until?: (view: View) => boolean): Promise<boolean> {
  const act = residentActs({ ...somebody, ...resident })
  let begun = false
  for (let revision = -1; ; ) {
    await life.changed(revision)
    const push = life.push()
    if (!push) return false
    revision = push.revision
    const { view } = push
    if (until?.(view)) return true
    if (begun && (view.screen === 'attract' || view.screen === 'out-of-service')) return true
    // Whoever is owed a slip waits for it, also for the printer of a booth that has just started.
    const print = view.screen === 'receipt' ? view.print : view.screen === 'claim' ? view.claim.print : 'printed'
    if (print !== 'printed') continue
    if (view.screen === 'payment' && view.note) {
      if (view.note.waits) await life.say('pay-with-note', {})
      continue
    }
    if (view.screen === 'payment' && resident.coins?.some((value) => value >= 1000) && view.notes.length === 0) continue
    const doing = act(view)
    if (doing.kind === 'wait') continue
    begun = true
    const [, , coin] = doing.kind === 'hand' ? `${doing.device} ${doing.line}`.split(' ') : []
    if (doing.kind === 'say') await life.say(doing.name, doing.input)
    else if (doing.device === 'coin-acceptor') await Promise.race([place.insert(Number(coin)), life.gone])
    else await place.hand(`${doing.device} ${doing.line}`)
  }
}

/** How often it is looked whether the booth is at rest, ten times a second: on a machine with much other work devices are lost and found again for minutes. */
const mostLooks = 2_400

/** Somebody goes on with whatever a booth that has just started still holds, until it rests and has counted all that was taken. */
export async function goOn(life: Life, place: Surroundings): Promise<void> {
  for (let looks = 0; looks < mostLooks && !life.isGone(); looks += 1) {
    const view = life.push()?.view
    if (view && ['held', 'receipt', 'claim', 'leave'].includes(view.screen)) await visit(life, place)
    else if (view && rests(view)) {
      // A coin may be written down between the view and this look at the journal: its credit is still to be shown.
      const { inserted, credit, paying } = readJournal(place.data).money
      // A hopper that was not found yet when its coins were due tells later what it paid.
      if (credit === 0 && paying === 0 && inserted === (await place.taken())) return
    }
    await moment(100)
  }
  throw new Error(`the booth did not come to rest: ${JSON.stringify(life.push()?.view)}`)
}
