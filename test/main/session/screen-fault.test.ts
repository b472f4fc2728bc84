import { expect, test } from 'vitest'
import { readySession } from '../../support/session.ts'

test('I7 no page that stays on the glass is a fault in the journal and closes the coins, once however often it is said, until a page has drawn', () => {
  const session = readySession().toPayment().insert(500)
  for (let said = 0; said < 3; said += 1) session.dispatch({ kind: 'screen-fault', held: true })
  expect(session.recordsOf('fault-raised').filter(({ body }) => body.fault === 'screen-not-starting')).toHaveLength(1)
  expect(session.accepting).toEqual([])
  expect(session.view).toMatchObject({ screen: 'payment', money: { inserted: 500 } })
  for (let said = 0; said < 2; said += 1) session.dispatch({ kind: 'screen-fault', held: false })
  expect(session.recordsOf('fault-cleared').filter(({ body }) => body.fault === 'screen-not-starting')).toHaveLength(1)
  expect(session.accepting).not.toEqual([])
  expect(session.view).toMatchObject({ screen: 'payment', money: { inserted: 500 } })
})

test('a booth at rest without a page on its glass is out of service, and back by itself', () => {
  const session = readySession()
  session.dispatch({ kind: 'screen-fault', held: true })
  expect(session.view).toMatchObject({ screen: 'out-of-service', reasons: [{ code: 'screen-not-starting' }] })
  session.dispatch({ kind: 'screen-fault', held: false })
  expect(session.screen).toBe('attract')
})
