import { describe, expect, it } from 'vitest'
import { epochAt } from '../../../main/rulebook/civil-date.ts'
import { phoneLines } from '../../../main/services/phone-lines/service.ts'
import { advices } from '../../support/advice.ts'

const told = (topic: string, tongue: string, time = '2026-11-20 12:00') => {
  const [day = '', clock = ''] = time.split(' ')
  return advices(phoneLines, { answers: { topic, tongue }, today: day, now: epochAt(day, clock, 'Asia/Tokyo') })[0]!
}

describe('the hours of the lines, beside which one is open now', () => {
  it.each([
    ['card', 'ja', ['weekdays 9:30–20:00, weekends and holidays 9:30–17:30, closed around New Year']],
    ['suspend', 'ja', ['day and night']],
    ['card', 'ko', ['usually 9:30–20:00; at night only to suspend', 'weekdays 9:30–20:00']],
    ['suspend', 'ne', ['usually 9:00–18:00', 'In Japanese, a lost card is suspended day and night']],
    ['card', 'tl', ['usually 10:00–19:00']],
    ['system', 'vi', ['weekdays 9:30–20:00, weekends and holidays 9:30–17:30, closed around New Year']],
  ])('R052 R053 R054 R055 R056 R057 about %s in %s: %j', (topic, tongue, hours) => {
    for (const words of hours) expect(told(topic, tongue).text).toContain(words)
  })

  it('R059 at night, who has no line: the Japanese one and the sentence to read out; not where somebody answers', () => {
    const advised = 'call the Japanese one and read out the sentence in Japanese'
    expect(told('suspend', 'th', '2026-11-20 03:00').text).toContain(advised)
    expect(told('suspend', 'th', '2026-11-20 12:00').text).not.toContain(advised)
    expect(told('suspend', 'ja', '2026-11-20 03:00').text).not.toContain(advised)
  })
})
