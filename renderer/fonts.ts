const faces = ['Booth Latin', 'Booth JP', 'Booth TC'] as const
const sample = 'A申'

/** Fetches every face at the start, so that no screen draws its first words without them. A face that fails leaves the fall-back in place. */
export function loadFonts(): void {
  for (const face of faces) for (const weight of [400, 700]) document.fonts.load(`${weight} 16px "${face}"`, sample).catch(() => undefined)
}
