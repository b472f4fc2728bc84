import { builtInRulebook } from '../../main/rulebook/built-in.ts'
import type { Situation } from '../../main/services/service.ts'
import { morning } from './booth-facts.ts'

/** What the steps of a service may depend on in the morning of 2026-11-21 with nothing answered, or what a test wants otherwise. */
export function situation(otherwise: Partial<Situation> = {}): Situation {
  return { answers: {}, identifier: null, replies: {}, language: 'ja', today: '2026-11-21', now: morning, openedAt: morning, card: null, agreements: [], sendsLater: false, printsPhotos: true, rulebook: builtInRulebook, ...otherwise }
}
