/** One way in which a visit ends. */
export interface VisitEnd {
  readonly name: string
  /** What they came for; the application when not said. */
  readonly service?: string
  /** The screen or step up to which the resident goes on. */
  readonly until: string
  /**
   * What is done there: they walk away (`leave`), cancel, go to the end, are stopped by the rules, type the number, press the shutter, hold the form before the
   * camera, lose the page, or go on to the end after `after` happened.
   */
  readonly act: 'leave' | 'cancel' | 'end' | 'stop' | 'type' | 'photo' | 'codes' | 'reload' | 'go-on'
  /** Hands before it. */
  readonly before?: readonly string[]
  /** Hands there. */
  readonly after?: readonly string[]
}

const walkAway = [
  ...['languages', 'offer', 'privacy', 'number', 'applicant', 'cause', 'form', 'printed', 'stay', 'stay-until', 'combined-card', 'payment', 'scan'],
  ...['identifier', 'birth', 'certificates', 'braille', 'photo', 'photo-review', 'review', 'receipt'],
]

/** A visit that has not ended: what is left of the others would be found as this one is. */
export const inMidVisit: VisitEnd = { name: 'still at the review', until: 'review', act: 'leave' }

/** Every exit of a visit. */
export const visitEnds: readonly VisitEnd[] = [
  { name: 'received', until: 'goodbye', act: 'end' },
  { name: 'refused by the centre', until: 'goodbye', act: 'end', before: ['centre answers refused malformed'] },
  { name: 'not confirmed: the centre is down', until: 'goodbye', act: 'end', before: ['centre answers error'] },
  { name: 'the centre takes it and the answer is lost', until: 'goodbye', act: 'end', before: ['centre answers lost'] },
  { name: 'stopped by the rules', until: 'goodbye', act: 'stop' },
  { name: 'cancelled before paying', until: 'payment', act: 'cancel' },
  { name: 'cancelled after paying', until: 'identifier', act: 'cancel' },
  { name: 'cancelled at the review', until: 'review', act: 'cancel' },
  { name: 'walked away while typing', until: 'scan', act: 'type' },
  { name: 'walked away while the photo is made', until: 'photo', act: 'photo' },
  { name: 'walked away after the camera read the code', until: 'scan', act: 'codes' },
  { name: 'the acceptor goes away at the review', until: 'review', act: 'leave', after: ['coin-acceptor unplug'] },
  { name: 'the printer dies before its slip', until: 'review', act: 'go-on', after: ['printer unplug'] },
  { name: 'the paper ends in its slip', until: 'sending', act: 'go-on', after: ['printer pull-paper'] },
  { name: 'the page is lost at the review', until: 'review', act: 'reload' },
  { name: 'a citizen of Taiwan looked a certificate up', service: 'tw-citizen-certificate', until: 'goodbye', act: 'end' },
  { name: 'walked away from what a certificate is good for', service: 'tw-citizen-certificate', until: 'status', act: 'leave' },
  {
    name: 'changed the password of a card',
    service: 'jp-pin-change',
    until: 'goodbye',
    act: 'end',
    // The card remembers its password; it is taken home, and another lies in the drawer.
    after: ['card-reader swap nhi'],
  },
  { name: 'a foreign resident of Taiwan looked up what they need', service: 'tw-resident-certificate', until: 'goodbye', act: 'end' },
  { name: 'walked away while a resident’s number was asked', service: 'tw-resident-certificate', until: 'can-apply', act: 'leave' },
  { name: 'asked how long a card is good', service: 'jp-card-care', until: 'goodbye', act: 'end' },
  { name: 'asked how far an application is', service: 'jp-card-status', until: 'goodbye', act: 'end' },
  { name: 'took a photo home by code', service: 'jp-photo', until: 'goodbye', act: 'end' },
  { name: 'the centre takes no photo', service: 'jp-photo', until: 'goodbye', act: 'end', before: ['centre answers error'] },
  { name: 'walked away from the code of a photo', service: 'jp-photo', until: 'delivery', act: 'leave' },
  { name: 'cancelled at a photo’s review', service: 'jp-photo', until: 'photo-review', act: 'cancel' },
  ...walkAway.map((until) => ({ name: `walked away at ${until}`, until, act: 'leave' as const })),
]
