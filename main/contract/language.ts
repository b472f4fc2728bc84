import { z } from 'zod'

/** The languages whose catalogues are complete; no other is offered. */
export const languages = ['ja', 'en', 'zh-Hant'] as const
export const language = z.enum(languages)
export type Language = z.infer<typeof language>

/** A catalogue: message key to ICU message text. */
export type Catalogue = Readonly<Record<string, string>>
