/** What Chromium is told at every start, by name and value. */
export const browserSwitches: readonly (readonly [name: string, value?: string])[] = [
  ['disable-breakpad'],
  ['disable-pinch'],
  ['disable-background-networking'],
  ['disable-component-update'],
  ['overscroll-history-navigation', '0'],
  ['force-color-profile', 'srgb'],
]
