import { fileURLToPath } from 'node:url'

/**
 * The face that the demonstration's camera sees, 1280 × 720: astronaut Eileen Collins, a NASA portrait released into the public domain, before a plain wall.
 */
export const demoPortrait = fileURLToPath(new URL('./portrait.jpg', import.meta.url))
