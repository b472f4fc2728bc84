type Face = 'Booth Latin' | 'Booth JP' | 'Booth TC'
const sample = 'A申'

/** Fetches whole faces before the words that need them are drawn, in order. A face that fails leaves the fall-back in place. */
export async function loadFonts(...faces: readonly Face[]): Promise<void> {
  for (const face of faces) await Promise.allSettled([400, 700].map((weight) => document.fonts.load(`${weight} 16px "${face}"`, sample)))
}
