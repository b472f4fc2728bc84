/** Windows in which every screen is looked at, in CSS pixels: a 21.5-inch panel on end, and the demo's window. */
export const sizes = { portrait: { width: 1080, height: 1920 }, landscape: { width: 1280, height: 800 } } as const
