import { z } from 'zod'

const id = z.string().regex(/^[0-9a-f]{32}$/)
const booth = z.string().regex(/^[a-z0-9-]{1,40}$/)
/** Counts up for each booth; a booth never goes back. */
const number = z.int().min(1).max(1_000_000_000)
/** More than this is neither told nor given at once. */
const most = 16

/** What the operator can have a booth do from afar. Whatever it is, it waits until nobody is in the booth. */
export const remoteActs = ['out-of-service', 'in-service', 'restart-when-idle'] as const
export type RemoteAct = (typeof remoteActs)[number]

/**
 * What became of a command: it was carried out once, or refused as one that this booth does not know, that came too late, was meant for another booth, or was judged
 * already (twice, or out of order).
 */
export const remoteOutcome = z.enum(['done', 'unknown', 'expired', 'another-booth', 'replayed'])
export type RemoteOutcome = z.infer<typeof remoteOutcome>

/** A command. `act` is one of `remoteActs`; another is for a newer booth. `expires`: milliseconds since 1970. */
export const remoteCommand = z.strictObject({ number, booth, act: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/), expires: z.int().min(0) })
export type RemoteCommand = z.infer<typeof remoteCommand>

export const judgedCommand = z.strictObject({ number, outcome: remoteOutcome })
export type JudgedCommand = z.infer<typeof judgedCommand>

const seq = z.int().min(1)
const digest = z.string().regex(/^[0-9a-f]{64}$/)

/** The last row of a booth's journal: its number, and the digest that vouches for all rows before it. */
export const journalHead = z.strictObject({ seq, digest })
export type JournalHead = z.infer<typeof journalHead>

/**
 * What `POST /v1/reports` takes: the highest number that this booth has judged (0: none), and what became of commands. `id` is drawn anew for each. `head`: how far its
 * journal has come; `known`: its own row at the number that the centre's last answer named (null: it has none).
 */
export const boothReport = z.strictObject({
  ...{ id, booth, last: z.int().min(0).max(1_000_000_000), outcomes: z.array(judgedCommand).max(most) },
  ...{ head: journalHead.optional(), known: z.strictObject({ seq, digest: digest.nullable() }).optional() },
})
export type BoothReport = z.infer<typeof boothReport>

/**
 * What it answers, signed by the centre: what is to be done by the booth that sent the report of this `id`. `head`: how far its journal had come; a booth whose journal does
 * not hold that very row was put back to an older one (F18).
 */
export const reportAnswer = z.strictObject({ id, commands: z.array(remoteCommand).max(most), head: journalHead.optional() })
export type ReportAnswer = z.infer<typeof reportAnswer>

/** Why a report is not taken. */
export const reportProblem = z.strictObject({ problem: z.enum(['malformed', 'too-large', 'unsupported', 'not-allowed']) })
export type ReportProblem = z.infer<typeof reportProblem>['problem']
