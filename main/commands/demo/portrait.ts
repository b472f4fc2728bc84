import { fileURLToPath } from 'node:url'

/**
 * The face that the demonstration's camera sees, 1280 × 720: Rear Admiral Grace M. Hopper, from her official portrait (a work of the US Navy, in the
 * public domain), put before a plain wall beside a door. It passes every check with room to spare.
 */
export const demoPortrait = fileURLToPath(new URL('./portrait.jpg', import.meta.url))
