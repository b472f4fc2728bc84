import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { cardChallenge, cardProof, cardSignedIn, challengeRequest, signInProblem } from '../../main/contract/card-sign-in.ts'
import { handOver, handOverAnswer, handOverProblem } from '../../main/contract/hand-over.ts'
import { answeredInquiry, askedInquiry, inquiryProblem } from '../../main/contract/inquiry.ts'
import { boothReport, reportAnswer, reportProblem } from '../../main/contract/remote-command.ts'
import { centreAnswer, centreProblem, submission } from '../../main/contract/submission.ts'
import { sqliteHandOvers } from '../../centre/sqlite-hand-overs.ts'
import { deriveHandOver, sealPhoto } from '../../main/hand-over/seal-photo.ts'
import { receiptCheck } from '../../main/submissions/receipt-check.ts'
import { keyOf, sealedText, signingKey, submissionOf, trial } from './centre-fixture.ts'

interface Description {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses: Readonly<Record<string, unknown>> }>>>>
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> }
}

const description = JSON.parse(readFileSync(new URL('../../centre/openapi.json', import.meta.url), 'utf8')) as Description

function described(method: string, path: string): readonly number[] {
  return Object.keys(description.paths[path]?.[method]?.responses ?? {}).map(Number)
}

const schemas = {
  ...{ Submission: submission, Answer: centreAnswer, Problem: centreProblem },
  ...{ ChallengeRequest: challengeRequest, CardChallenge: cardChallenge, CardProof: cardProof, CardSignedIn: cardSignedIn, SignInProblem: signInProblem },
  ...{ HandOver: handOver, HandOverAnswer: handOverAnswer, HandOverProblem: handOverProblem },
  ...{ AskedInquiry: askedInquiry, AnsweredInquiry: answeredInquiry, InquiryProblem: inquiryProblem },
  ...{ BoothReport: boothReport, ReportAnswer: reportAnswer, ReportProblem: reportProblem },
}

test('the description’s schemas are those that booth and centre check with', () => {
  for (const [name, schema] of Object.entries(schemas)) {
    const { $schema, ...expected } = z.toJSONSchema(schema)
    expect($schema).toContain('json-schema.org')
    expect(description.components.schemas[name]).toEqual(expected)
  }
})

test('every described path answers, and with a described status; what is not described is not there', async () => {
  const { centre, get } = trial()
  const calls = Object.entries(description.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => ({ path, method })))
  expect(calls).toHaveLength(13)
  for (const { path, method } of calls) {
    const reply = await centre.handle({ method: method.toUpperCase(), path: path.replace('{key}', keyOf(1)).replace('{id}', 'a'.repeat(32)), headers: {}, body: null })
    expect(described(method, path)).toContain(reply?.status)
    if (path.includes('{')) continue
    expect(reply?.status).not.toBe(404)
  }
  for (const path of ['/v1', '/v2/applications', '/v1/applications', '/v1/applications/', '/favicon.ico', '/v1/applications/../health/x'])
    expect((await get(path)).status).toBe(404)
})

test('every described answer to sending and asking can be got', async () => {
  const { post, get, centre, storage } = trial()
  const sent = new Set<number>()
  sent.add((await post(submissionOf(1))).status)
  sent.add((await post(submissionOf(1))).status)
  sent.add((await post(submissionOf(1, {}, sealedText('other')))).status)
  sent.add((await post({})).status)
  sent.add((await post(submissionOf(1), { 'content-type': 'text/plain' })).status)
  sent.add((await post(new Uint8Array(16_100_001))).status)
  await centre.hand('answers refused')
  sent.add((await post(submissionOf(2))).status)
  const asked = new Set<number>()
  for (const [mode, number] of [['not-enrolled', 3], ['busy 5', 4]] as const) {
    await centre.hand(`answers ${mode}`)
    sent.add((await post(submissionOf(number))).status)
    asked.add((await get(`/v1/applications/${keyOf(1)}`)).status)
  }
  await centre.hand('answers received')
  for (const key of [keyOf(1), keyOf(9), 'x']) asked.add((await get(`/v1/applications/${key}`)).status)
  await storage.close()
  sent.add((await post(submissionOf(3))).status)
  asked.add((await get(`/v1/applications/${keyOf(1)}`)).status)
  const sorted = (statuses: Iterable<number>) => [...statuses].sort((a, b) => a - b)
  expect(sorted(sent)).toEqual(sorted(described('post', '/v1/applications')))
  expect(sorted(asked)).toEqual(sorted(described('get', '/v1/applications/{key}')))
})

test('every described answer to handing a photo over and fetching it can be got', async () => {
  const handOvers = sqliteHandOvers(':memory:')
  const { centre } = trial({ handOvers })
  const status = async (method: string, path: string, headers: Record<string, string>, body: unknown = null) =>
    (await centre.handle({ method, path, headers, body: body instanceof Uint8Array ? body : Buffer.from(JSON.stringify(body)) }))?.status ?? 0
  const json = { 'content-type': 'application/json' }
  const photo = sealPhoto(Buffer.from('photo'))
  const { id, tokenHash, sha256, secret } = photo
  const upload = { id, booth: 'demo-1', tokenHash, sha256, demo: true, sealed: Buffer.from(photo.sealed).toString('base64url') }
  const changed = sealPhoto(Buffer.from('other'))
  const send = (body: unknown, headers: Record<string, string> = json) => status('POST', '/v1/hand-overs', headers, body)
  const sent = new Set([await send(upload), await send(upload), await send({}), await send(upload, {}), await send(new Uint8Array(16_100_001))])
  sent.add(await send({ ...upload, sha256: changed.sha256, sealed: Buffer.from(changed.sealed).toString('base64url') }))
  for (const mode of ['not-enrolled', 'busy 5']) {
    await centre.hand(`answers ${mode}`)
    sent.add(await send(upload))
  }
  await centre.hand('answers received')
  const authorization = `Bearer ${Buffer.from(deriveHandOver(Buffer.from(secret, 'base64url')).token).toString('base64url')}`
  const fetched = new Set<number>()
  for (const path of [id, id, id, 'x', 'f'.repeat(32)]) fetched.add(await status('POST', `/v1/hand-overs/${path}/download`, { authorization }))
  await handOvers.close()
  sent.add(await send(upload))
  fetched.add(await status('POST', `/v1/hand-overs/${id}/download`, { authorization }))
  expect([...sent].toSorted()).toEqual(described('post', '/v1/hand-overs'))
  expect([...fetched].toSorted()).toEqual(described('post', '/v1/hand-overs/{id}/download'))
})

test('every described answer to an inquiry can be got', async () => {
  const good = { id: '0'.repeat(32), booth: 'demo-1', subject: 'jp-card-application', operation: 'status', fields: {} }
  const ask = async (body: unknown, { centre }: ReturnType<typeof trial> = trial(), headers: Record<string, string> = { 'content-type': 'application/json' }) =>
    (await centre.handle({ method: 'POST', path: '/v1/inquiries', headers, body: Buffer.from(JSON.stringify(body)) }))?.status ?? 0
  const eager = trial()
  const often = await Promise.all(Array.from({ length: 41 }, () => ask(good, eager)))
  const busy = trial()
  await busy.centre.hand('answers busy 5')
  // What no adapter may say cannot be answered.
  const broken = trial({ authorities: { 'jp-card-application': { answer: () => Promise.resolve({ ok: true, facts: { 'not a name': '' } }) } } })
  const asked = new Set([...often, await ask(good, busy), await ask(good, broken), await ask({}), await ask(good, trial(), {}), await ask('x'.repeat(17_000))])
  asked.add(await ask(good, trial({ accepts: { booths: ['other'], offices: null } })))
  expect([...asked].toSorted()).toEqual(described('post', '/v1/inquiries'))
})

test('every described answer to a card can be got, and is signed where it says so', async () => {
  const id = '0'.repeat(32)
  const proof = { challenge: id, certificateBase64: 'AAAA', signatureBase64: 'AAAA' }
  const json = { 'content-type': 'application/json' }
  const isSigned = receiptCheck([signingKey.publicKey])
  const [busy, left, broken] = [trial(), trial(), trial({ accepts: { get booths(): null { throw new Error('broken') }, offices: null } })]
  await busy.centre.hand('answers busy 5')
  await left.centre.hand('answers not-enrolled')
  for (const [path, body] of [['/v1/cards/challenges', { id, booth: 'demo-1' }], ['/v1/cards/sign-ins', proof]] as const) {
    const got = new Set<number>()
    const calls = [
      ...[[trial(), body, json], [trial(), {}, json], [trial(), body, {}], [trial(), 'x'.repeat(33_000), json]],
      ...[[trial({ cards: undefined }), body, json], [busy, body, json], [left, body, json], [broken, body, json]],
    ] as const
    for (const [{ centre }, content, headers] of calls) {
      const reply = await centre.handle({ method: 'POST', path, headers, body: Buffer.from(JSON.stringify(content)) })
      if (!reply) throw new Error('the line was cut')
      got.add(reply.status)
      const answer = description.paths[path]?.['post']?.responses[reply.status] as { readonly headers?: object } | undefined
      if (answer?.headers && 'Receipt-Signature' in answer.headers) expect(isSigned(reply)).toBe(true)
    }
    const elsewhere = path.endsWith('sign-ins') ? [201, 503] : []
    expect([...got, ...elsewhere].toSorted()).toEqual(described('post', path))
  }
})

test('the centre serves its description', async () => {
  expect((await trial().get('/v1/openapi.json')).json).toEqual(description)
})

test('every described answer to a report can be got', async () => {
  const good = { id: '0'.repeat(32), booth: 'demo-1', last: 3, outcomes: [{ number: 3, outcome: 'done' }] }
  const tell = async (body: unknown, { centre }: ReturnType<typeof trial> = trial(), headers: Record<string, string> = { 'content-type': 'application/json' }) =>
    (await centre.handle({ method: 'POST', path: '/v1/reports', headers, body: Buffer.from(JSON.stringify(body)) }))?.status ?? 0
  const busy = trial()
  await busy.centre.hand('answers busy 5')
  const closed = trial()
  await closed.centre.close()
  const told = new Set([await tell(good), await tell(good, busy), await tell(good, closed), await tell(good, trial({ accepts: { booths: ['demo-2'], offices: null } })), await tell({}), await tell(good, trial(), {}), await tell('x'.repeat(17_000))])
  expect([...told].toSorted()).toEqual(described('post', '/v1/reports'))
})
