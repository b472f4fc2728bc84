const faces = ['Booth Latin', 'Booth JP', 'Booth TC'] as const
const sample = 'A申'

/** Fetches every face at the start, those of the first screen first, so that no screen draws its first words without them. A face that fails leaves the fall-back in place. */
export async function loadFonts(): Promise<void> {
  for (const face of faces) await Promise.allSettled([400, 700].map((weight) => document.fonts.load(`${weight} 16px "${face}"`, sample)))
}
