/** Where the money of one visit stands, in the smallest unit of its currency. What was inserted lies in exactly one of the six places. */
export interface Balances {
  readonly inserted: number
  /** Nobody's yet: neither set aside, earned nor owed. */
  readonly credit: number
  /** Set aside for an application whose fate is open. */
  readonly parked: number
  /** The operator's: the application was received, or what was paid handed over. */
  readonly earned: number
  /** The resident's: a claim slip says so. */
  readonly owed: number
  /** A hopper was told to pay it, and what came of that is not known yet. */
  readonly paying: number
  /** The resident has it: it came out as coins. */
  readonly returned: number
}

/** `confirmed` and `not-queued` come before the outbox, `waiting` is in it, the other three are the centre's final answers. */
export type ItemStatus = 'confirmed' | 'not-queued' | 'waiting' | 'received' | 'refused' | 'parked'

export interface Item {
  /** 0 or more, in the smallest unit. */
  readonly price: number
  readonly status: ItemStatus
}

export interface VisitMoney extends Balances {
  /** ISO 4217; null until the first coin fell. A visit has one currency. */
  readonly currency: string | null
  readonly ended: boolean
  /** Every application ever confirmed in this visit, by its key. */
  readonly items: ReadonlyMap<string, Item>
  /** Pay-outs that are under way, by their name, and what they may pay. */
  readonly payouts: ReadonlyMap<string, number>
}

export type MoneyMove =
  | { readonly move: 'insert'; readonly amount: number; readonly currency: string }
  /** The resident confirmed: the price leaves the credit before anything is sealed. */
  | { readonly move: 'set-aside'; readonly key: string; readonly price: number }
  /** The application is in the outbox; its money stays parked with it. */
  | { readonly move: 'queue'; readonly key: string; readonly price: number }
  /** It never came into the outbox: the price is credit again. */
  | { readonly move: 'release'; readonly key: string }
  /** The same for whatever was confirmed and not queued when the booth died. */
  | { readonly move: 'release-unqueued' }
  /** The centre's final answer: received earns, refused frees the price for the claim that follows, parked leaves it where it is. */
  | { readonly move: 'answer'; readonly key: string; readonly status: 'received' | 'refused' | 'parked' }
  /** What was paid is handed over: its price leaves the credit. */
  | { readonly move: 'earn'; readonly amount: number }
  | { readonly move: 'owe'; readonly amount: number; readonly currency: string }
  /** A hopper is told to pay: the amount leaves the credit before a coin moves. */
  | { readonly move: 'pay'; readonly id: string; readonly amount: number; readonly currency: string }
  /** What came of it: `returned` came out, the rest is credit again. */
  | { readonly move: 'paid'; readonly id: string; readonly returned: number }
  | { readonly move: 'end' }

export type MoneyFault = 'bad-amount' | 'bad-currency' | 'not-enough-credit' | 'bad-order' | 'visit-ended'

export type Moved = { readonly ok: true; readonly money: VisitMoney } | { readonly ok: false; readonly fault: MoneyFault }

export const noMoney: VisitMoney = { currency: null, inserted: 0, credit: 0, parked: 0, earned: 0, owed: 0, paying: 0, returned: 0, ended: false, items: new Map(), payouts: new Map() }

/** Carries out one move; one that cannot be is refused and changes nothing. Sums always add up (rules section 0, 2; invariant I2). */
export function moveMoney(money: VisitMoney, move: MoneyMove): Moved {
  switch (move.move) {
    case 'insert':
      if (!isAmount(move.amount) || move.amount === 0 || !Number.isSafeInteger(money.inserted + move.amount)) return refused('bad-amount')
      if (money.currency !== null && money.currency !== move.currency) return refused('bad-currency')
      return moved({ ...money, currency: move.currency, inserted: money.inserted + move.amount, credit: money.credit + move.amount })
    case 'set-aside': {
      const status = money.items.get(move.key)?.status
      if (money.ended) return refused('visit-ended')
      if (status !== undefined && status !== 'not-queued') return refused('bad-order')
      if (!isAmount(move.price)) return refused('bad-amount')
      if (move.price > money.credit) return refused('not-enough-credit')
      return moved({
        ...money,
        credit: money.credit - move.price,
        parked: money.parked + move.price,
        items: withItem(money, move.key, { price: move.price, status: 'confirmed' }),
      })
    }
    case 'queue': {
      const item = money.items.get(move.key)
      if (item?.status !== 'confirmed') return refused('bad-order')
      if (item.price !== move.price) return refused('bad-amount')
      return moved({ ...money, items: withItem(money, move.key, { ...item, status: 'waiting' }) })
    }
    case 'release':
      return money.items.get(move.key)?.status === 'confirmed' ? moved(release(money, move.key)) : refused('bad-order')
    case 'release-unqueued':
      return moved(unqueued(money).reduce(release, money))
    case 'answer': {
      const item = money.items.get(move.key)
      if (item?.status !== 'waiting' && item?.status !== 'parked') return refused('bad-order')
      const answered = { ...money, items: withItem(money, move.key, { ...item, status: move.status }) }
      if (move.status === 'parked') return moved(answered)
      const parked = money.parked - item.price
      if (move.status === 'received') return moved({ ...answered, parked, earned: money.earned + item.price })
      return moved({ ...answered, parked, credit: money.credit + item.price })
    }
    case 'earn':
      if (money.ended) return refused('visit-ended')
      if (!isAmount(move.amount)) return refused('bad-amount')
      if (move.amount > money.credit) return refused('not-enough-credit')
      return moved({ ...money, credit: money.credit - move.amount, earned: money.earned + move.amount })
    case 'owe':
      if (!isAmount(move.amount) || move.amount === 0) return refused('bad-amount')
      if (move.currency !== money.currency) return refused('bad-currency')
      if (move.amount > money.credit) return refused('not-enough-credit')
      return moved({ ...money, credit: money.credit - move.amount, owed: money.owed + move.amount })
    case 'pay':
      if (money.ended) return refused('visit-ended')
      if (money.payouts.has(move.id)) return refused('bad-order')
      if (!isAmount(move.amount) || move.amount === 0) return refused('bad-amount')
      if (move.currency !== money.currency) return refused('bad-currency')
      if (move.amount > money.credit) return refused('not-enough-credit')
      return moved({
        ...money,
        credit: money.credit - move.amount,
        paying: money.paying + move.amount,
        payouts: new Map(money.payouts).set(move.id, move.amount),
      })
    case 'paid': {
      const amount = money.payouts.get(move.id)
      if (amount === undefined) return refused('bad-order')
      if (!isAmount(move.returned) || move.returned > amount) return refused('bad-amount')
      return moved({
        ...money,
        paying: money.paying - amount,
        returned: money.returned + move.returned,
        credit: money.credit + amount - move.returned,
        payouts: new Map([...money.payouts].filter(([id]) => id !== move.id)),
      })
    }
    case 'end':
      return money.ended ? refused('visit-ended') : moved({ ...money, ended: true })
  }
}

/**
 * Whether the visit's money may stay as it is: one that has ended holds no credit and nothing that is on its way into the outbox. A pay-out whose hopper fell
 * silent may outlast its visit.
 */
export function isSettled(money: VisitMoney): boolean {
  return !money.ended || (money.credit === 0 && unqueued(money).length === 0)
}

function isAmount(amount: number): boolean {
  return Number.isSafeInteger(amount) && amount >= 0
}

function unqueued(money: VisitMoney): string[] {
  return [...money.items].filter(([, item]) => item.status === 'confirmed').map(([key]) => key)
}

function release(money: VisitMoney, key: string): VisitMoney {
  const price = money.items.get(key)?.price ?? 0
  return { ...money, credit: money.credit + price, parked: money.parked - price, items: withItem(money, key, { price, status: 'not-queued' }) }
}

function withItem(money: VisitMoney, key: string, item: Item): ReadonlyMap<string, Item> {
  return new Map(money.items).set(key, item)
}

function moved(money: VisitMoney): Moved {
  return { ok: true, money }
}

function refused(fault: MoneyFault): Moved {
  return { ok: false, fault }
}
