/** A rough word on how long a password would withstand somebody who has the file. */

export type PasswordStrength = 'too-short' | 'weak' | 'fair' | 'strong'

/** A password is all that protects a file from whoever finds it. */
const SHORTEST = 10
const FAIR_BITS = 50
const STRONG_BITS = 70

const POOLS: readonly (readonly [RegExp, number])[] = [
  [/[a-z]/, 26],
  [/[A-Z]/, 26],
  [/[0-9]/, 10],
  [/[ !-/:-@[-`{-~]/, 33],
  [/[^ -~]/, 60],
]
const COMMON = /pass ?w[o0]rd|qwerty|letmein|welcome|nostr|bitcoin|souk|1234|abcd/i

/** Letters that only repeat or count up from the one before add next to nothing. */
function countSurprises(letters: readonly string[]): number {
  const codes = letters.map((letter) => letter.codePointAt(0) ?? 0)
  return codes.filter((code, at) => {
    const step = code - (codes[at - 1] ?? Infinity)
    return Math.abs(step) > 1
  }).length
}

/** Counts what a password is made of; it knows no dictionary. */
export function passwordStrength(password: string): PasswordStrength {
  const letters = [...password]
  if (letters.length < SHORTEST) return 'too-short'
  const pool = POOLS.reduce((sum, [form, size]) => sum + (form.test(password) ? size : 0), 0)
  const length = Math.min(countSurprises(letters), 2 * new Set(letters).size)
  const bits = length * Math.log2(pool) - (COMMON.test(password) ? 25 : 0)
  if (bits < FAIR_BITS) return 'weak'
  return bits < STRONG_BITS ? 'fair' : 'strong'
}
