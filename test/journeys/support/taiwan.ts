import type { ResidentAnswers } from '../../../main/commands/demo/resident.ts'
import type { Language } from '../../../main/contract/language.ts'
import { everythingOnDisk } from '../../support/on-disk.ts'
import { startWorld } from './world.ts'

/** A booth that offers one certificate of Taiwan, an officer at its authority, and what its last advice says in one visit after the other. */
export async function startTaiwan(service: string, change: (file: { readonly centre: object }) => object = () => ({})) {
  const stand = await startWorld({ change: (file) => ({ ...file, services: { ...file.services, [service]: {} }, ...change(file) }) })
  const { world, dir, seen } = stand
  const officer = (words: string) => world.hand(`centre authority ${words}`)
  const advice = async (answers: ResidentAnswers, language: Language = 'en') => {
    await stand.visit({ service, language, answers })
    return stand.saw('advice')?.title
  }
  const title = async (answers: ResidentAnswers, language?: Language) => (await advice(answers, language))?.key.replace(`${service}.`, '')
  /** Whether `text` stands anywhere: on a screen that was shown, on the disk (the pictures of its slips apart), or in the log. */
  const knows = (text: string) =>
    [JSON.stringify(seen), everythingOnDisk(dir, (file) => file.endsWith('.png')), JSON.stringify(world.logged)].some((place) => place.includes(text))
  return { ...stand, officer, advice, title, knows }
}

/** The same booth where the operator has no line to the authority. */
export const withoutLine = ({ centre }: { readonly centre: object }) => ({ centre: { ...centre, inquiries: [] } })
