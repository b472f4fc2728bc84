import type { Authority } from './authority.ts'

/** What can be asked for with a card (B6). */
const topics = ['health-insurance', 'benefit-account', 'licence']

/** Takes a request for linking from whoever has signed in with their card, and from nobody else; where it goes from here is the operator's adapter's matter. */
export function linkingAuthority(cards: { isSignedIn(session: string): boolean }): Authority {
  return {
    answer(topic, { session = '', ...others }) {
      const isRequest = topics.includes(topic) && Object.keys(others).length === 0 && cards.isSignedIn(session)
      return Promise.resolve(isRequest ? { ok: true, facts: { status: 'requested' } } : { ok: false, code: 'refused' })
    },
  }
}
