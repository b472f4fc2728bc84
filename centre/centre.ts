import { readFileSync } from 'node:fs'
import type { Clock } from '../hardware/clock.ts'
import { type Answers, answerAs } from './answers.ts'
import { createCardSignIns } from './card-sign-in.ts'
import type { CardAuthorities } from './card-trust.ts'
import type { Authorities } from './authorities/authority.ts'
import { linkingAuthority } from './authorities/linking.ts'
import type { ReferenceAuthorities } from './authorities/reference.ts'
import { createHands } from './hands.ts'
import { createHandOvers } from './hand-over.ts'
import type { HandOverStorage } from './hand-over-storage.ts'
import { createInquiries } from './inquiries.ts'
import { type Accepts, askApplication, problem, takeApplication } from './intake.ts'
import { japanTime } from './japan-time.ts'
import { photoPage } from './photo-page.ts'
import { statusPage } from './status-page.ts'
import type { CentreStorage } from './storage.ts'
import { type SigningKey, makeSigningKey } from './signing-key.ts'
import type { CentreReply, CentreRequest } from '../main/contract/centre-wire.ts'
import { receiptHeader } from '../main/contract/receipt.ts'
import type { RemoteCommands } from './remote-commands.ts'
import { json, reply } from './replies.ts'

export interface CentreOptions {
  readonly storage: CentreStorage
  /** Where residents' photos wait for them; a centre without it hands nothing over. */
  readonly handOvers?: HandOverStorage
  /** Whose cards it believes; a centre without it signs nobody in, and says `not-offered`. */
  readonly cards?: CardAuthorities | undefined
  /** Authorities that the operator has an agreement with; a centre without them answers no inquiry but `not-offered`. */
  readonly authorities?: Authorities
  /** Authorities that are none, for demonstrations and tests; the operator's own come before them. */
  readonly reference?: ReferenceAuthorities
  /** What operators want of booths; a centre without it commands none. */
  readonly remote?: RemoteCommands
  readonly clock: Clock
  /** Who runs the booths, as the public page names them. */
  readonly operator: { readonly name: string; readonly phone: string }
  /** Signs whatever booths act upon. */
  readonly key: SigningKey
  /** Which booths and offices it takes applications from and for; any when not said. */
  readonly accepts?: Accepts
  readonly answers?: Answers
}

/** The operator's receiving side: takes sealed applications, answers, keeps them, and shows how far they are. It cannot open them. */
export interface Centre {
  /** Answers a request whatever brought it; null: the line is cut. In the mode `none` it never resolves. */
  handle(request: CentreRequest): Promise<CentreReply | null>
  /** Does what `line` says (`help` lists the words) and answers with one line; `error: ...` when the words mean nothing. */
  hand(line: string): Promise<string>
  close(): Promise<void>
}

const openapi = readFileSync(new URL('./openapi.json', import.meta.url), 'utf8')

/** Builds a centre; it listens nowhere by itself (see server.ts). */
export function createCentre(options: CentreOptions): Centre {
  const { storage, clock, operator, key: own } = options
  /** Signs under the centre's name without being the centre. */
  const stranger = makeSigningKey(own.publicKey.id)
  let answers: Answers = options.answers ?? { mode: 'received' }
  const accepts = options.accepts ?? { booths: null, offices: null }
  const handOvers = options.handOvers && createHandOvers({ storage: options.handOvers, clock, accepts })
  const cards = createCardSignIns({ trusted: options.cards, clock, accepts })
  const authorities: Authorities = { ...options.reference?.authorities, ...(options.cards ? { 'jp-linking': linkingAuthority(cards) } : {}), ...options.authorities }
  const inquire = createInquiries({ authorities, clock, accepts })
  const intake = {
    storage,
    accepts,
    now: () => japanTime(clock.now()),
    refuse: () => (answers.mode === 'refused' ? answers.reason : null),
  }

  const signed = async (work: CentreReply | Promise<CentreReply>): Promise<CentreReply> => {
    const answer = await work
    if (answers.mode === 'unsigned') return answer
    const { sign } = answers.mode === 'forged' ? stranger : own
    return { ...answer, headers: { ...answer.headers, [receiptHeader]: sign(answer.body) } }
  }
  const route = async (request: CentreRequest): Promise<CentreReply | null> => {
    const { pathname } = new URL(request.path, 'http://centre')
    const [, key] = /^\/v1\/applications\/([^/]+)$/.exec(pathname) ?? []
    if (pathname === '/v1/applications' && request.method === 'POST') return answerAs(answers, clock, () => signed(takeApplication(request, intake)))
    if (key !== undefined && request.method === 'GET') return answerAs(answers, clock, () => signed(askApplication(key, storage)))
    if (handOvers && request.method === 'POST' && pathname === '/v1/hand-overs')
      return answerAs(answers, clock, () => signed(handOvers.take(request)))
    const [, photo] = /^\/v1\/hand-overs\/([^/]+)\/download$/.exec(pathname) ?? []
    if (handOvers && request.method === 'POST' && photo !== undefined) return handOvers.handOut(photo, request)
    if (handOvers && request.method === 'GET' && pathname === '/photo') return photoPage(request, operator)
    if (request.method === 'POST' && pathname === '/v1/cards/challenges') return answerAs(answers, clock, () => signed(cards.challenge(request)))
    if (request.method === 'POST' && pathname === '/v1/cards/sign-ins') return answerAs(answers, clock, () => signed(cards.signIn(request)))
    if (request.method === 'POST' && pathname === '/v1/inquiries') return answerAs(answers, clock, () => signed(inquire(request)))
    if (options.remote && request.method === 'POST' && pathname === '/v1/reports') {
      const { remote } = options
      return answerAs(answers, clock, () => signed(remote.take(request, accepts)))
    }
    if (pathname === '/v1/health' && request.method === 'GET') return json(200, { status: 'ok' })
    if (pathname === '/v1/openapi.json' && request.method === 'GET') return reply(200, 'application/json; charset=utf-8', openapi)
    if (pathname === '/' && (request.method === 'GET' || request.method === 'POST')) return statusPage(request, { storage, operator })
    return problem(404, 'not-found', null)
  }

  return {
    async handle(request) {
      try {
        return await route(request)
      } catch {
        // Whatever the storage could not do was not done; the booth asks again.
        return problem(503, 'busy', null)
      }
    },
    hand: createHands({
      storage,
      reference: options.reference ?? null,
      remote: options.remote ?? null,
      setAnswers(next) {
        answers = next
      },
    }),
    async close() {
      await handOvers?.close()
      options.reference?.close()
      options.remote?.close()
      await storage.close()
    },
  }
}
