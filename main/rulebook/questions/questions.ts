import { dateQuestions } from './dates.ts'
import { japaneseQuestions } from './japan.ts'
import { machineQuestions } from './machines.ts'
import type { Question } from './question.ts'
import { taiwaneseQuestions } from './taiwan.ts'

/** The rules that are computed, by name. */
export const questions: readonly Question[] = [...japaneseQuestions, ...taiwaneseQuestions, ...dateQuestions, ...machineQuestions]

/** The question of this name or identifier. */
export function questionOf(name: string): Question | undefined {
  return questions.find((question) => question.name === name) ?? questions.find(({ ids }) => ids.includes(name))
}
