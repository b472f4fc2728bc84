/** The ten digits in an order drawn anew, so that a finger's way over the keys tells nobody the PIN (Fisher and Yates). */
export function shuffledDigits(): readonly string[] {
  const digits = [...'1234567890']
  const chance = crypto.getRandomValues(new Uint32Array(digits.length))
  for (let last = digits.length - 1; last > 0; last -= 1) {
    const other = (chance[last] ?? 0) % (last + 1)
    ;[digits[last], digits[other]] = [digits[other] ?? '', digits[last] ?? '']
  }
  return digits
}
