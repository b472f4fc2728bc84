import manifest from '../package.json' with { type: 'json' }

/** The version of this program, as in package.json. */
export const version: string = manifest.version

/** This program did not exist before that day (milliseconds since 1970): a clock that shows less has lost its time. */
export const madeAt: number = Date.UTC(2026, 0, 1)
